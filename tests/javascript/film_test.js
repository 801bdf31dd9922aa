import { nearest, neighbors } from "../../ui/components/base/film.js"
import { assertEquals } from "./assert.js"

const POSITIONS = [-2, -0.5, 0, 0.25, 1]

Deno.test("the nearest position is the one with the least distance", () => {
  for (const value of [-9, -2, -1.3, -1.2, 0.12, 0.13, 0.7, 1, 5]) {
    const least = Math.min(...POSITIONS.map((position) => Math.abs(position - value)))
    assertEquals(Math.abs(POSITIONS[nearest(POSITIONS, value)] - value), least)
  }
})

Deno.test("neighbors are the positions on both sides, at an end the last two", () => {
  assertEquals([-9, -0.5, 0.1, 1, 5].map((value) => neighbors(POSITIONS, value)), [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [3, 4],
  ])
  assertEquals([neighbors([3], 7), nearest([3], 7)], [[0, 0], 0])
})
