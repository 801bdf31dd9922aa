// Colors of maps and points: the neutral color of a map is the page's background.

import { makePalette, parseColor, readColor } from "../base/color.js"
import { LEVELS } from "./reel.js"

/** @import { Palette, Rgb } from "../base/color.js" */
/** @import { PlayerColors, Task } from "./model.d.ts" */
/** @import { Reel } from "./reel.js" */

const STRENGTH = 0.78

/** @typedef {ReturnType<typeof makeColors>} Colors */

/**
 * Two classes are the ends of the sign scale; more have colors of their own, and a marker each.
 * @param {Element} host
 * @param {PlayerColors} palette
 * @param {Task} task
 */
export function makeColors(host, palette, task) {
  const several = task === "classes"
  const signs = makePalette(palette)
  const classes = (several ? palette.classes : [palette.negative, palette.positive]).map(parseColor)
  const background = readColor(host, "--st-background-color")
  return {
    palette: signs,
    background,
    text: readColor(host, "--st-text-color"),
    accent: rgb(readColor(host, "--st-primary-color")),
    classes,
    markers: several ? palette.markers : ["circle"],
    // A class that no sample has yet can be placed too.
    placing: {
      classes: [...classes, ...palette.classes.map(parseColor).slice(classes.length)],
      markers: several ? palette.markers : ["circle", "circle", ...palette.markers.slice(2)],
    },
    table: diverging(background, signs, STRENGTH),
    ink: shades(background, readColor(host, "--st-text-color")),
    classTables: classes.map((color) => sequential(background, color)),
    strong: diverging(signs.zero, signs, 1),
  }
}

/** @param {Rgb} from @param {Rgb} to @param {number} part */
function packed(from, to, part) {
  const [red, green, blue] = from.map((channel, k) => Math.round(channel + (to[k] - channel) * part))
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/**
 * One color for each byte of a map: blue below the middle, orange above.
 * @param {Rgb} neutral
 * @param {Palette} signs
 * @param {number} strength
 */
function diverging(neutral, signs, strength) {
  return Uint32Array.from({ length: 2 * LEVELS + 1 }, (_, level) => {
    const part = (level - LEVELS) / LEVELS
    return packed(neutral, part < 0 ? signs.negative : signs.positive, Math.abs(part) * strength)
  })
}

/**
 * From the background to a class's color, for its probability.
 * @param {Rgb} background
 * @param {Rgb} color
 */
function sequential(background, color) {
  return shades(background, color, STRENGTH)
}

/**
 * From one color toward another.
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} strength how far
 */
function shades(from, to, strength = 1) {
  return Uint32Array.from(
    { length: 2 * LEVELS + 1 },
    (_, level) => packed(from, to, (level / LEVELS / 2) * strength),
  )
}

/** @param {number} color of a table */
export function css(color) {
  return `rgb(${color & 255},${(color >> 8) & 255},${(color >> 16) & 255})`
}

/** @param {Rgb} color @param {number} alpha */
export function rgb(color, alpha = 1) {
  return `rgba(${color.join(",")},${alpha})`
}

/**
 * The color of the outputs' curves and of class names: of one output's two classes, or one a class.
 * @param {Colors} colors
 * @param {number} index
 */
export function classColor(colors, index) {
  return colors.classes[index % colors.classes.length]
}

/** @param {Colors} colors @param {number} index */
export function classMarker(colors, index) {
  return colors.markers[index % colors.markers.length]
}

/**
 * Where a class stands among a sample's targets; null for numbers.
 * @param {Pick<Reel, "task" | "outputs"> & { points: { y: Float64Array } }} reel
 * @param {number} index
 */
export function classOf({ task, points, outputs }, index) {
  if (task === "regression") return null
  if (outputs === 1) return points.y[index] > 0.5 ? 1 : 0
  const targets = points.y.subarray(index * outputs, (index + 1) * outputs)
  return targets.indexOf(Math.max(...targets))
}

/** @param {Reel} reel @param {Colors} colors @param {number} index */
export function pointColor(reel, colors, index) {
  const own = classOf(reel, index)
  if (own !== null) return rgb(classColor(colors, own))
  const first = reel.center.length - reel.outputs
  const part = (reel.points.y[index * reel.outputs] - reel.center[first]) / reel.span[first]
  return css(colors.strong[Math.round(LEVELS + LEVELS * Math.min(Math.max(part, -1), 1))])
}
