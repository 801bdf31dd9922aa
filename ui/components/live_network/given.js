// What an exercise gives beside its numbers: the functions of the layers, the loss, and what is known of the biases.

import { html } from "../base/dom.js"

/** @param {import("./model.d.ts").Given[]} given */
export function buildGiven(given) {
  return html(
    "dl",
    { class: "given" },
    ...given.flatMap(({ term, name, formula }) => [
      html("dt", {}, term),
      html("dd", {}, name, ...(formula ? [": ", formulaText(formula)] : [])),
    ]),
  )
}

/**
 * "e^−z" is a letter with a power; the rest is text.
 * @param {string} text
 */
function formulaText(text) {
  const node = html("span", { class: "math" })
  for (const piece of text.split(/(\^−?z)/)) {
    node.append(piece.startsWith("^") ? html("sup", {}, piece.slice(1)) : piece)
  }
  return node
}
