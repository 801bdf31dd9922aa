// Colors: how they are read and mixed, and the one that shows a number by its sign and size.

import { html } from "./dom.js"
import { isNumber } from "./format.js"

export const DECADES = 3
const SHADES = 48

/** @typedef {number[]} Rgb red, green and blue from 0 to 255 */
/** @typedef {"linear" | "log"} Scale how size becomes color: in proportion, or by its logarithm */

/**
 * The colors of the sign scale as Python sends them, #rrggbb each.
 * @typedef {{ negative: string, zero: string, positive: string, positive_text: string }} SignColors
 */

/**
 * Where the text colors differ it is for contrast.
 * @typedef {{ negative: Rgb, zero: Rgb, positive: Rgb, positiveText: string, negativeText: string }} Palette
 */

/**
 * @param {string} hex #rrggbb
 * @returns {Rgb}
 */
export function parseColor(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16))
}

/**
 * Red, green and blue of one of the theme's colors; in forced colors it is the name of a system color.
 * @param {Element} element
 * @param {string} name
 * @returns {Rgb}
 */
export function readColor(element, name) {
  const color = getComputedStyle(element).getPropertyValue(name).trim()
  if (color.startsWith("#")) return parseColor(color)
  const channels = color.match(/\d+/g)
  return channels ? channels.slice(0, 3).map(Number) : resolveColor(element, color)
}

/**
 * @param {Element} element
 * @param {string} color
 * @returns {Rgb}
 */
function resolveColor(element, color) {
  const probe = html("i", { hidden: "", style: `color: ${color}; forced-color-adjust: none` })
  element.append(probe)
  const channels = getComputedStyle(probe).color.match(/\d+/g) ?? [255, 255, 255]
  probe.remove()
  return channels.slice(0, 3).map(Number)
}

/** @param {Element} element */
export function isDark(element) {
  const [red, green, blue] = readColor(element, "--st-background-color")
  return red + green + blue < 384
}

/**
 * @param {Rgb} from
 * @param {Rgb} to
 * @param {number} share of the way from one to the other
 */
export function mix(from, to, share) {
  return "rgb(" + from.map((channel, k) => Math.round(channel + (to[k] - channel) * share)).join(",") + ")"
}

/**
 * @param {SignColors} colors
 * @returns {Palette}
 */
export function makePalette(colors) {
  return {
    negative: parseColor(colors.negative),
    zero: parseColor(colors.zero),
    positive: parseColor(colors.positive),
    positiveText: colors.positive_text,
    negativeText: colors.negative,
  }
}

/**
 * The color of a number that shows its sign; null where it has none.
 * @param {number | null} value
 * @param {Palette} palette
 */
export function inkOf(value, palette) {
  if (!isNumber(value) || value === 0) return null
  return value < 0 ? palette.negativeText : palette.positiveText
}

/**
 * The colors of a legend from the most negative to the most positive, evenly spaced.
 * @param {Pick<Palette, "negative" | "zero" | "positive">} palette
 */
export function legendStops({ negative, zero, positive }) {
  return [-1, -2 / 3, -1 / 3, 0, 1 / 3, 2 / 3, 1].map((part) =>
    mix(zero, part < 0 ? negative : positive, Math.abs(part))
  )
}

/**
 * The smallest of 1, 2, 5, 10, … times a power of ten that is at least `value`.
 * @param {number} value
 */
export function roundUp(value) {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((digit) => digit * power).find((round) => round >= value * (1 - 1e-9)) ??
    10 * power
}

/**
 * Where a value stands between -1 and 1; the logarithmic scale spans three decades below the largest.
 * @param {number | null} value
 * @param {number} largest
 * @param {Scale} scale
 */
export function share(value, largest, scale) {
  if (!isNumber(value) || value === 0) return 0
  const size = Math.min(Math.abs(value) / largest, 1)
  const part = scale === "linear" ? size : Math.max(1 + Math.log10(size) / DECADES, 0.06)
  return Math.sign(value) * part
}

/**
 * The color of a value, in as many shades as the eye can tell: what has the same shade need not be drawn again.
 * @param {number | null} value
 * @param {number} largest
 * @param {Scale} scale
 * @param {Palette} palette
 */
export function colorOf(value, largest, scale, palette) {
  const part = Math.round(share(value, largest, scale) * SHADES) / SHADES
  return mix(palette.zero, part < 0 ? palette.negative : palette.positive, Math.abs(part))
}
