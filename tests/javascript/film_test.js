import { nearest } from "../../ui/components/base/film.js"
import { assertEquals } from "./assert.js"

Deno.test("the nearest position is the one with the least distance", () => {
  const positions = [-2, -0.5, 0, 0.25, 1]
  for (const value of [-9, -2, -1.3, -1.2, 0.12, 0.13, 0.7, 1, 5]) {
    const least = Math.min(...positions.map((position) => Math.abs(position - value)))
    assertEquals(Math.abs(positions[nearest(positions, value)] - value), least)
  }
})
