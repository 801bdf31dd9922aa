// Everything about the weight, bias or unit looked at: its numbers in full, and the rule with the numbers
// plugged in.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, formatNumber, htmlLabel } from "../base/format.js"
import { factsOf } from "./facts.js"

/** @import { Picture } from "./drawing.js" */
/** @import { Facts } from "./facts.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof buildExplain>} Explain */

export function buildExplain() {
  // What does not fit scrolls, and the arrow keys scroll only what can be focused.
  const body = html("div", { class: "body", tabindex: 0, role: "region", "aria-label": "Numbers and rules" })
  return {
    root: html("div", { class: "explain" }, body),
    body,
    of: "",
    changing: /** @type {Element[]} */ ([]),
  }
}

/**
 * The text around the numbers is laid out once for a weight or unit; then only the numbers are written.
 * @param {Explain} explain
 * @param {Picture} picture
 * @param {Scene} scene
 */
export function paintExplain(explain, picture, scene) {
  const facts = factsOf(scene.explained, picture.nodes, picture.links, scene)
  const of = facts
    ? [facts.title, facts.hint, ...facts.numbers.map(([name]) => name), ...facts.rules.map(([left]) => left)]
      .join("|")
    : "nothing"
  if (explain.of !== of) {
    explain.of = of
    explain.body.replaceChildren(
      ...(facts
        ? showFacts(facts)
        : [html("p", { class: "hint" }, "Select a weight or a unit to see its numbers.")]),
    )
    explain.changing = [...explain.body.querySelectorAll("dd, .plugged")]
  }
  if (!facts) return
  facts.numbers.forEach(([, number], k) => {
    setText(explain.changing[k], formatNumber(number, scene.precision))
    set(explain.changing[k], "title", exactOnScreen(number))
  })
  facts.rules.forEach(([, text], k) => setText(explain.changing[facts.numbers.length + k], text))
}

/** @param {Facts} facts */
function showFacts({ title, numbers, rules, hint }) {
  const list = html("dl", { class: "facts" })
  for (const [name] of numbers) list.append(html("div", {}, html("dt", {}, name), html("dd")))
  return [
    html("p", { class: "title" }, htmlLabel(title)),
    list,
    // Before the rules, as the box of a unit with many terms scrolls.
    ...(hint ? [html("p", { class: "hint" }, hint)] : []),
    ...rules.map(([left]) =>
      html("p", { class: "rule" }, ruleSide(left), " = ", html("span", { class: "plugged" }))
    ),
  ]
}

/**
 * "δ_{h1}" is a symbol with a subscript, "e^−z" one with a power; the rest is text.
 * @param {string} text
 */
export function ruleSide(text) {
  const side = html("span", { class: "math" })
  for (const piece of text.split(/(_\{[^}]*\}|\^−?z)/)) {
    if (piece.startsWith("_{")) side.append(html("sub", {}, piece.slice(2, -1)))
    else if (piece.startsWith("^")) side.append(html("sup", {}, piece.slice(1)))
    else side.append(piece)
  }
  return side
}
