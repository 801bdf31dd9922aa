import { announce, endOfTraining } from "../../ui/components/base/announcer.js"
import { assertEquals } from "./assert.js"

// Only what an announcer uses of a document.
function makeSilent() {
  const text = { nodeValue: "" }
  const root = /** @type {HTMLElement} */ (/** @type {unknown} */ ({ firstChild: text }))
  return { text, announcer: { root, stood: null } }
}

Deno.test("only a change is announced, and each one once", () => {
  const { text, announcer } = makeSilent()
  const heard = () => text.nodeValue
  announce(announcer, "2", "Loss 2.")
  assertEquals(heard(), "")
  announce(announcer, "1", "Training ended at step 10. Loss 1.")
  assertEquals(heard(), "Training ended at step 10. Loss 1.")
  announce(announcer, "1", "Loss 1.")
  assertEquals(heard(), "Training ended at step 10. Loss 1.")
  announce(announcer, "3", "Loss 3.")
  assertEquals(heard(), "Loss 3.")
})

Deno.test("a run that broke down has stopped", () => {
  assertEquals(endOfTraining(1000, false), "Training ended at step 1,000.")
  assertEquals(endOfTraining(63, true), "Training stopped at step 63: diverged.")
})
