// Names of inputs and units as they are drawn, and how much room they take.

import { contextOf } from "../base/canvas.js"
import { html } from "../base/dom.js"
import { htmlLabel } from "../base/format.js"

/** @import { Reel, Unit } from "./reel.js" */

const LABEL_FONT = '"STIX Two Text", "Times New Roman", "Liberation Serif", serif'
/** @type {CanvasRenderingContext2D | null} */
let measure = null

/**
 * Inputs and classes carry their names, numbers ŷ.
 * @param {Reel} reel
 * @param {Unit} node
 */
export function shownName(reel, node) {
  if (!node.layer) return node.label
  if (!node.output) return ""
  return reel.outputs > 1 ? (reel.output_names[node.unit] ?? node.label) : "ŷ"
}

/**
 * Inputs are called as their column is, whatever digits it has; units by a name with a subscript.
 * @param {Unit} node
 */
export function unitName({ layer, label }) {
  return layer ? htmlLabel(label) : html("span", {}, label)
}

/** @param {string} text @param {number} size */
export function textWidth(text, size) {
  measure ??= contextOf(html("canvas"))
  measure.font = `italic ${size}px ${LABEL_FONT}`
  return measure.measureText(text).width
}

/**
 * The text, shortened until it fits.
 * @param {string} text
 * @param {number} room in pixels
 * @param {number} size of the font
 */
export function fitting(text, room, size) {
  if (textWidth(text, size) <= room) return text
  let shorter = text
  while (shorter.length > 1 && textWidth(shorter + "…", size) > room) shorter = shorter.slice(0, -1)
  return shorter + "…"
}
