import { flattened } from "../../ui/components/player/plane_view.js"
import { LEVELS } from "../../ui/components/player/reel.js"
import { assert, assertEquals } from "./assert.js"

Deno.test("a flat map has the colors of its ends, one on each side of the middle", () => {
  const table = Uint32Array.from({ length: 2 * LEVELS + 1 }, (_, level) => level)
  const flat = flattened(table)
  assertEquals(flat.length, table.length)
  assert(flat.subarray(0, LEVELS).every((color) => color === 0), "below")
  assert(flat.subarray(LEVELS).every((color) => color === 2 * LEVELS), "above")
})
