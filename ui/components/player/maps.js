// The units' activations at a playhead: as numbers, and over two axes as small pictures.

import { makeLens } from "./lens.js"
import { between, blend, LEVELS } from "./reel.js"
import { makeSheet, paintSheet } from "./sheets.js"

/** @import { Colors } from "./palette.js" */
/** @import { Between, Reel, Unit } from "./reel.js" */
/** @import { Sheet } from "./sheets.js" */

/** @typedef {ReturnType<typeof makeMaps>} Maps */

/** @typedef {NonNullable<Maps["pictures"]>} Pictures */

/** @param {Reel} reel */
export function makeMaps(reel) {
  return {
    /** @type {Between} */
    place: { from: -1, to: -1, share: 0 },
    hidden: new Float32Array(reel.hiddenUnits * reel.cell),
    surface: new Float32Array(reel.outputs * reel.field),
    /** Over one axis the maps are curves. */
    pictures: reel.two ? makePictures(reel) : null,
  }
}

/** @param {Reel} reel */
function makePictures(reel) {
  const side = Math.round(Math.sqrt(reel.cell))
  const wide = Math.round(Math.sqrt(reel.field))
  return {
    inputs: makeSheet(side, side * reel.widths[0]),
    hidden: makeSheet(side, side * Math.max(reel.hiddenUnits, 1)),
    outputs: makeSheet(wide, wide * reel.outputs),
    lens: makeLens(),
  }
}

/** @param {Maps} maps @param {Reel} reel @param {Colors} colors */
export function paintInputs({ pictures }, reel, colors) {
  if (pictures) paintSheet(pictures.inputs, reel.inputMaps, colors.table)
}

/**
 * Brings the maps to a playhead; returns whether anything changed.
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {number} playhead
 * @param {boolean} force paints what has not changed too
 */
export function paintMaps(maps, reel, colors, playhead, force) {
  const place = between(reel, playhead)
  const { from, to, share: part } = maps.place
  if (!force && place.from === from && place.to === to && place.share === part) return false
  maps.place = place
  blend(reel.hiddenMaps, maps.hidden.length, place, maps.hidden)
  blend(reel.surface, maps.surface.length, place, maps.surface)
  if (!maps.pictures) return true
  if (reel.hiddenUnits) paintSheet(maps.pictures.hidden, maps.hidden, colors.table)
  for (let unit = 0; unit < reel.outputs; unit += 1) {
    const table = reel.task === "classes"
      ? colors.classTables[unit % colors.classTables.length]
      : colors.table
    paintSheet(maps.pictures.outputs, maps.surface, table, unit * reel.field, reel.field)
  }
  return true
}

/**
 * The picture of one unit: a canvas and the part of it to draw.
 * @param {Pictures} pictures
 * @param {Reel} reel
 * @param {Unit} node
 */
export function pictureOf(pictures, reel, node) {
  /** @type {[Sheet, number]} */
  const [{ canvas }, place] = !node.layer
    ? [pictures.inputs, node.unit]
    : node.output
    ? [pictures.outputs, node.unit]
    : [pictures.hidden, node.index - reel.widths[0]]
  const side = canvas.width
  return { canvas, top: place * side, side }
}

/**
 * The curve of one unit over the only axis, as numbers of its own scale.
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Unit} node
 * @returns {number[] | Float32Array}
 */
export function curveOf(maps, reel, node) {
  const { center, span } = reel
  if (node.output) return maps.surface.subarray(node.unit * reel.field, (node.unit + 1) * reel.field)
  const values = node.layer ? maps.hidden : reel.inputMaps
  const first = (node.layer ? node.index - reel.widths[0] : node.index) * reel.cell
  return Array.from(
    values.subarray(first, first + reel.cell),
    (level) => center[node.index] + (span[node.index] * (level - LEVELS)) / LEVELS,
  )
}
