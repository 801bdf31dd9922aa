// The bar of a legend: the colors from −largest to largest, with a mark at each decade of a logarithmic scale.

import { DECADES, legendStops } from "./color.js"

const MARK = "color-mix(in srgb, currentColor 75%, transparent)"
export const MARKS = "marks ×10"

/** @import { Palette, Scale } from "./color.js" */

/** @type {WeakMap<object, Partial<Record<Scale, string>>>} */
const backgrounds = new WeakMap()

/**
 * Where a logarithmic bar has its decades, from 0 at the left end to 1, the ends left out.
 * @returns {number[]}
 */
export function decadeMarks() {
  return Array.from({ length: 2 * DECADES - 1 }, (_, k) => (k + 1) / (2 * DECADES))
}

/**
 * The CSS background of the bar; it is the same text for the same palette, as every frame reads it.
 * @param {Pick<Palette, "negative" | "zero" | "positive">} palette
 * @param {Scale} scale
 */
export function barBackground(palette, scale) {
  const known = backgrounds.get(palette)
  if (known?.[scale]) return known[scale]
  const background = layers(palette, scale).join(", ")
  backgrounds.set(palette, { ...known, [scale]: background })
  return background
}

/**
 * @param {Pick<Palette, "negative" | "zero" | "positive">} palette
 * @param {Scale} scale
 */
function layers(palette, scale) {
  const marks = scale === "linear" ? [] : decadeMarks().map((part) => {
    const [from, to] = [-0.5, 0.5].map((half) => `calc(${(100 * part).toFixed(3)}% + ${half}px)`)
    return `linear-gradient(to right, transparent ${from}, ${MARK} ${from} ${to}, transparent ${to})`
  })
  return [...marks, `linear-gradient(to right, ${legendStops(palette).join(",")})`]
}
