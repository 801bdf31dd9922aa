// A box with its name and its mark, and the units that boxes stand at.

import { html, set, setText } from "../base/dom.js"
import { htmlLabel } from "../base/format.js"

/** @import { Box, GivenNumber, Kind, Unit } from "./model.d.ts" */

/** @typedef {ReturnType<typeof buildRow>} Row */
/** @typedef {ReturnType<typeof buildCard>} CardParts */

const SIGNS = { "": "", right: "✓", follows: "→", wrong: "✗", short: "?", unread: "?" }
const SPOKEN = {
  "": "",
  right: ", all right",
  follows: ", follows",
  wrong: ", differs",
  short: ", too few decimals",
  unread: ", no number",
}
// Of the boxes of a unit the one that there is most to do about.
/** @type {Kind[]} */
const WORST = ["unread", "wrong", "short", "follows"]

/**
 * @param {Box} box
 * @param {{ commit: (id: string, text: string) => void, next: (id: string) => void }} on
 */
export function buildRow(box, on) {
  const describedBy = `mark-${box.id}`
  const input = html("input", {
    type: "text",
    inputmode: "text",
    autocomplete: "off",
    spellcheck: "false",
    "data-box": box.id,
    "aria-label": box.name,
    "aria-describedby": describedBy,
  })
  const sign = html("span", { class: "sign" })
  const word = html("span", { class: "word" })
  const mark = html("span", { class: "mark", "aria-hidden": "true" }, sign, word)
  const words = html("span", { class: "said", id: describedBy })
  const root = html("div", { class: "box" }, htmlLabel(box.label), input, mark, words)
  const row = { id: box.id, root, input, sign, word, mark, words, sent: box.text }
  input.onchange = () => send()
  input.onkeydown = ({ key }) => {
    if (key !== "Enter") return
    send()
    on.next(box.id)
  }

  function send() {
    if (input.value === row.sent) return
    row.sent = input.value
    on.commit(box.id, input.value)
  }

  return row
}

/**
 * @param {Row} row
 * @param {Box} box
 * @param {string | undefined} pending what was typed and has not been acknowledged
 * @param {boolean} isLit
 */
export function paintRow(row, box, pending, isLit) {
  const { input, root } = row
  const text = pending ?? box.text
  // What is being typed stays.
  const isTyping = input.matches(":focus") && input.value !== row.sent
  if (!isTyping && input.value !== text) input.value = text
  if (pending === undefined) row.sent = box.text
  const isKnown = pending === undefined
  set(
    root,
    "class",
    ["box", isKnown ? box.kind : "", isKnown && isLit ? "lit" : ""].filter(Boolean).join(" "),
  )
  setText(row.sign, isKnown ? SIGNS[box.kind] : "…")
  setText(row.word, isKnown ? box.mark : "")
  set(row.mark, "title", isKnown ? box.words : "")
  setText(row.words, isKnown ? box.problem || box.words : "")
  set(input, "aria-invalid", isKnown && box.kind === "unread")
}

/**
 * @param {Pick<Unit, "id" | "label">} unit
 * @param {string} kinds what boxes have that are called by a weight's other end
 * @param {(id: string) => void} open
 */
export function buildCard({ id, label }, kinds, open) {
  const name = html("span", { class: "unit-name" }, ...headingOf(label, kinds))
  const state = html("span", { class: "state" })
  const fold = html(
    "button",
    { type: "button", class: "fold", "data-unit": id },
    htmlLabel(label),
    " ",
    state,
  )
  const given = html("div", { class: "given" })
  const rows = html("div", { class: "rows", role: "group", "aria-label": label })
  fold.onclick = () => open(id)
  return {
    id,
    label,
    kinds,
    root: html("div", { class: "unit", "data-place": id }, name, fold, given, rows),
    name,
    fold,
    state,
    given,
    rows,
  }
}

/**
 * @param {string} label
 * @param {string} kinds
 */
export function headingOf(label, kinds) {
  return [htmlLabel(label), ...(kinds ? [html("span", { class: "kinds" }, htmlLabel(kinds))] : [])]
}

/**
 * @param {CardParts} card
 * @param {GivenNumber[]} numbers
 */
export function paintGiven({ given }, numbers) {
  given.replaceChildren(
    ...numbers.map(({ label, text }) =>
      html("p", {}, htmlLabel(label), html("span", { class: "number" }, text))
    ),
  )
}

/**
 * @param {CardParts} card
 * @param {Box[]} boxes
 * @param {string} given what a unit without boxes has in their place
 * @param {{ isOpen: boolean, isLit: boolean }} look
 */
export function paintFold(card, boxes, given, { isOpen, isLit }) {
  const typed = boxes.filter((box) => box.kind)
  const worst = WORST.find((kind) => boxes.some((box) => box.kind === kind)) ??
    (typed.length && typed.length === boxes.length ? "right" : "")
  const counted = typed.length && !worst ? `${typed.length}/${boxes.length}` : SIGNS[worst]
  setText(card.state, boxes.length ? counted : given)
  set(card.fold, "aria-expanded", isOpen)
  const held = boxes.length ? `${typed.length}/${boxes.length} boxes filled${SPOKEN[worst]}` : given
  set(card.fold, "aria-label", `${card.label} ${held}`)
  set(card.root, "class", ["unit", isOpen ? "open" : "", isLit ? "lit" : ""].filter(Boolean).join(" "))
}
