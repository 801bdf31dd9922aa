// The line with the numbers of what is looked at.

import { html, set, setText } from "../base/dom.js"
import { filmPrecision, formatNumber } from "../base/format.js"
import { byPointer } from "../base/touch.js"
import { unitName } from "./labels.js"
import { classOf } from "./palette.js"
import { between } from "./reel.js"

/** @import { Item } from "./network.js" */
/** @import { Reel } from "./reel.js" */

const HINT = "Hover over a unit, an edge or a sample for its numbers. Select a unit to enlarge its map."
const HINT_WEIGHTS = `${HINT} An edge opens its weight at this step.`
const HINT_PIXELS = "Select a sample on the plane to draw it, or a unit to enlarge its map."
const HINT_PIXELS_TOUCH = "Tap a sample on the plane to draw it, or a unit for its map."
const HINT_TOUCH = "Tap a unit, an edge or a sample for its numbers."

// The outputs of so many classes are all listed.
const MOST_OUTPUTS = 3

/** @typedef {ReturnType<typeof buildInspector>} Inspector */

export function buildInspector() {
  const name = html("span", { class: "title" })
  const numbers = html("span", { class: "numbers" })
  return {
    root: html("p", { class: "inspector" }, name, numbers),
    name,
    numbers,
    hint: byPointer(HINT, HINT_TOUCH),
    hintOfWeights: byPointer(HINT_WEIGHTS, HINT_TOUCH),
    hintOfPixels: byPointer(HINT_PIXELS, HINT_PIXELS_TOUCH),
    /** What stands there in place of the hint. */
    note: "",
    /** What it shows: the item, and the film it is in. */
    of: "",
    /** @type {Reel | null} */
    reel: null,
  }
}

/**
 * @param {Inspector} inspector
 * @param {Reel} reel
 * @param {Item | null} item
 * @param {number} index the key frame
 * @param {boolean} isFree whether another sample can be drawn, and a weight set
 */
export function paintInspector(inspector, reel, item, index, isFree) {
  const of = item ? `${item.kind}${item.index}` : `nothing ${inspector.note}`
  if (inspector.of !== of || inspector.reel !== reel) {
    inspector.of = of
    inspector.reel = reel
    inspector.name.replaceChildren(...(item ? inspectedName(reel, item) : []))
    set(inspector.root, "class", item ? "inspector" : `inspector idle${inspector.note && " noted"}`)
  }
  const changing = reel.pixels ? inspector.hintOfPixels : inspector.hintOfWeights
  const hint = isFree ? changing : inspector.hint
  showParts(inspector.numbers, item ? inspectedNumbers(reel, item, index) : [inspector.note || hint])
}

/**
 * Shows parts that stay whole: one for which a line has no room begins the next, or is not seen.
 * @param {HTMLElement} line
 * @param {string[]} parts
 */
function showParts(line, parts) {
  while (line.children.length > parts.length) line.lastElementChild?.remove()
  while (line.children.length < parts.length) line.append(html("span", {}))
  parts.forEach((part, k) => setText(line.children[k], part))
}

/** @param {Reel} reel @param {Item} item */
function inspectedName({ nodes, points }, item) {
  if (item.kind === "point") return [points.test[item.index] ? "Test sample" : "Training sample"]
  if (item.kind === "unit") return [item.layer ? "Unit " : "Input ", unitName(nodes[item.index])]
  return ["Weight ", unitName(nodes[item.from]), "→", unitName(nodes[item.to])]
}

/**
 * @param {Reel} reel
 * @param {Item} item
 * @param {number} index the key frame
 * @returns {string[]}
 */
function inspectedNumbers(reel, item, index) {
  const precision = filmPrecision(reel.precision)
  /** @param {ArrayLike<number>} values @param {number} place */
  const number = (values, place) => formatNumber(values[index * reel.parameters + place], precision)
  if (item.kind === "edge") {
    return [`w ${number(reel.theta, item.index)}`, `gradient ${number(reel.gradient, item.index)}`]
  }
  if (item.kind === "point") return sampleNumbers(reel, item.index, index)
  const { biasIndex, layer, activation } = reel.nodes[item.index]
  if (!layer) return inputText(reel, item.index)
  if (biasIndex === null) return [`${activation}, no bias`]
  return [
    activation ?? "",
    `bias ${number(reel.theta, biasIndex)}`,
    `gradient ${number(reel.gradient, biasIndex)}`,
  ]
}

/**
 * Where an input that is no axis of the plane is held, and what standardizing makes of it.
 * @param {Reel} reel
 * @param {number} index
 */
function inputText({ held, standardized, precision }, index) {
  const parts = []
  const value = held.get(index)
  if (value !== undefined) parts.push(`held at ${formatNumber(value, precision)}, its training mean`)
  const scaling = standardized.inputs[index]
  if (scaling) {
    const [mean, deviation] = scaling.map((number) => formatNumber(number, precision))
    parts.push(`standardized: (value − ${mean}) / ${deviation}`.replace("− −", "+ "))
  }
  return parts
}

/**
 * @param {Reel} reel
 * @param {number} point
 * @param {number} index the key frame
 */
function sampleNumbers(reel, point, index) {
  const { points, outputs, plane } = reel
  const precision = filmPrecision(reel.precision)
  const axes = plane.names.length
  const place = between(reel, index)
  const each = points.count * outputs
  /** @param {number} unit */
  const prediction = (unit) => {
    const at = point * outputs + unit
    const before = points.predictions[place.from * each + at]
    return before + (points.predictions[place.to * each + at] - before) * place.share
  }
  const where = plane.names.map((name, k) => `${name} ${formatNumber(points.x[point * axes + k], precision)}`)
  const own = classOf(reel, point)
  const units = Array.from({ length: outputs }, (_, unit) => unit)
  if (own !== null && outputs > MOST_OUTPUTS) {
    return [...where, ...largestOutputs(reel, own, units.map(prediction))]
  }
  /** @param {(unit: number) => number} read */
  const list = (read) => units.map((unit) => formatNumber(read(unit), precision)).join(", ")
  const target = list((unit) => points.y[point * outputs + unit])
  const name = own !== null && reel.output_names.length > 1 ? ` (${reel.output_names[own]})` : ""
  return [...where, `target ${target}${name}`, `ŷ ${list(prediction)}`]
}

/**
 * The target's name and the likeliest classes: the outputs of many classes are more than a line has room for.
 * @param {Pick<Reel, "output_names" | "precision">} reel
 * @param {number} own the target
 * @param {number[]} predictions one a class
 */
export function largestOutputs({ output_names: names, precision }, own, predictions) {
  const largest = predictions.map((value, unit) => ({ value, unit })).sort((a, b) => b.value - a.value)
  const shown = largest.slice(0, MOST_OUTPUTS).map(({ value, unit }) =>
    `${names[unit]}: ${formatNumber(value, filmPrecision(precision))}`
  )
  return [`target ${names[own]}`, `largest ŷ ${shown.join(", ")}`]
}
