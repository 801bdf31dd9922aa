// The legend of the plane. Whatever is colored has its scale or its names here: the map first, then the samples on it.

import { html } from "../base/dom.js"
import { atMost, exactOnScreen, fitNumber, formatNumber, ROUND } from "../base/format.js"
import { fitting } from "./labels.js"
import { classColor, classMarker, css, rgb } from "./palette.js"
import { markerSample } from "./plane_points.js"

/** @import { Precision } from "../base/format.js" */
/** @import { PlaneView } from "./model.d.ts" */
/** @import { Colors } from "./palette.js" */
/** @import { Reel, Unit } from "./reel.js" */

const BAR_CHARACTERS = 6
const LEGEND_DIGITS = 3
const LISTED = 3

/**
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {Unit | null} node
 * @param {PlaneView[]} views
 */
export function planeLegend(reel, colors, node, views) {
  const flat = views.includes("discrete")
  const parts = reel.two && node ? [mapLegend(reel, colors, node, flat)] : []
  const samples = reel.two || !node || node.output
  if (samples) {
    if (reel.task !== "regression") parts.push(...classLegend(reel, colors, !node, flat))
    // Over one axis a sample's height shows what its color does.
    else if (reel.two) parts.push(outputBar(reel, colors, flat))
    if (reel.points.count) parts.push(legendKey(markerSample("currentColor"), "train"))
    if (reel.points.test.includes(1) && !views.includes("notest")) {
      parts.push(legendKey(markerSample("currentColor", "circle", true), "test"))
    }
  }
  if (reel.held.size && node?.layer !== 0) parts.push(heldNote(reel))
  if (samples && reel.points.note) parts.push(html("span", { class: "note" }, reel.points.note))
  return parts
}

/**
 * @param {Node} mark
 * @param {string} text
 * @returns {HTMLElement}
 */
function legendKey(mark, text) {
  return html("span", { class: "key" }, mark, text)
}

/**
 * The scale of an enlarged unit; what the outputs show has that of the samples.
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {Unit} node
 * @param {boolean} flat
 * @returns {HTMLElement}
 */
function mapLegend({ held, task, precision, center, span }, colors, node, flat) {
  const value = held.get(node.index)
  if (value !== undefined) {
    const text = formatNumber(value, atMost(precision, LEGEND_DIGITS))
    return html("span", {}, `${text} all over the plane: the training mean`)
  }
  if (node.output && task === "classes") {
    return colorBar("", colors.classTables[node.unit], ROUND, 0, 1, flat)
  }
  const [low, high] = [center[node.index] - span[node.index], center[node.index] + span[node.index]]
  return colorBar("", colors.table, precision, low, high, flat)
}

/**
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {boolean} shown whether the map is that of the outputs
 * @param {boolean} flat
 */
function classLegend(reel, colors, shown, flat) {
  const names = reel.outputs === 1 && reel.output_names.length !== 2 ? ["0", "1"] : reel.output_names
  const keys = names.map((name, k) =>
    legendKey(markerSample(rgb(classColor(colors, k)), classMarker(colors, k)), fitting(name, 110, 13))
  )
  // The map of the only output leads from one class to the other.
  return reel.two && reel.outputs === 1 && shown ? [keys[0], gradientBar(colors.table, flat), keys[1]] : keys
}

/** @param {Reel} reel @param {Colors} colors @param {boolean} flat */
function outputBar({ center, span, outputs, output_names, precision }, colors, flat) {
  const first = center.length - outputs
  const [low, high] = [center[first] - span[first], center[first] + span[first]]
  return colorBar(fitting(output_names[0], 90, 13), colors.table, precision, low, high, flat)
}

/** @param {Reel} reel */
function heldNote(reel) {
  const precision = atMost(reel.precision, LEGEND_DIGITS)
  const list = [...reel.held].map(([index, value]) =>
    `${reel.nodes[index].label} ${formatNumber(value, precision)}`
  ).join(", ")
  if (reel.held.size <= LISTED) return html("span", { class: "note" }, `Held at training mean: ${list}`)
  const summary = html("summary", {}, `The other ${reel.held.size} inputs are held at their training mean`)
  return html("details", { class: "note" }, summary, list)
}

/** @param {Uint32Array} table @param {boolean} flat */
function gradientBar(table, flat) {
  const [low, high] = [css(table[0]), css(table[254])]
  const stops = flat
    ? [`${low} 50%`, `${high} 50%`]
    : [0, 64, 127, 190, 254].map((level) => css(table[level]))
  return html("i", { style: `background: linear-gradient(to right, ${stops.join(",")})` })
}

/**
 * @param {string} name
 * @param {Uint32Array} table
 * @param {Precision} precision
 * @param {number} low
 * @param {number} high
 * @param {boolean} flat
 */
function colorBar(name, table, precision, low, high, flat) {
  /** @param {number} value */
  const end = (value) =>
    html(
      "span",
      { title: exactOnScreen(value) },
      fitNumber(value, atMost(precision, LEGEND_DIGITS), BAR_CHARACTERS),
    )
  return html("span", { class: "scale" }, name, end(low), gradientBar(table, flat), end(high))
}
