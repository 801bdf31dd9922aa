import { lossAxis, tangentEnds } from "../../ui/components/live_network/plot.js"
import { formatColumn } from "../../ui/components/base/format.js"
import { assertEquals } from "./assert.js"

/** @type {Record<string, number[]>} */
const CURVES = {
  usual: [0.00748, 0.007, 0.0062],
  "1e-12 weights": [0.125, 0.125 + 1e-16, 0.125 - 1e-16],
  constant: [0.3, 0.3, 0.3],
  zero: [0, 0, 0],
  "zero but for rounding": [0, 1e-31, 4e-32],
  steep: [0, 3e6, 1.2e7],
  tiny: [1e-9, 4e-9],
  huge: [1e200, 3e200],
  negative: [-3, 2],
  "partly overflowing": [0.2, Infinity, NaN, 0.4],
}

/** @param {number[]} losses */
function axisOf(losses) {
  const axis = lossAxis(losses)
  if (!axis) throw new Error("There is no axis")
  return axis
}

/** @param {number[]} losses */
function finite(losses) {
  return losses.filter(Number.isFinite)
}

for (const [name, losses] of Object.entries(CURVES)) {
  Deno.test(`the axis of a ${name} curve holds all of it between two labels that differ`, () => {
    const { low, high, digits } = axisOf(losses)
    const texts = formatColumn([low, high], { digits, decimals: null })
    assertEquals(texts[0] !== texts[1], true, texts.join())
    const slack = (high - low) * 1e-9
    assertEquals(finite(losses).every((loss) => loss >= low - slack && loss <= high + slack), true)
    assertEquals(Math.max(...texts.map((text) => text.length)) <= 8, true, texts.join())
  })
}

Deno.test("a curve uses most of its axis", () => {
  for (const name of ["usual", "steep", "huge"]) {
    const { low, high } = axisOf(CURVES[name])
    const [least, most] = [Math.min(...CURVES[name]), Math.max(...CURVES[name])]
    assertEquals((most - least) / (high - low) > 0.7, true, name)
  }
})

Deno.test("rounding noise is drawn flat", () => {
  for (const name of ["1e-12 weights", "constant", "zero", "zero but for rounding"]) {
    const { low, high } = axisOf(CURVES[name])
    const [least, most] = [Math.min(...CURVES[name]), Math.max(...CURVES[name])]
    assertEquals((most - least) / (high - low) < 1e-6, true, name)
  }
})

Deno.test("an axis of losses does not start below zero", () => {
  for (const losses of Object.values(CURVES)) {
    if (finite(losses).every((loss) => loss >= 0)) assertEquals(axisOf(losses).low >= 0, true)
  }
})

Deno.test("without a finite loss there is no axis", () => {
  assertEquals(lossAxis([Infinity, NaN]), null)
  assertEquals(lossAxis([]), null)
  assertEquals(lossAxis([-1.7e308, 1.7e308]), null)
})

Deno.test("the tangent stays between the ends of both axes", () => {
  assertEquals(tangentEnds(150, 60, 0), { x1: 104, x2: 196, y1: 60, y2: 60 })
  assertEquals(tangentEnds(70, 60, 0.5), { x1: 56, x2: 116, y1: 67, y2: 37 })
  assertEquals(tangentEnds(258, 60, -1).x2, 258)
  assertEquals(tangentEnds(150, 100, 1), { x1: 144, x2: 190, y1: 106, y2: 60 })
  assertEquals(tangentEnds(150, 100, -1), { x1: 110, x2: 156, y1: 60, y2: 106 })
  assertEquals(tangentEnds(150, 35, -2), { x1: 145, x2: 170, y1: 25, y2: 75 })
})
