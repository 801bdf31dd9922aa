// Pictures in memory, painted from numbers through a table of colors, and drawn larger elsewhere.

import { contextOf } from "../base/canvas.js"
import { html } from "../base/dom.js"

/** @typedef {ReturnType<typeof makeSheet>} Sheet */

/** @param {number} width @param {number} height */
export function makeSheet(width, height) {
  const canvas = html("canvas", { width, height })
  const context = contextOf(canvas)
  const image = context.createImageData(width, height)
  return { canvas, context, image, pixels: new Uint32Array(image.data.buffer) }
}

/**
 * Paints `length` pixels from `start` on; they show with the last one of the sheet.
 * @param {Sheet} sheet
 * @param {ArrayLike<number>} values one a pixel of the sheet
 * @param {Uint32Array} table a color for each whole value
 * @param {number} start
 * @param {number} length
 */
export function paintSheet({ context, image, pixels }, values, table, start = 0, length = values.length) {
  for (let k = start; k < start + length; k += 1) pixels[k] = table[Math.round(values[k])]
  if (start + length === pixels.length) context.putImageData(image, 0, 0)
}
