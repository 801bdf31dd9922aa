import { foresee } from "../../ui/components/history_buttons/foresee.js"
import { assertEquals } from "./assert.js"

/** @type {Record<string, number | undefined>} */
const STEPS = { take_1: 1, take_10: 10 }

/**
 * @param {import("../../ui/components/history_buttons/foresee.js").History} history
 * @param {string[]} names of the buttons that have been pressed
 */
function enabled(history, ...names) {
  const able = foresee(history, names.map((name) => ({ name, steps: STEPS[name] })))
  return Object.entries(able).filter(([, does]) => does).map(([name]) => name).join()
}

const START = { position: 0, end: 0, undoable: false, resettable: false }
const MIDDLE = { position: 3, end: 4, undoable: true, resettable: true }

Deno.test("without presses on their way the buttons are those of the response", () => {
  assertEquals(enabled(START), "")
  assertEquals(enabled(MIDDLE), "back,forward,undo,reset")
  assertEquals(enabled({ ...MIDDLE, position: 4 }), "back,undo,reset")
})

Deno.test("a press on its way enables what it makes possible, and disables what it makes void", () => {
  assertEquals(enabled(START, "take_1"), "back,undo,reset")
  assertEquals(enabled(START, "take_10", "back"), "back,forward,undo,reset")
  assertEquals(enabled(START, "take_1", "back", "back"), "forward,undo,reset")
  assertEquals(enabled(MIDDLE, "forward", "forward"), "back,undo,reset")
  assertEquals(enabled(MIDDLE, "back", "back", "back", "take_1", "forward"), "back,forward,undo,reset")
  assertEquals(enabled(MIDDLE, "reset"), "undo")
  assertEquals(enabled(MIDDLE, "draw_weights"), "undo")
})

Deno.test("what comes after Undo is open", () => {
  assertEquals(enabled(START, "take_1", "undo"), "back,forward,undo,reset")
})
