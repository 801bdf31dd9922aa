import { linksOf, readStep } from "../../ui/components/live_network/step.js"
import { assertEquals } from "./assert.js"
import { CONVENTION, ERROR_TERM } from "./live_data.js"

/** @import { EdgeColor, NetworkModel, View } from "../../ui/components/live_network/model.d.ts" */

// One input, one unit with a bias.
const drawing = {
  layers: 2,
  nodes: [{ id: "n0.1", layer: 0, unit: 0, label: "x1" }, { id: "n1.1", layer: 1, unit: 0, label: "o1" }],
  edges: [{ id: "w", label: "w", index: 0, from: 0, to: 1 }],
  biases: [{ id: "b", label: "b", index: 1, node: 1 }],
  slopes: [],
  activations: ["identity"],
  formulas: ["z"],
  fused: false,
  loss: "",
}
const layout = {
  ...{ loss: 0, loss_after: 1, loss_predicted: 2 },
  ...{ a: 3, z: 5, derivative: 7, da: 9, delta: 11, gradient: 13, length: 15 },
}
/** @type {Record<string, number>} */
const VALUES = { x1: 0.3, w: 2, b: -1, y1: 1, eta: 0.5 }

/**
 * @param {Partial<View>} view
 * @param {Record<number, number | null>} numbers the places of a frame that are not 0
 */
function read(view, numbers, { biases_fixed = false, convention = CONVENTION } = {}) {
  const frame = Array.from({ length: layout.length }, (_, k) => (k in numbers ? numbers[k] : 0))
  const all = {
    color: /** @type {EdgeColor} */ ("gradient"),
    scale: /** @type {const} */ ("log"),
    labels: true,
  }
  return readStep(
    { drawing, convention, layout, biases_fixed },
    { ...all, selected: "none", answers: true, ...view },
    frame,
    (id) => VALUES[id],
  )
}

const [weight, bias] = linksOf(drawing)

Deno.test("a number that overflows is none in whatever is made of it, and not 0", () => {
  for (const overflow of [null, NaN, Infinity]) {
    for (const convention of [CONVENTION, ERROR_TERM]) {
      const overflowing = { [layout.delta + 1]: overflow, [layout.gradient]: overflow }
      const step = read({}, overflowing, { convention })
      const numbers = [step.delta(1), step.gradient(weight), step.weightDelta(weight), step.quantity(weight)]
      assertEquals(
        numbers.map(Number.isFinite),
        [false, false, false, false],
        `${overflow}, ${convention.delta.name}`,
      )
    }
  }
})

Deno.test("the quantity that colors the edges is the chosen one", () => {
  const numbers = { [layout.a]: 0.30000001, [layout.gradient]: 4, [layout.gradient + 1]: 6 }
  const quantities = /** @type {EdgeColor[]} */ (["gradient", "weight_delta", "weight", "contribution"])
    .map((color) => [weight, bias].map(read({ color }, numbers).quantity))
  assertEquals(quantities, [[4, 6], [-2, -3], [2, -1], [2 * VALUES.x1, -1]])
})

Deno.test("a bias that is held fixed has no weight delta", () => {
  const step = read({}, { [layout.gradient + 1]: 6 }, { biases_fixed: true })
  assertEquals([step.isTrained(weight), step.isTrained(bias), step.weightDelta(bias)], [true, false, 0])
})

Deno.test("no number is −0", () => {
  const step = read({}, {}, { convention: ERROR_TERM })
  assertEquals([step.delta(1), step.weightDelta(weight)].map((number) => Object.is(number, 0)), [true, true])
})
