// What an exercise gives beside its numbers: the functions of the layers, the loss, and what is known of the biases.

import { html } from "../base/dom.js"
import { ruleSide } from "./explain.js"

/** @param {import("./model.d.ts").Given[]} given */
export function buildGiven(given) {
  return html(
    "dl",
    { class: "given" },
    ...given.flatMap(({ term, name, formula }) => [
      html("dt", {}, term),
      html("dd", {}, name, ...(formula ? [": ", ruleSide(formula)] : [])),
    ]),
  )
}
