// The four readings on top: prediction, target, loss now, loss after this step.

const READINGS = ["Prediction", "Target", "Loss now", "Loss after this step"]

function buildReadings() {
  const root = html("dl", { class: "readings" })
  const values = READINGS.map((name) => {
    const value = html("dd")
    root.append(html("div", { class: "reading" }, html("dt", {}, name), value))
    return value
  })
  const note = html("span", { class: "note" })
  const [prediction, target, loss, after] = values.map((value) => value.appendChild(html("span")))
  values[3].append(note)
  return { root, prediction, target, loss, after, note }
}

function paintReadings(readings, scene, outputs) {
  const list = (numbers) => numbers.map((number) => significant(number, numbers.length > 2 ? 3 : 6)).join("  ")
  setText(readings.prediction, list(outputs.map((node) => scene.node("a", node.index))))
  setText(readings.target, list(outputs.map((node) => scene.target(node.unit))))
  setText(readings.loss, significant(scene.scalar("loss"), 6))
  setText(readings.after, significant(scene.scalar("loss_after"), 6))
  const predicted = scene.scalar("loss_predicted")
  const fall = isNumber(predicted) ? scene.scalar("loss") - predicted : null
  setText(readings.note, `slope predicts ${significant(predicted, 6)}, a fall of η‖∇L‖² = ${significant(fall, 4)}`)
  for (const node of [readings.prediction, readings.target]) set(node.parentNode, "data-count", outputs.length)
}
