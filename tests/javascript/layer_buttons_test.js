import { layerColumns, withUnits } from "../../ui/components/player/layer_buttons.js"
import { assertEquals } from "./assert.js"

Deno.test("a unit more or fewer is one of that layer", () => {
  assertEquals(withUnits([4, 2], 0, 1), [5, 2])
  assertEquals(withUnits([4, 2], 1, -1), [4, 1])
})

Deno.test("a layer whose last unit is removed is gone", () => {
  assertEquals(withUnits([1, 2, 3], 0, -1), [2, 3])
  assertEquals(withUnits([1], 0, -1), [])
})

Deno.test("the buttons of any number of layers stand in one line within the drawing", () => {
  for (const width of [338, 420, 700]) {
    for (let count = 0; count <= 6; count++) {
      const { left, column, more, tight } = layerColumns(count, { first: 30, last: width - 30, width })
      assertEquals(left >= 0 && left + count * column + more <= width, true)
      assertEquals(count === 0 || column >= (tight ? 48 : 74), true)
    }
  }
})

Deno.test("with room for all the buttons of a layer stand below it", () => {
  const { left, column } = layerColumns(3, { first: 20, last: 620, width: 700 })
  const middles = [0, 1, 2].map((k) => left + (k + 0.5) * column)
  assertEquals(middles, [170, 320, 470])
})
