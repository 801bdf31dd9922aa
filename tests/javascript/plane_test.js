import { planeScale, planeSize } from "../../ui/components/player/plane_axes.js"
import { nearestPlace, valuesAt } from "../../ui/components/player/plane_points.js"
import { makeReel } from "../../ui/components/player/reel.js"
import { assertEquals } from "./assert.js"
import { filmOf } from "./player_film.js"

const SIZE = planeSize(300, 60)
const REEL = makeReel(filmOf(), { digits: 6, decimals: null })

Deno.test("the sample under the pointer is the nearest one, and none where all are too far", () => {
  const places = [{ index: 3, x: 10, y: 10 }, { index: 1, x: 14, y: 10 }, { index: 2, x: 100, y: 100 }]
  const at = (/** @type {number} */ x) => nearestPlace(places, x, 10, 9)?.index ?? null
  assertEquals([1, 11, 13, 23, 24].map(at), [3, 3, 1, 1, null])
  assertEquals(nearestPlace([], 0, 0, 9), null)
})

Deno.test("of samples in the same place the one drawn on top is under the pointer", () => {
  const places = [{ index: 0, x: 5, y: 5 }, { index: 7, x: 5, y: 5 }]
  assertEquals(nearestPlace(places, 6, 5, 9)?.index, 7)
})

Deno.test("a click places a point where its values are drawn", () => {
  const { x, y } = planeScale(REEL, null, SIZE)
  for (const [x1, x2] of [[-6, -3], [0, 0], [1.25, -2.5], [6, 3]]) {
    assertEquals(valuesAt(REEL.plane, SIZE, x(x1), y(x2)), { x1, x2 })
  }
})

Deno.test("a click beside the square places nothing", () => {
  const { x, y } = planeScale(REEL, null, SIZE)
  for (const [left, top] of [[x(-6) - 1, y(0)], [x(6) + 1, y(0)], [x(0), y(3) - 1], [x(0), y(-3) + 1]]) {
    assertEquals(valuesAt(REEL.plane, SIZE, left, top), null)
  }
})

Deno.test("on one axis a point has no height", () => {
  const place = valuesAt({ low: [-1], high: [1] }, SIZE, 60 + 150, 100)
  assertEquals([place?.x1, place?.x2 === null], [0, true])
})
