// Numbers and names as text.

import { html, svg } from "./dom.js"

export const MINUS = "\u2212"

export function tidy(text) {
  const [digits, exponent] = text.split("e")
  const trimmed = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits
  const tail = exponent === undefined ? "" : "e" + exponent.replace("+", "")
  return (trimmed + tail).replaceAll("-", MINUS)
}

export function isNumber(value) {
  return value !== null && value !== undefined && Number.isFinite(Number(value))
}

// Up to `digits` significant digits, scientific where a plain number would be long.
export function significant(value, digits) {
  if (!isNumber(value)) return "overflow"
  const number = Number(value)
  if (number === 0) return "0"
  const power = Math.floor(Math.log10(Math.abs(number)))
  const scientific = power < -4 || power >= digits
  return tidy(scientific ? number.toExponential(digits - 1) : number.toPrecision(digits))
}

// For labels on the drawing: three digits, two where an exponent takes room.
export function short(value, digits = 3) {
  if (!isNumber(value)) return "overflow"
  const number = Number(value)
  if (number === 0) return "0"
  const size = Math.abs(number)
  return tidy(size < 1e-3 || size >= 1e4 ? number.toExponential(1) : number.toPrecision(digits))
}

// Four digits, or fewer where that many characters do not fit.
export function within(value, characters) {
  const text = significant(value, 4)
  return text.length > characters ? short(value, 2) : text
}

// Every digit that tells this number from its neighbors; a film's numbers have about seven.
export function full(value, fromFilm) {
  if (!isNumber(value)) return "overflow"
  return fromFilm ? significant(value, 7) : tidy(String(Number(value)))
}

// The text a person would type, with an ordinary hyphen.
export function typed(value) {
  return String(value).replace("e+", "e")
}

// "x1→h2,3" as pieces of name and subscript.
export function labelPieces(label) {
  return [...label.matchAll(/([^\d]+)([\d,]*)/g)].map(([, name, index]) => ({ name, index }))
}

export function htmlLabel(label) {
  const node = html("span", { class: "math" })
  for (const { name, index } of labelPieces(label)) {
    node.append(name)
    if (index) node.append(html("sub", {}, index))
  }
  return node
}

export function svgLabel(label, attributes) {
  const node = svg("text", { ...attributes, class: "name" })
  for (const { name, index } of labelPieces(label)) {
    node.append(svg("tspan", {}, name))
    if (index) node.append(svg("tspan", { class: "index", dy: "0.3em" }, index))
  }
  return node
}
