// The nudge in the panel: the slider of h, L at both places, ΔL/h beside the gradient, and the verdict.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, formatColumn, formatNumber, htmlLabel, isNumber } from "../base/format.js"
import { plainText } from "./notation.js"
import { gradientSymbol } from "./nudge.js"

/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Nudge, NudgeSubject } from "./nudge.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof buildNudge>} NudgeView */

/** @type {Record<number, string | undefined>} */
const WHICH = { 1: "the only parameter", 2: "both parameters" }
// Beyond these a loss of 64 bits has no digits; with fewer one would not see which of them cancel.
const LOSS_DIGITS = 16
const ERROR_DIGITS = 3
// So many characters leave room for the relative error beside them.
const SHORT = 12
const NOTHING = "Select a weight, bias, input or unit: a small step of it travels through the network here."
const NO_PART = "The learning rate is in no forward pass: moved by h, it leaves L as it is."

/**
 * `choose` while the slider moves, `keep` where it comes to rest.
 * @typedef {{ choose: (h: number) => void, keep: () => void }} NudgeEvents
 */

/**
 * @param {number[]} nudges all h, the largest first
 * @param {NudgeEvents} on
 */
export function buildNudge(nudges, on) {
  const rising = nudges.toReversed()
  const slider = html("input", {
    type: "range",
    min: 0,
    max: rising.length - 1,
    step: 1,
    "aria-label": "Nudge h",
  })
  slider.oninput = () => on.choose(rising[slider.valueAsNumber])
  slider.onchange = () => on.keep()
  const what = html("span", { class: "what" })
  const size = html("span", { class: "number" })
  const rows = {
    present: buildNudgeRow(true),
    above: buildNudgeRow(true),
    quotient: buildNudgeRow(false),
    gradient: buildNudgeRow(false),
    error: buildNudgeRow(false),
  }
  set(rows.error.root, "class", "error")
  setText(rows.quotient.name, "ΔL/h")
  setText(rows.error.name, "relative error")
  const list = html("dl", {}, ...Object.values(rows).map(({ root }) => root))
  const verdict = html("p", { class: "verdict" })
  const count = html("p", { class: "hint count" })
  const hint = html("p", { class: "hint" })
  const parts = html(
    "div",
    { class: "nudge-parts" },
    html("div", { class: "nudge-h" }, what, slider, size),
    list,
    verdict,
    count,
  )
  const root = html("div", { class: "nudge" }, parts, hint)
  return { root, parts, hint, slider, what, size, rows, verdict, count, rising, of: "" }
}

/** @param {boolean} isLong whether its number is cut where digits begin to differ */
function buildNudgeRow(isLong) {
  const name = html("dt")
  const number = html("dd")
  const [same, other] = [html("span", { class: "same" }), html("span", { class: "other" })]
  if (isLong) number.append(same, other)
  return { root: html("div", {}, name, number), name, number, same, other }
}

/**
 * @param {NudgeView} view
 * @param {Scene} scene
 */
export function paintNudge(view, { nudge, explained, precision, drawing, network, view: { nudge: h } }) {
  view.parts.hidden = !nudge
  view.hint.hidden = Boolean(nudge)
  if (!nudge) return setText(view.hint, explained === "eta" ? NO_PART : NOTHING)
  const { rows } = view
  const { letter, label } = nudge.subject
  if (view.of !== label) {
    view.of = label
    view.what.replaceChildren(htmlLabel(label), " + h")
  }
  const place = view.rising.indexOf(h)
  if (view.slider.valueAsNumber !== place) view.slider.value = String(place)
  setText(view.size, writtenH(h))
  set(view.slider, "aria-valuetext", `h = ${writtenH(h)}. ${nudge.verdict.sentence}`)
  setText(rows.present.name, `L(${letter})`)
  setText(rows.above.name, `L(${letter} + h)`)
  setText(rows.gradient.name, gradientName(nudge.subject, network))
  writeLosses(rows.present, rows.above, nudge)
  const [quotient, gradient] = formatColumn([nudge.quotient, nudge.gradient], precision)
  set(view.root, "class", Math.max(quotient.length, gradient.length) > SHORT ? "nudge long" : "nudge")
  writeNumber(rows.quotient.number, quotient, nudge.quotient)
  writeNumber(rows.gradient.number, Number.isNaN(nudge.gradient) ? "—" : gradient, nudge.gradient)
  const error = isNumber(nudge.relativeError)
    ? formatNumber(nudge.relativeError, { digits: ERROR_DIGITS, decimals: null })
    : "—"
  writeNumber(rows.error.number, error, nudge.relativeError)
  setText(view.verdict, nudge.verdict.sentence)
  set(view.verdict, "data-verdict", nudge.verdict.kind)
  const total = drawing.edges.length + drawing.biases.length
  setText(
    view.count,
    `${total + 1} forward passes for ${
      WHICH[total] ?? `all ${total} parameters`
    }; backprop takes one forward, one backward.`,
  )
}

/**
 * What a convention calls the gradient that ΔL/h comes close to. That by y has no letters of its own, and δ does not
 * show what it is a slope along.
 * @param {NudgeSubject} subject
 * @param {NetworkFormulas} network
 */
export function gradientName({ symbol, letter }, network) {
  const [name, layer] = gradientSymbol(symbol)
  const letters = name in network.convention.letters ? plainText([name, layer], network) : ""
  return letters && letters !== "δ" ? letters : `dL/d${letter}`
}

/**
 * The h of a nudge as a power of ten: 1e−4.
 * @param {number} h
 */
function writtenH(h) {
  return h.toExponential().replace("-", "−")
}

/**
 * Both losses with all their digits; those that differ stand out, and are what ΔL is made of.
 * @param {NudgeView["rows"]["present"]} present
 * @param {NudgeView["rows"]["above"]} above
 * @param {Nudge} nudge
 */
function writeLosses(present, above, nudge) {
  const texts = formatColumn([nudge.present, nudge.above], { digits: LOSS_DIGITS, decimals: null })
  const common = sameDigits(texts[0], texts[1])
  for (const [k, row] of [present, above].entries()) {
    setText(row.same, texts[k].slice(0, common))
    setText(row.other, texts[k].slice(common))
  }
}

/**
 * How many characters two texts begin with alike.
 * @param {string} a
 * @param {string} b
 */
export function sameDigits(a, b) {
  let count = 0
  while (count < a.length && a[count] === b[count]) count += 1
  return count
}

/**
 * @param {Element} node
 * @param {string} text
 * @param {number} value
 */
function writeNumber(node, text, value) {
  setText(node, text)
  set(node, "title", isNumber(value) ? exactOnScreen(value) : "")
}
