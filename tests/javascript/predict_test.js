import { isWithheld, judgeGuess, predictedAt } from "../../ui/components/live_network/predict.js"
import { assertEquals } from "./assert.js"

const PRECISION = { digits: 6, decimals: null }
const DELTA = { name: "δ h1", value: -0.000708022 }

Deno.test("a guess is judged by its digits, and the number itself is shown", () => {
  const cases = /** @type {const} */ ([
    [-0.000708022, "Right: δ h1 = −0.000708022."],
    [-0.000708, "Right to 4 digits: δ h1 = −0.000708022."],
    [-0.0007, "Right to 1 digit: δ h1 = −0.000708022."],
    [0.000708, "The size is right, the sign is not: δ h1 = −0.000708022."],
    [-0.00287, "δ h1 = −0.000708022; your guess was −0.00287."],
    [0, "δ h1 = −0.000708022; your guess was 0."],
  ])
  for (const [guess, verdict] of cases) assertEquals(judgeGuess(guess, DELTA, PRECISION), verdict)
})

Deno.test("of zero only zero is right", () => {
  const zero = { name: "δ h1", value: 0 }
  assertEquals(judgeGuess(0, zero, PRECISION), "Right: δ h1 = 0.")
  assertEquals(judgeGuess(1e-9, zero, PRECISION), "δ h1 = 0; your guess was 1e−9.")
})

Deno.test("a stage is withheld until a guess of it is typed, and the inputs never are", () => {
  const stages = /** @type {any[]} */ ([{ id: "x", name: "x" }, { id: "z1", name: "z" }])
  assertEquals(isWithheld({ predict: true, stage: "z1" }, "", stages), true)
  assertEquals(isWithheld({ predict: true, stage: "z1" }, "z1", stages), false)
  assertEquals(isWithheld({ predict: false, stage: "z1" }, "", stages), false)
  assertEquals(isWithheld({ predict: true, stage: "x" }, "", stages), false)
  assertEquals(isWithheld({ predict: true, stage: "all" }, "", stages), false)
})

Deno.test("the number to predict is that of the selected item, or the first that the stage is called after", () => {
  const results = [["slope", 1, [0, 0]], ["minus_delta", 1, [0, 0]], ["minus_delta", 1, [0, 1]]]
  const equations = /** @type {any[]} */ (results.map((result) => ({ result })))
  assertEquals(predictedAt(equations, "delta", "w1.1.1"), results[1])
  assertEquals(predictedAt(equations, "delta", "n1.2"), results[2])
  assertEquals(predictedAt([], "loss_after", "n1.2"), null)
  const weights = /** @type {any[]} */ ([{ result: ["dW", 2, [0, 0]] }, { result: ["dW", 2, [1, 0]] }])
  assertEquals(predictedAt(weights, "dW", "w2.2.1"), ["dW", 2, [1, 0]])
})
