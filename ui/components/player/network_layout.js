// Where the units of the network stand, and how its edges run.

import { shownName, textWidth } from "./labels.js"

/** @import { Reel } from "./reel.js" */

// The least side of what a finger finds.
const LEAST_TARGET = 24
// A side that has room for the value at which an input is held.
const READABLE = 34

/**
 * The middle of a unit, its side, and that of what is pressed for it.
 * @typedef {{ x: number, y: number, size: number, target: number }} UnitPlace
 */

// Above each picture its name; below the lower one the scale of its colors.
const CAPTION = 24
const SCALE = 24

/**
 * Where two pictures stand, one above the other: their side, and from the top the sample and its gradient.
 * @typedef {ReturnType<typeof placePixels>} PixelPlaces
 */

/**
 * @param {number} width
 * @param {number} height
 */
export function placePixels(width, height) {
  const side = Math.floor(Math.min((height - 2 * CAPTION - SCALE) / 2, width * 0.3))
  const sample = Math.floor((height - 2 * (CAPTION + side) - SCALE) / 2) + CAPTION
  return { side, x: 1, sample, gradient: sample + side + CAPTION }
}

/**
 * @param {Reel} reel
 * @param {number} width
 * @param {number} height
 */
export function placeUnits(reel, width, height) {
  const pixels = reel.pixels && placePixels(width, height)
  const drawn = pixels ? reel.widths.slice(1) : reel.widths
  const rows = Math.max(...drawn)
  const row = (height - 12) / rows
  const labelSize = Math.round(Math.max(11, Math.min(Math.max(18, width / 52), row * 0.5, width / 30)))
  /** @param {number} layer */
  const longest = (layer) =>
    Math.max(
      ...reel.nodes.filter((node) => node.layer === layer).map((node) =>
        textWidth(shownName(reel, node), labelSize)
      ),
    )
  const left = pixels ? pixels.side + width * 0.13 : Math.min(longest(0) + 12, width * 0.24)
  const right = Math.min(longest(reel.widths.length - 1) + 12, width * 0.2)
  const column = (width - left - right) / drawn.length
  const size = Math.max(
    8,
    Math.min(row * 0.82, column * 0.62, Math.max(width / 14, READABLE), Math.max(64, width / 16)),
  )
  const across = (width - left - right - size) / Math.max(drawn.length - 1, 1)
  // Outputs stand at the far end, be they the only layer of units.
  const before = pixels && drawn.length > 1 ? 1 : 0
  const units = reel.nodes.map(({ layer, unit }) => {
    const count = reel.widths[layer]
    const down = Math.min((height - 12) / count, size * 1.55)
    const target = Math.max(size, Math.min(LEAST_TARGET, down, across))
    return {
      x: left + size / 2 + across * (layer - before),
      y: height / 2 + (unit - (count - 1) / 2) * down,
      size,
      target,
    }
  })
  return { units, pixels, size, labelSize, room: { left: left - 8, right: right - 8 } }
}

/** @param {UnitPlace} from @param {UnitPlace} to */
export function edgePath(from, to) {
  const x1 = from.x + from.size / 2
  const x2 = to.x - to.size / 2
  const bend = (x2 - x1) * 0.5
  return `M${x1} ${from.y}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`
}
