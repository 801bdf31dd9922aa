import { takeData, takeValues, valueOf } from "../../ui/components/live_network/state.js"
import { assertEquals } from "./assert.js"
import { begin, CONTROL, dataOf } from "./live_data.js"

Deno.test("a selection that has not been sent yet stays, one that has been is Python's", () => {
  const state = begin()
  state.view.selected = "w"
  takeData(state, dataOf("none"))
  assertEquals([state.view.selected, state.sentSelection], ["w", "none"])
  state.sentSelection = "w"
  takeData(state, dataOf("n1.1"))
  assertEquals([state.view.selected, state.sentSelection], ["n1.1", "n1.1"])
})

Deno.test("a control that is explained gives way to another selection", () => {
  const state = begin()
  state.attended = "eta"
  takeData(state, dataOf("none"))
  assertEquals(state.attended, "eta")
  takeData(state, dataOf("w"))
  assertEquals(state.attended, null)
})

Deno.test("another network begins with its own selection, ranges and films, and nothing moves", () => {
  const state = begin()
  state.view.selected = "w"
  state.attended = "eta"
  state.moving = { id: "w", value: 0, committed: false }
  assertEquals(takeData(state, dataOf("n1.1", { layers: 3 })), true)
  assertEquals(
    [state.view.selected, state.arranged, state.attended, state.moving, state.ranges.size],
    ["n1.1", "n1.1", null, null, 0],
  )
  assertEquals(takeData(state, dataOf("n1.1", { layers: 3 })), false)
})

Deno.test("a number that is on its way stays, until it has been let go", () => {
  const state = begin()
  state.moving = { id: "w", value: 0.5, committed: false }
  takeValues(state, [{ ...CONTROL, value: 1.5 }])
  assertEquals(valueOf(state, "w"), 0.5)
  // Where it goes back to if the drag becomes a scroll.
  assertEquals(state.values.get("w"), 1)
  state.moving.committed = true
  takeValues(state, [{ ...CONTROL, value: 0.5 }])
  assertEquals([valueOf(state, "w"), state.moving], [0.5, null])
})

Deno.test("a range that was widened stays as wide, in as many steps", () => {
  const state = begin()
  takeValues(state, [{ ...CONTROL, low: -10, high: 10, step: 0.1, value: 7 }])
  takeValues(state, [CONTROL])
  assertEquals(state.ranges.get("w"), { low: -10, high: 10, scale: "linear", step: 0.1 })
})

Deno.test("a logarithmic range is no wider than its number makes it", () => {
  const state = begin()
  const decades = {
    ...CONTROL,
    id: "eta",
    low: 0.001,
    high: 100,
    step: 0.05,
    scale: /** @type {const} */ ("log"),
  }
  takeValues(state, [{ ...decades, low: 1e-300, step: 1.5, value: 2e-300 }])
  takeValues(state, [decades])
  assertEquals(state.ranges.get("eta"), { low: 0.001, high: 100, scale: "log", step: 0.05 })
})

Deno.test("where there is no such control there is no number", () => {
  assertEquals(Number.isNaN(valueOf(begin(), "w9")), true)
})

Deno.test("a stage that has been chosen and not been sent yet stays, one that Python has does not", () => {
  const state = begin()
  state.view.stage = "a1"
  takeData(state, dataOf("none"))
  assertEquals(state.view.stage, "a1")
  state.sentStage = "a1"
  takeData(state, dataOf("none"))
  assertEquals(state.view.stage, "all")
})
