// The four readings on top: prediction, target, loss now, loss after this step.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, formatColumn } from "../base/format.js"
import { CHARACTER_WIDTH } from "./layout.js"

// A sign and "0.00000" before the digits at most, and six digits with sign and point before decimals.
const LONGEST_BEFORE_DIGITS = 9
const LONGEST_BEFORE_DECIMALS = 8
const LARGE_CHARACTERS = 15

const READINGS = ["Prediction", "Target", "Loss now", "Loss after this step"]
const LISTS = ["Prediction", "Target"]
const ESTIMATE =
  "L − η · Σ (dL/dw)², over all trained weights and biases: the loss after the step if no slope changed on the way"

export function buildReadings() {
  const root = html("dl", { class: "readings" })
  const [prediction, target, loss, after] = READINGS.map((name) => {
    const value = html("span", { class: LISTS.includes(name) ? "value list" : "value" })
    root.append(html("div", { class: "reading" }, html("dt", {}, name), html("dd", {}, value)))
    return value
  })
  const note = html("span", { class: "note", title: ESTIMATE })
  const estimate = html("span", { class: "estimate" })
  note.append("first-order estimate ", estimate)
  root.lastChild.append(html("dd", {}, note))
  return { root, prediction, target, loss, after, estimate }
}

// As much room as the chosen digits need at most, so that nothing moves when a digit changes.
export function arrangeReadings(readings, count, { digits, decimals }) {
  const characters = decimals === null ? digits + LONGEST_BEFORE_DIGITS : decimals + LONGEST_BEFORE_DECIMALS
  const size = characters > LARGE_CHARACTERS ? 13 : 20
  const listSize = count === 1 ? size : count === 2 ? 13 : 12
  const across = count > 2 ? 2 : 1
  const widthOf = (columns, fontSize) =>
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
}

export function paintReadings(readings, scene, outputs) {
  const list = (node, numbers) => {
    const cells = formatColumn(numbers, scene.precision).map((text, k) =>
      (k + 1) % readings.across ? text.padEnd(readings.cell) : `${text}\n`
    )
    setText(node, cells.join("").trimEnd())
    set(node, "title", numbers.map(exactOnScreen).join("  "))
  }
  list(readings.prediction, outputs.map((node) => scene.node("a", node.index)))
  list(readings.target, outputs.map((node) => scene.target(node.unit)))
  const [now, after, predicted] = ["loss", "loss_after", "loss_predicted"].map(scene.scalar)
  const losses = formatColumn([now, after, predicted], scene.precision)
  setText(readings.loss, losses[0])
  setText(readings.after, losses[1])
  set(readings.loss, "title", exactOnScreen(now))
  set(readings.after, "title", exactOnScreen(after))
  setText(readings.estimate, losses[2])
}
