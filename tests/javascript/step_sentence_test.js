import { describeStep } from "../../ui/components/live_network/step_sentence.js"
import { assertEquals } from "./assert.js"

const FIRST = { position: 0, end: 0, diverged: false }

/** @type {(training: typeof FIRST | null, before: typeof FIRST | null) => string} */
const sentenceOf = (training, before) => describeStep(training, before, "0.5", "0.1").sentence

Deno.test("the sentence begins with what training has done", () => {
  const numbers = "Prediction 0.5, loss 0.1."
  assertEquals(sentenceOf(FIRST, FIRST), numbers)
  assertEquals(
    sentenceOf({ ...FIRST, position: 10, end: 10 }, FIRST),
    `Training ended at step 10. ${numbers}`,
  )
  assertEquals(
    sentenceOf({ position: 7, end: 7, diverged: true }, FIRST),
    `Training stopped at step 7: diverged. ${numbers}`,
  )
  assertEquals(
    sentenceOf({ position: 3, end: 10, diverged: false }, { position: 10, end: 10, diverged: false }),
    `Step 3. ${numbers}`,
  )
  assertEquals(sentenceOf({ ...FIRST, position: 1, end: 1 }, FIRST), `Step 1 taken. ${numbers}`)
})

Deno.test("where no training is known any more the numbers alone are read", () => {
  assertEquals(sentenceOf(null, FIRST), "Prediction 0.5, loss 0.1.")
  assertEquals(sentenceOf(FIRST, null), "Prediction 0.5, loss 0.1.")
})

Deno.test("another number or another step is worth a sentence", () => {
  const { standing } = describeStep(FIRST, FIRST, "0.5", "0.1")
  assertEquals(describeStep({ ...FIRST }, null, "0.5", "0.1").standing === standing, true)
  for (const training of [{ ...FIRST, position: 1 }, { ...FIRST, diverged: true }]) {
    assertEquals(describeStep(training, FIRST, "0.5", "0.1").standing === standing, false)
  }
  assertEquals(describeStep(FIRST, FIRST, "0.5", "0.2").standing === standing, false)
})
