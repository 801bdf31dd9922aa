// Numbers and names as text.

import { html, svg } from "./dom.js"

const MINUS = "\u2212"
const OVERFLOW = "overflow"
const LARGE = 1e6

// What a film holds in 32 bits is right to this many digits.
export const FILM_DIGITS = 6

/**
 * How exactly numbers are shown: with `digits` significant digits or, where set, so many `decimals`.
 * @typedef {{ digits: number, decimals: number | null }} Precision
 */

/**
 * For the round ends of a scale, 1, 2 or 5 times a power of ten.
 * @type {Precision}
 */
export const ROUND = { digits: 1, decimals: null }

/**
 * @param {number | null | undefined} value
 * @returns {value is number}
 */
export function isNumber(value) {
  return Number.isFinite(value)
}

/**
 * The shortest text that reads back as the same number, for boxes and links: 0.5, -2, 1e-7.
 * @param {number | null} value
 */
export function exact(value) {
  if (!isNumber(value)) return OVERFLOW
  const number = value + 0
  const size = Math.abs(number)
  const plain = size === 0 || (size >= 1e-4 && size < 1e16)
  return plain ? String(number) : number.toExponential().replace("e+", "e")
}

/**
 * The same for the screen, as what shows on hovering.
 * @param {number | null} value
 */
export function exactOnScreen(value) {
  return onScreen(exact(value))
}

/** @param {string} text */
function onScreen(text) {
  return text.replaceAll("-", MINUS)
}

/**
 * The number as the screen shows it, halves rounded away from zero: decimal from 1e-4 up to 1e6 as it is after
 * rounding, else m.mmme±k; trailing zeros are kept. With a fixed number of decimals small numbers stay decimal
 * too.
 * @param {number | null} value
 * @param {Precision} precision
 */
export function formatNumber(value, precision) {
  return formatFrom(value, precision, 1e-4)
}

/**
 * Numbers that are compared with one another, all decimal or all m.mmme±k. They are decimal where all lie from
 * 1e-6 up to 1e6, as then, one below the other, the larger looks larger.
 * @param {(number | null)[]} values
 * @param {Precision} precision
 */
export function formatColumn(values, precision) {
  const texts = values.map((value) => formatFrom(value, precision, 1e-6))
  const mixed = texts.some((text) => text !== OVERFLOW && text.includes("e"))
  return mixed ? values.map((value) => formatFrom(value, precision, Infinity)) : texts
}

/**
 * @param {number | null} value
 * @param {Precision} precision
 * @param {number} smallest from where on it is decimal; ∞ means m.mmme±k for all but 0
 */
function formatFrom(value, { digits, decimals }, smallest) {
  if (!isNumber(value)) return OVERFLOW
  return onScreen(
    decimals === null ? withDigits(value, digits, smallest) : withDecimals(value, decimals, smallest),
  )
}

/**
 * @param {number} number
 * @param {number} digits
 * @param {number} smallest
 */
function withDigits(number, digits, smallest) {
  if (number === 0) return "0"
  const rounded = number.toExponential(digits - 1)
  const size = Math.abs(Number(rounded))
  if (size < smallest || size >= LARGE) return rounded.replace("e+", "e")
  const decimals = digits - 1 - Number(rounded.slice(rounded.indexOf("e") + 1))
  return decimals < 0 ? String(Number(rounded)) : number.toFixed(decimals)
}

/**
 * @param {number} number
 * @param {number} decimals
 * @param {number} smallest
 */
function withDecimals(number, decimals, smallest) {
  const fixed = number.toFixed(decimals)
  const rounded = Number(fixed)
  if (number === 0 || (smallest < Infinity && Math.abs(rounded) < LARGE)) {
    return rounded === 0 ? (0).toFixed(decimals) : fixed
  }
  return withDigits(number, decimals + 1, Infinity)
}

/**
 * The number where there is little room: as many of the chosen digits or decimals as `characters` hold. The last
 * digit of a small one is written as m.mmme±k where that is shorter.
 * @param {number | null} value
 * @param {Precision} precision
 * @param {number} characters
 * @returns {string}
 */
export function fitNumber(value, precision, characters) {
  const { digits, decimals } = precision
  const text = formatNumber(value, precision)
  if (text.length <= characters || !isNumber(value)) return text
  if (decimals === null) {
    if (digits > 1) return fitNumber(value, { digits: digits - 1, decimals }, characters)
    const shorter = formatFrom(value, precision, Infinity)
    return Math.abs(value) < 1 && shorter.length < text.length ? shorter : text
  }
  return decimals > 0 ? fitNumber(value, { digits, decimals: decimals - 1 }, characters) : text
}

/**
 * The number as somebody has entered it, or where that is too long as `fitNumber` writes it.
 * @param {number} value
 * @param {Precision} precision
 * @param {number} characters
 */
export function enteredNumber(value, precision, characters) {
  const text = exactOnScreen(value)
  return text.length <= characters ? text : fitNumber(value, precision, characters)
}

/**
 * A precision with no more than so many significant digits; decimals stay as chosen.
 * @param {Precision} precision
 * @param {number} digits
 * @returns {Precision}
 */
export function atMost(precision, digits) {
  return { ...precision, digits: Math.min(precision.digits, digits) }
}

/**
 * The precision to show numbers of a film with.
 * @param {Precision} precision
 * @returns {Precision}
 */
export function filmPrecision({ digits, decimals }) {
  return {
    digits: Math.min(digits, FILM_DIGITS),
    decimals: decimals === null ? null : Math.min(decimals, FILM_DIGITS),
  }
}

/**
 * "x1→h2,3" as pieces of name and subscript.
 * @param {string} label
 */
export function labelPieces(label) {
  return [...label.matchAll(/([^\d]+)([\d,]*)/g)].map(([, name, index]) => ({ name, index }))
}

/** @param {string} label */
export function htmlLabel(label) {
  const node = html("span", { class: "math" })
  for (const { name, index } of labelPieces(label)) {
    node.append(name)
    if (index) node.append(html("sub", {}, index))
  }
  return node
}

/**
 * @param {string} label
 * @param {import("./dom.js").Attributes} attributes
 */
export function svgLabel(label, attributes) {
  const node = svg("text", { ...attributes, class: "name" })
  for (const { name, index } of labelPieces(label)) {
    node.append(svg("tspan", {}, name))
    if (index) node.append(svg("tspan", { class: "index", dy: "0.3em" }, index))
  }
  return node
}
