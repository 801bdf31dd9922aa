// The four readings on top: prediction, target, loss now, loss after this step.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, formatColumn } from "../base/format.js"
import { CHARACTER_WIDTH } from "./layout.js"

/** @import { Precision } from "../base/format.js" */
/** @import { DrawnNode } from "./drawing.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof buildReadings>} Readings */

// A sign and "0.00000" before the digits at most, and six digits with sign and point before decimals.
const LONGEST_BEFORE_DIGITS = 9
const LONGEST_BEFORE_DECIMALS = 8
const LARGE_CHARACTERS = 15

// At a stage that comes before.
export const NOT_YET = "—"

const READINGS = ["Prediction", "Target", "Loss now", "Loss after this step"]
const LISTS = ["Prediction", "Target"]
const TERMS = ["prediction", "target", "loss", "loss_after"]

/**
 * A term that is explained where it is pointed at, tapped or focused.
 * @param {string} term
 * @param {string} name
 */
function termButton(term, name) {
  return html("button", { type: "button", class: "explained", "data-term": term }, name)
}

export function buildReadings() {
  const values = READINGS.map((name) =>
    html("span", { class: LISTS.includes(name) ? "value list" : "value" })
  )
  const boxes = READINGS.map((name, k) =>
    html("div", { class: "reading" }, html("dt", {}, termButton(TERMS[k], name)), html("dd", {}, values[k]))
  )
  const estimate = html("span", { class: "estimate" })
  boxes[3].append(
    html(
      "dd",
      {},
      html("span", { class: "note" }, termButton("estimate", "first-order estimate"), " ", estimate),
    ),
  )
  const root = html("dl", { class: "readings" }, ...boxes)
  const [prediction, target, loss, after] = values
  return {
    root,
    prediction,
    target,
    loss,
    after,
    estimate,
    /** How many numbers of a list stand beside one another, and how many characters each takes. */
    across: 1,
    cell: 0,
  }
}

/**
 * As much room as the chosen digits need at most, so that nothing moves when a digit changes. Returns how many lines a
 * list takes on a phone.
 * @param {Readings} readings
 * @param {number} count of outputs
 * @param {Precision} precision
 */
export function arrangeReadings(readings, count, { digits, decimals }) {
  const characters = decimals === null ? digits + LONGEST_BEFORE_DIGITS : decimals + LONGEST_BEFORE_DECIMALS
  const size = characters > LARGE_CHARACTERS ? 13 : 20
  const listSize = count === 1 ? size : count === 2 ? 13 : 12
  const across = count > 2 ? 2 : 1
  const widthOf = (/** @type {number} */ columns, /** @type {number} */ fontSize) =>
    `${Math.max(162, Math.ceil(((characters + 2) * columns - 2) * fontSize * CHARACTER_WIDTH))}px`
  readings.across = across
  readings.cell = characters + 2
  const styles = {
    one: widthOf(1, size),
    list: widthOf(across, listSize),
    size: `${size}px`,
    "list-size": `${listSize}px`,
    lines: Math.max(2, Math.ceil(count / across)),
    count: Math.max(2, count),
  }
  set(readings.root, "data-count", count)
  set(readings.root, "style", Object.entries(styles).map(([name, value]) => `--${name}: ${value}`).join("; "))
  // A phone has no room for two long numbers beside one another.
  return characters > LARGE_CHARACTERS ? count : Math.ceil(count / across)
}

/**
 * @param {Readings} readings
 * @param {Scene} scene
 * @param {DrawnNode[]} outputs
 */
export function paintReadings(readings, scene, outputs) {
  const { stage } = scene
  const isThere = (/** @type {string} */ name, /** @type {number} */ layer) =>
    stage?.isComputed(name, layer) ?? true
  const list = (/** @type {Element} */ node, /** @type {number[]} */ numbers, isComputed = true) => {
    const texts = isComputed ? formatColumn(numbers, scene.precision) : numbers.map(() => NOT_YET)
    const cells = texts.map((text, k) => (k + 1) % readings.across ? text.padEnd(readings.cell) : `${text}\n`)
    setText(node, cells.join("").trimEnd())
    set(node, "title", isComputed ? numbers.map(exactOnScreen).join("  ") : "not computed yet")
  }
  const isPredicted = outputs.every(({ layer }) => isThere("a", layer))
  list(readings.prediction, outputs.map((node) => scene.node("a", node.index)), isPredicted)
  list(readings.target, outputs.map((node) => scene.target(node.unit)))
  const [now, after, predicted] = /** @type {const} */ (["loss", "loss_after", "loss_predicted"]).map(
    scene.scalar,
  )
  const losses = formatColumn([now, after, predicted], scene.precision)
  const isAfter = isThere("loss_after", 0)
  single(readings.loss, losses[0], now, isThere("loss", 0))
  single(readings.after, losses[1], after, isAfter)
  setText(readings.estimate, isAfter ? losses[2] : NOT_YET)
}

/**
 * @param {Element} node
 * @param {string} text
 * @param {number} number
 * @param {boolean} isComputed
 */
function single(node, text, number, isComputed) {
  setText(node, isComputed ? text : NOT_YET)
  set(node, "title", isComputed ? exactOnScreen(number) : "not computed yet")
}
