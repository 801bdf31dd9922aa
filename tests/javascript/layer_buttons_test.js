import { withUnits } from "../../ui/components/player/layer_buttons.js"
import { assertEquals } from "./assert.js"

Deno.test("a unit more or fewer is one of that layer", () => {
  assertEquals(withUnits([4, 2], 0, 1), [5, 2])
  assertEquals(withUnits([4, 2], 1, -1), [4, 1])
})

Deno.test("a layer whose last unit is removed is gone", () => {
  assertEquals(withUnits([1, 2, 3], 0, -1), [2, 3])
  assertEquals(withUnits([1], 0, -1), [])
})
