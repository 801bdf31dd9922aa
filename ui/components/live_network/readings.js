// The four readings on top: prediction, target, loss now, loss after this step.

import { html, set, setText } from "../base/dom.js"
import { isNumber, significant } from "../base/format.js"

const READINGS = ["Prediction", "Target", "Loss now", "Loss after this step"]

export function buildReadings() {
  const root = html("dl", { class: "readings" })
  const [prediction, target, loss, after] = READINGS.map((name) => {
    const value = html("span", { class: "value" })
    root.append(html("div", { class: "reading" }, html("dt", {}, name), html("dd", {}, value)))
    return value
  })
  const note = html("span", { class: "note" })
  root.lastChild.append(html("dd", {}, note))
  return { root, prediction, target, loss, after, note }
}

export function paintReadings(readings, scene, outputs) {
  const list = (numbers) =>
    numbers.map((number) => significant(number, numbers.length > 2 ? 3 : 6)).join("  ")
  setText(readings.prediction, list(outputs.map((node) => scene.node("a", node.index))))
  setText(readings.target, list(outputs.map((node) => scene.target(node.unit))))
  setText(readings.loss, significant(scene.scalar("loss"), 6))
  setText(readings.after, significant(scene.scalar("loss_after"), 6))
  const predicted = scene.scalar("loss_predicted")
  const fall = isNumber(predicted) ? scene.scalar("loss") - predicted : null
  setText(
    readings.note,
    `slope predicts ${significant(predicted, 6)}, a fall of η‖∇L‖² = ${significant(fall, 4)}`,
  )
  for (const node of [readings.prediction, readings.target]) set(node, "data-count", outputs.length)
}
