// The readings on top, in fixed places; and the line with the numbers of what is looked at.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, filmPrecision, formatNumber, htmlLabel } from "../base/format.js"
import { byPointer } from "../base/touch.js"
import { classOf } from "./palette.js"
import { between } from "./reel.js"

const USUAL_DIGITS = 8

export function buildReadings() {
  return { root: html("dl", { class: "readings" }), of: null, values: [] }
}

function readingsOf(reel) {
  const decimals = reel.epochs.at(-1) < 10 ? 2 : 1
  const scale = reel.standardized.outputs.some(Boolean) ? "standardized" : ""
  return [
    ["Step", (k) => grouped(reel.steps[k]), `of ${grouped(reel.last)}`],
    ["Epoch", (k) => grouped(reel.epochs[k], decimals)],
    ["Train loss", (k) => formatNumber(reel.loss.train[k], reel.precision), scale, reel.loss.train],
    [
      "Test loss",
      reel.loss.test && ((k) => formatNumber(reel.loss.test[k], reel.precision)),
      scale,
      reel.loss.test,
    ],
    ["Train accuracy", reel.accuracy.train && ((k) => percent(reel.accuracy.train[k]))],
    ["Test accuracy", reel.accuracy.test && ((k) => percent(reel.accuracy.test[k]))],
  ].filter(([, read]) => read)
}

function grouped(number, decimals = 0) {
  return number.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
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
  readings.exact = wanted.map(([, , , numbers]) => numbers)
  readings.shown = null
  // So that as many digits as are chosen fit into a column.
  const { digits, decimals } = reel.precision
  set(readings.root, "style", (decimals ?? digits) > USUAL_DIGITS ? "--number: 12px" : "")
}

export function paintReadings(readings, index) {
  if (readings.shown === index) return
  readings.shown = index
  readings.read.forEach((read, k) => {
    setText(readings.values[k], read(index))
    if (readings.exact[k]) set(readings.values[k], "title", exactOnScreen(readings.exact[k][index]))
  })
}

export function buildInspector() {
  const name = html("span", { class: "title" })
  const numbers = html("span", { class: "numbers" })
  const hint = byPointer(HINT, HINT_TOUCH)
  return { root: html("p", { class: "inspector" }, name, numbers), name, numbers, hint, of: null }
}

const HINT = "Hover a unit, an edge or a sample for its numbers. Select a unit to enlarge its map."
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
  const precision = filmPrecision(reel.precision)
  const number = (values, place) => formatNumber(values[index * reel.parameters + place], precision)
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
function inputText(reel, index) {
  const parts = []
  if (reel.held.has(index)) {
    parts.push(`held at ${formatNumber(reel.held.get(index), reel.precision)}, its training mean`)
  }
  const scaling = reel.standardized.inputs[index]
  if (scaling) {
    const [mean, deviation] = scaling.map((number) => formatNumber(number, reel.precision))
    parts.push(`standardized: (value − ${mean}) / ${deviation}`.replace("− −", "+ "))
  }
  return parts.join("   ")
}

function sampleNumbers(reel, point, index) {
  const { points, outputs, plane } = reel
  const precision = filmPrecision(reel.precision)
  const axes = plane.names.length
  const place = between(reel, index)
  const each = points.count * outputs
  const prediction = (unit) => {
    const at = point * outputs + unit
    const before = points.predictions[place.from * each + at]
    return before + (points.predictions[place.to * each + at] - before) * place.share
  }
  const where = plane.names.map((name, k) => `${name} ${formatNumber(points.x[point * axes + k], precision)}`)
    .join(
      "   ",
    )
  const own = classOf(reel, point)
  const list = (read) => Array.from({ length: outputs }, (_, unit) => read(unit)).join(", ")
  const target = list((unit) => formatNumber(points.y[point * outputs + unit], precision))
  const name = own !== null && reel.output_names.length > 1 ? ` (${reel.output_names[own]})` : ""
  return `${where}   target ${target}${name}   ŷ ${list((unit) => formatNumber(prediction(unit), precision))}`
}
