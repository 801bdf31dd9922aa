import { markerPath } from "../../ui/components/player/markers.js"
import { assertEquals } from "./assert.js"

const SHAPES = [
  "circle",
  "triangle-up",
  "square",
  "diamond",
  "cross",
  "triangle-down",
  "star",
  "x",
  "pentagon",
  "hourglass",
]

/** @param {string} path */
function numbersOf(path) {
  return (path.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number)
}

Deno.test("every shape has an outline of its own", () => {
  assertEquals(new Set(SHAPES.map((shape) => markerPath(shape, 0, 0, 1))).size, SHAPES.length)
})

Deno.test("every shape stands where it is put, about as large as a circle", () => {
  for (const shape of SHAPES.filter((name) => name !== "circle")) {
    const numbers = numbersOf(markerPath(shape, 100, 50, 4))
    const corners = numbers.filter((_, k) => k % 2 === 0).map((x, k) => [x - 100, numbers[2 * k + 1] - 50])
    const farthest = Math.max(...corners.map(([x, y]) => Math.hypot(x, y)))
    assertEquals(farthest > 4 && farthest < 7, true)
    const area = Math.abs(corners.reduce((sum, [x, y], k) => {
      const [nextX, nextY] = corners[(k + 1) % corners.length]
      return sum + (x * nextY - nextX * y) / 2
    }, 0))
    // An hourglass turns around itself: its two halves cancel.
    if (shape !== "hourglass") assertEquals(area > 0.5 * Math.PI * 16 && area < 1.3 * Math.PI * 16, true)
  }
})
