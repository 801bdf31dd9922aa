// Where the numbers of a control lie on its slider.

/** @import { SliderRange } from "./slider.d.ts" */

// What a logarithmic slider is dragged to has so many digits.
const DIGITS = 2

/**
 * The ends and the distance of positions on a slider, and a number among them: themselves, or their decimal logarithms.
 * @param {SliderRange["scale"]} scale
 * @param {number} value above 0 on a logarithmic scale
 */
export function trackOf(scale, value) {
  return scale === "linear" ? value : Math.log10(value)
}

/**
 * The number at a position of the slider.
 * @param {SliderRange["scale"]} scale
 * @param {number} place
 */
export function valueAt(scale, place) {
  if (scale === "linear") return place
  const value = Number((10 ** place).toPrecision(DIGITS))
  return scale === "count" ? Math.round(value) : value
}

/**
 * How far along a slider a number lies: 0 at its start, 1 at its end, and at an end where it lies beyond.
 * @param {SliderRange} range
 * @param {number} value
 */
export function shareOf({ low, high, scale }, value) {
  const [start, end, place] = [low, high, Math.min(Math.max(value, low), high)].map((each) =>
    trackOf(scale, each)
  )
  return (place - start) / (end - start)
}
