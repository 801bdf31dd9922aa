import { termOf } from "../../ui/components/live_network/term_tip.js"
import { assertEquals } from "./assert.js"

const entry = (/** @type {string} */ symbol) => ({ term: "", sentence: "", symbol })
const GLOSSARY = {
  input: entry(""),
  prediction: entry(""),
  activation: entry("a"),
  delta: entry("delta"),
  error_term: entry("minus_delta"),
  gradient: entry("dW"),
  new_weight: entry(""),
}

Deno.test("a symbol has the entry of what it stands for", () => {
  const cases = /** @type {const} */ ([
    [["a", 0, [0, 0]], "input"],
    [["a", 1, [0, 0]], "activation"],
    [["rest", 1, [0, 0]], ""],
    [["a", 2, [0, 0]], "prediction"],
    [["delta", 1, [0, 0]], "delta"],
    [["minus_delta", 1, [0, 0]], "error_term"],
    [["minus_dW", 1, [0, 0]], "gradient"],
    [["new_W", 1, [0, 0]], "new_weight"],
  ])
  for (const [[name, layer, index], key] of cases) {
    assertEquals(termOf([name, layer, [...index]], 2, GLOSSARY), key)
  }
})
