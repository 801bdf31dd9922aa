// The readings on top, in fixed places; and the line that says the numbers of what is looked at.

import { html, set, setText } from "../base/dom.js"
import { full, htmlLabel, MINUS, significant, tidy } from "../base/format.js"
import { byPointer } from "../base/touch.js"
import { classOf } from "./palette.js"
import { between } from "./reel.js"

export function buildReadings() {
  return { root: html("dl", { class: "readings" }), of: null, values: [] }
}

function readingsOf(reel) {
  const decimals = reel.epochs.at(-1) < 10 ? 2 : 1
  const scale = reel.standardized.outputs.some(Boolean) ? "standardized" : ""
  return [
    ["Step", (k) => reel.steps[k].toLocaleString("en-US"), `of ${reel.last.toLocaleString("en-US")}`],
    ["Epoch", (k) => reel.epochs[k].toFixed(decimals)],
    ["Train loss", (k) => lossText(reel.loss.train[k]), scale],
    ["Test loss", reel.loss.test && ((k) => lossText(reel.loss.test[k])), scale],
    ["Train accuracy", reel.accuracy.train && ((k) => percent(reel.accuracy.train[k]))],
    ["Test accuracy", reel.accuracy.test && ((k) => percent(reel.accuracy.test[k]))],
  ].filter(([, read]) => read)
}

// Always eight characters, so that no digit changes its place.
function lossText(loss) {
  if (!Number.isFinite(loss)) return "overflow"
  const size = Math.abs(loss)
  if (size !== 0 && (size < 1e-5 || size >= 1e6)) return tidy(loss.toExponential(3))
  return size < 10 ? loss.toFixed(6) : loss.toPrecision(7)
}

function percent(part) {
  return `${(100 * part).toFixed(1)} %`
}

export function arrangeReadings(readings, reel) {
  const wanted = readingsOf(reel)
  const of = wanted.map(([name]) => name).join()
  if (readings.of !== of) {
    readings.of = of
    readings.values = wanted.map(() => html("span"))
    readings.notes = wanted.map(() => html("span", { class: "note" }))
    readings.root.replaceChildren(
      ...wanted.map(([name], k) =>
        html(
          "div",
          { class: "reading" },
          html("dt", {}, name, readings.notes[k]),
          html("dd", {}, readings.values[k]),
        )
      ),
    )
  }
  wanted.forEach(([, , note], k) => setText(readings.notes[k], note ?? ""))
  readings.read = wanted.map(([, read]) => read)
  readings.shown = null
}

export function paintReadings(readings, index) {
  if (readings.shown === index) return
  readings.shown = index
  readings.read.forEach((read, k) => setText(readings.values[k], read(index)))
}

export function buildInspector() {
  const name = html("span", { class: "title" })
  const numbers = html("span", { class: "numbers" })
  const hint = byPointer(HINT, HINT_TOUCH)
  return { root: html("p", { class: "inspector" }, name, numbers), name, numbers, hint, of: null }
}

const HINT = "Hover a unit, an edge or a sample for its numbers. Select a unit to enlarge what it answers."
const HINT_TOUCH = "Tap a unit, an edge or a sample for its numbers."

export function paintInspector(inspector, reel, hover, index) {
  const of = hover ? `${hover.kind}${hover.index}` : null
  if (inspector.of !== of || inspector.reel !== reel) {
    inspector.of = of
    inspector.reel = reel
    inspector.name.replaceChildren(...(hover ? inspectedName(reel, hover) : []))
    set(inspector.root, "class", hover ? "inspector" : "inspector idle")
  }
  setText(inspector.numbers, hover ? inspectedNumbers(reel, hover, index) : inspector.hint)
}

function inspectedName(reel, hover) {
  if (hover.kind === "point") return [reel.points.test[hover.index] ? "Test sample" : "Training sample"]
  if (hover.kind === "unit") {
    return [reel.nodes[hover.index].layer ? "Unit " : "Input ", unitName(reel, hover.index)]
  }
  return ["Weight ", unitName(reel, hover.from), "→", unitName(reel, hover.to)]
}

// Inputs are called as their column is, whatever digits it has; units by a name with a subscript.
export function unitName(reel, index) {
  const { layer, label } = reel.nodes[index]
  return layer ? htmlLabel(label) : html("span", {}, label)
}

function inspectedNumbers(reel, hover, index) {
  const number = (values, place) => full(values[index * reel.parameters + place], true)
  if (hover.kind === "edge") {
    return `w ${number(reel.theta, hover.index)}   gradient ${number(reel.gradient, hover.index)}`
  }
  if (hover.kind === "point") return sampleNumbers(reel, hover.index, index)
  const { biasIndex, layer, activation } = reel.nodes[hover.index]
  if (!layer) return inputText(reel, hover.index)
  if (biasIndex === null) return `${activation}, no bias`
  return `${activation}   bias ${number(reel.theta, biasIndex)}   gradient ${
    number(reel.gradient, biasIndex)
  }`
}

// Where an input that is no axis of the plane is held, and what standardizing makes of it.
export function inputText(reel, index) {
  const parts = []
  if (reel.held.has(index)) parts.push(`held at ${significant(reel.held.get(index), 4)}, its training mean`)
  const scaling = reel.standardized.inputs[index]
  if (scaling) {
    const [mean, deviation] = scaling.map((number) => significant(number, 4))
    parts.push(`standardized: (value − ${mean}) / ${deviation}`.replace(`− ${MINUS}`, "+ "))
  }
  return parts.join("   ")
}

function sampleNumbers(reel, point, index) {
  const { points, outputs, plane } = reel
  const axes = plane.names.length
  const place = between(reel, index)
  const each = points.count * outputs
  const answer = (unit) => {
    const at = point * outputs + unit
    const before = points.predictions[place.from * each + at]
    return before + (points.predictions[place.to * each + at] - before) * place.share
  }
  const where = plane.names.map((name, k) => `${name} ${significant(points.x[point * axes + k], 5)}`).join(
    "   ",
  )
  const own = classOf(reel, point)
  const list = (read) => Array.from({ length: outputs }, (_, unit) => read(unit)).join(", ")
  const target = list((unit) => significant(points.y[point * outputs + unit], 6))
  const name = own !== null && reel.output_names.length > 1 ? ` (${reel.output_names[own]})` : ""
  const exact = place.share ? 4 : 7
  return `${where}   target ${target}${name}   ŷ ${
    list((unit) => significant(answer(unit), outputs > 1 ? 4 : exact))
  }`
}
