import { shareOf, trackOf, valueAt } from "../../ui/components/base/track.js"
import { assert, assertEquals } from "./assert.js"

/** @import { SliderRange } from "../../ui/components/base/slider.d.ts" */

/** @type {SliderRange} */
const DECADES = { low: 1e-3, high: 100, step: 0.05, scale: "log" }
/** @type {SliderRange} */
const EVEN = { low: -2, high: 2, step: 0.02, scale: "linear" }

Deno.test("a linear slider lies at its numbers", () => {
  assertEquals([trackOf("linear", 0.3), valueAt("linear", 0.3)], [0.3, 0.3])
  assertEquals([-2, 0, 1, 2, 7].map((value) => shareOf(EVEN, value)), [0, 0.5, 0.75, 1, 1])
})

Deno.test("each decade of a logarithmic slider is as long as any other", () => {
  const shares = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100].map((value) => shareOf(DECADES, value).toFixed(9))
  assertEquals(shares.map(Number), [0, 0, 0.2, 0.4, 0.6, 0.8, 1])
})

Deno.test("its positions have two digits, none twice, with the usual learning rates among them", () => {
  const places = Array.from({ length: 101 }, (_, k) => -3 + 0.05 * k)
  const values = places.map((place) => valueAt("log", place))
  assertEquals(values.map((value) => Number(value.toPrecision(2))), values)
  assertEquals(new Set(values).size, values.length)
  for (const usual of [0.001, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 100]) {
    assert(values.includes(usual), `${usual} is no position`)
  }
})

Deno.test("a key leads on from each position to the next one", () => {
  for (let k = 0; k < 100; k += 1) {
    const value = valueAt("log", -3 + 0.05 * k)
    // As the browser does: from the position nearest to the number.
    const nearest = Math.round((trackOf("log", value) + 3) / 0.05)
    assertEquals(nearest, k)
  }
})

Deno.test("the positions of a count are whole numbers, the smallest ones among them", () => {
  const places = Array.from({ length: 61 }, (_, k) => k / 20)
  const values = new Set(places.map((place) => valueAt("count", place)))
  for (const usual of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 20, 32, 50, 100, 500, 1000]) {
    assert(values.has(usual), `${usual} is no position`)
  }
  assertEquals([...values].filter((value) => !Number.isInteger(value)), [])
})
