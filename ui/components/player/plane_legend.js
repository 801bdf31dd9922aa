// The legend of the plane. Whatever is colored has its scale or its names here: the map first, then the samples on it.

import { html } from "../base/dom.js"
import { atMost, exactOnScreen, fitNumber, formatNumber, ROUND } from "../base/format.js"
import { fitting } from "./labels.js"
import { classColor, classMarker, css, rgb } from "./palette.js"
import { markerSample } from "./plane_points.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Colors } from "./palette.js" */
/** @import { Reel, Unit } from "./reel.js" */

const BAR_CHARACTERS = 6
const LEGEND_DIGITS = 3
const LISTED = 3

/** @param {Reel} reel @param {Colors} colors @param {Unit | null} node */
export function planeLegend(reel, colors, node) {
  const parts = reel.two && node ? [mapLegend(reel, colors, node)] : []
  const samples = reel.two || !node || node.output
  if (samples) {
    if (reel.task !== "regression") parts.push(...classLegend(reel, colors, !node))
    // Over one axis a sample's height shows what its color does.
    else if (reel.two) parts.push(outputBar(reel, colors))
    if (reel.points.count) parts.push(legendKey(markerSample("currentColor"), "train"))
    if (reel.points.test.includes(1)) {
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
 * @returns {HTMLElement}
 */
function mapLegend({ held, task, precision, center, span }, colors, node) {
  const value = held.get(node.index)
  if (value !== undefined) {
    const text = formatNumber(value, atMost(precision, LEGEND_DIGITS))
    return html("span", {}, `${text} all over the plane: the training mean`)
  }
  if (node.output && task === "classes") return colorBar("", colors.classTables[node.unit], ROUND, 0, 1)
  const [low, high] = [center[node.index] - span[node.index], center[node.index] + span[node.index]]
  return colorBar("", colors.table, precision, low, high)
}

/**
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {boolean} shown whether the map is that of the outputs
 */
function classLegend(reel, colors, shown) {
  const names = reel.outputs === 1 && reel.output_names.length !== 2 ? ["0", "1"] : reel.output_names
  const keys = names.map((name, k) =>
    legendKey(markerSample(rgb(classColor(colors, k)), classMarker(colors, k)), fitting(name, 110, 13))
  )
  // The map of the only output leads from one class to the other.
  return reel.two && reel.outputs === 1 && shown ? [keys[0], gradientBar(colors.table), keys[1]] : keys
}

/** @param {Reel} reel @param {Colors} colors */
function outputBar({ center, span, outputs, output_names, precision }, colors) {
  const first = center.length - outputs
  const [low, high] = [center[first] - span[first], center[first] + span[first]]
  return colorBar(fitting(output_names[0], 90, 13), colors.table, precision, low, high)
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

/** @param {Uint32Array} table */
function gradientBar(table) {
  const stops = [0, 64, 127, 190, 254].map((level) => css(table[level]))
  return html("i", { style: `background: linear-gradient(to right, ${stops.join(",")})` })
}

/**
 * @param {string} name
 * @param {Uint32Array} table
 * @param {Precision} precision
 * @param {number} low
 * @param {number} high
 */
function colorBar(name, table, precision, low, high) {
  /** @param {number} value */
  const end = (value) =>
    html(
      "span",
      { title: exactOnScreen(value) },
      fitNumber(value, atMost(precision, LEGEND_DIGITS), BAR_CHARACTERS),
    )
  return html("span", { class: "scale" }, name, end(low), gradientBar(table), end(high))
}
