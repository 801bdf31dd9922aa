// The enlarged map of the plane. It shows values between the grid's own: blended colors would lose the neutral line
// where the sign turns.

import { flattened } from "./plane_view.js"
import { LEVELS } from "./reel.js"
import { makeSheet, paintSheet } from "./sheets.js"

/** @import { Maps, Pictures } from "./maps.js" */
/** @import { Colors } from "./palette.js" */
/** @import { Reel, Unit } from "./reel.js" */

const SIDE = 144

/** @typedef {ReturnType<typeof makeLens>} Lens */

/**
 * For a pixel along one side, the cell before it and how far it is to the next.
 * @typedef {{ before: number, part: number }} Mark
 */

export function makeLens() {
  return {
    sheet: makeSheet(SIDE, SIDE),
    /** @type {Float32Array[]} one for each of several maps */
    values: [],
    /** @type {Map<number, Mark[]>} by the cells of a side */
    rulers: new Map(),
  }
}

/**
 * @param {Lens} lens
 * @param {number} side the cells of a side
 */
function ruler(lens, side) {
  const known = lens.rulers.get(side)
  if (known) return known
  const marks = Array.from({ length: SIDE }, (_, k) => {
    const at = Math.min(Math.max(((k + 0.5) * side) / SIDE - 0.5, 0), side - 1)
    const before = Math.min(Math.floor(at), side - 2)
    return { before, part: at - before }
  })
  lens.rulers.set(side, marks)
  return marks
}

/**
 * The values of the lens's pixels for a square map.
 * @param {Lens} lens
 * @param {ArrayLike<number>} source
 * @param {number} start where in `source` the map begins
 * @param {number} cells of the map
 * @param {number} place among the maps that are enlarged at once
 */
function enlarge(lens, source, start, cells, place) {
  const into = lens.values[place] ??= new Float32Array(SIDE ** 2)
  const side = Math.round(Math.sqrt(cells))
  const marks = ruler(lens, side)
  let k = 0
  for (const row of marks) {
    const upper = start + row.before * side
    for (const { before, part } of marks) {
      const a = upper + before
      const left = source[a] + (source[a + side] - source[a]) * row.part
      const right = source[a + 1] + (source[a + side + 1] - source[a + 1]) * row.part
      into[k] = left + (right - left) * part
      k += 1
    }
  }
  return into
}

/**
 * The map of one unit enlarged, over the coarse or the fine grid.
 * @param {Lens} lens
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Unit} node
 */
function enlargedUnit(lens, maps, reel, node) {
  if (!node.layer) return enlarge(lens, reel.inputMaps, node.unit * reel.cell, reel.cell, 0)
  if (node.output) return enlarge(lens, maps.surface, node.unit * reel.field, reel.field, 0)
  return enlarge(lens, maps.hidden, (node.index - reel.widths[0]) * reel.cell, reel.cell, 0)
}

/**
 * Paints the enlarged map of a unit, or of the outputs, and returns it.
 * @param {Pictures} pictures
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {Unit | null} node
 * @param {boolean} flat whether in one color a class
 */
export function paintLens({ lens }, maps, reel, colors, node, flat) {
  if (!node && reel.task === "classes") paintWinner(lens, maps, reel, colors, flat)
  else {
    const shown = node ?? reel.nodes[reel.nodes.length - reel.outputs]
    const table = shown.output && reel.task === "classes"
      ? colors.classTables[shown.unit % colors.classTables.length]
      : colors.table
    paintSheet(lens.sheet, enlargedUnit(lens, maps, reel, shown), flat ? flattened(table) : table)
  }
  return lens.sheet.canvas
}

/**
 * The color of the class that wins, paler where the next one is close unless it is to be flat.
 * @param {Lens} lens
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {boolean} flat
 */
function paintWinner(lens, maps, { outputs, field, center, span }, colors, flat) {
  const first = center.length - outputs
  const values = Array.from(
    { length: outputs },
    (_, unit) => enlarge(lens, maps.surface, unit * field, field, unit),
  )
  const { pixels, context, image } = lens.sheet
  for (let k = 0; k < pixels.length; k += 1) {
    let best = -Infinity
    let second = -Infinity
    let winner = 0
    for (let unit = 0; unit < outputs; unit += 1) {
      const value = center[first + unit] + (span[first + unit] * (values[unit][k] - LEVELS)) / LEVELS
      if (value > best) {
        second = best
        best = value
        winner = unit
      } else if (value > second) second = value
    }
    const table = colors.classTables[winner % colors.classTables.length]
    const margin = flat ? 1 : Math.min(best - second, 1)
    pixels[k] = table[Math.round(2 * LEVELS * (0.08 + 0.92 * margin))]
  }
  context.putImageData(image, 0, 0)
}
