// The pictures of the units' activations: small canvases in memory, painted from bytes and drawn larger elsewhere.

import { html } from "../base/dom.js"
import { between, blend, LEVELS } from "./reel.js"

const LENS = 144

export function makeMaps(reel) {
  const side = Math.round(Math.sqrt(reel.cell))
  const wide = Math.round(Math.sqrt(reel.field))
  const maps = {
    place: { from: -1, to: -1, share: 0 },
    hidden: new Float32Array(reel.hiddenUnits * reel.cell),
    surface: new Float32Array(reel.outputs * reel.field),
    side,
    wide,
  }
  if (!reel.two) return maps
  maps.inputSheet = makeSheet(side, side * reel.widths[0])
  maps.hiddenSheet = makeSheet(side, side * Math.max(reel.hiddenUnits, 1))
  maps.outputSheet = makeSheet(wide, wide * reel.outputs)
  maps.lens = makeLens(LENS)
  return maps
}

function makeSheet(width, height) {
  const canvas = html("canvas", { width, height })
  const context = canvas.getContext("2d")
  const image = context.createImageData(width, height)
  return { canvas, context, image, pixels: new Uint32Array(image.data.buffer) }
}

function paintSheet({ context, image, pixels }, values, table, start = 0, length = values.length) {
  for (let k = start; k < start + length; k += 1) pixels[k] = table[Math.round(values[k])]
  if (start + length === pixels.length) context.putImageData(image, 0, 0)
}

export function paintInputs(maps, reel, colors) {
  if (reel.two) paintSheet(maps.inputSheet, reel.inputMaps, colors.table)
}

// Brings the maps to a playhead; returns whether anything changed.
export function paintMaps(maps, reel, colors, playhead, force) {
  const place = between(reel, playhead)
  const { from, to, share: part } = maps.place
  if (!force && place.from === from && place.to === to && place.share === part) return false
  maps.place = place
  blend(reel.hiddenMaps, maps.hidden.length, place, maps.hidden)
  blend(reel.surface, maps.surface.length, place, maps.surface)
  if (!reel.two) return true
  if (reel.hiddenUnits) paintSheet(maps.hiddenSheet, maps.hidden, colors.table)
  for (let unit = 0; unit < reel.outputs; unit += 1) {
    const table = reel.task === "classes"
      ? colors.classTables[unit % colors.classTables.length]
      : colors.table
    paintSheet(maps.outputSheet, maps.surface, table, unit * reel.field, reel.field)
  }
  return true
}

// The square shows values between the grid's own: blended colors would lose the neutral line where the sign turns.
function makeLens(size) {
  return { size, sheet: makeSheet(size, size), values: [], rulers: new Map() }
}

// For each pixel along one side, the cells before and after it and how far it is from one to the other.
function ruler(lens, side) {
  if (!lens.rulers.has(side)) {
    const marks = Array.from({ length: lens.size }, (_, k) => {
      const at = Math.min(Math.max(((k + 0.5) * side) / lens.size - 0.5, 0), side - 1)
      const before = Math.min(Math.floor(at), side - 2)
      return { before, part: at - before }
    })
    lens.rulers.set(side, marks)
  }
  return lens.rulers.get(side)
}

function enlarge(lens, source, start, side, into) {
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

function lensValues(lens, unit) {
  return (lens.values[unit] ??= new Float32Array(lens.size ** 2))
}

// The values of one unit over the coarse or the fine grid.
function gridOf(maps, reel, node) {
  if (!node.layer) return { source: reel.inputMaps, start: node.unit * reel.cell, side: maps.side }
  if (node.output) return { source: maps.surface, start: node.unit * reel.field, side: maps.wide }
  return { source: maps.hidden, start: (node.index - reel.widths[0]) * reel.cell, side: maps.side }
}

export function paintLens(maps, reel, colors, node) {
  const { lens } = maps
  if (!node && reel.task === "classes") return paintWinner(maps, reel, colors)
  const shown = node ?? reel.nodes.find((other) => other.output)
  const { source, start, side } = gridOf(maps, reel, shown)
  const table = shown.output && reel.task === "classes"
    ? colors.classTables[shown.unit % colors.classTables.length]
    : colors.table
  paintSheet(lens.sheet, enlarge(lens, source, start, side, lensValues(lens, 0)), table)
}

// The color of the class that wins, paler where the next one is close.
function paintWinner(maps, { outputs, field, center, span }, colors) {
  const { lens } = maps
  const first = center.length - outputs
  const values = Array.from(
    { length: outputs },
    (_, unit) => enlarge(lens, maps.surface, unit * field, maps.wide, lensValues(lens, unit)),
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
    pixels[k] = table[Math.round(2 * LEVELS * (0.08 + 0.92 * Math.min(best - second, 1)))]
  }
  context.putImageData(image, 0, 0)
}

// The picture of one unit: a canvas and the part of it to draw.
export function pictureOf(maps, reel, node) {
  const inputs = reel.widths[0]
  if (!node.layer) return { canvas: maps.inputSheet.canvas, top: node.unit * maps.side, side: maps.side }
  if (node.output) return { canvas: maps.outputSheet.canvas, top: node.unit * maps.wide, side: maps.wide }
  return { canvas: maps.hiddenSheet.canvas, top: (node.index - inputs) * maps.side, side: maps.side }
}

// The curve of one unit over the only axis, as numbers of its own scale.
export function curveOf(maps, reel, node) {
  const { center, span } = reel
  const real = (level) => center[node.index] + (span[node.index] * (level - LEVELS)) / LEVELS
  if (node.output) return maps.surface.subarray(node.unit * reel.field, (node.unit + 1) * reel.field)
  const values = node.layer ? maps.hidden : reel.inputMaps
  const first = (node.layer ? node.index - reel.widths[0] : node.index) * reel.cell
  return Array.from(values.subarray(first, first + reel.cell), real)
}
