// Where the numbers of a control lie on its slider.

/** @import { Range } from "./state.js" */

// What a logarithmic slider is dragged to has so many digits.
const DIGITS = 2

/**
 * The ends and the distance of positions on a slider, and a number among them: themselves, or their decimal logarithms.
 * @param {Range["scale"]} scale
 * @param {number} value above 0 on a logarithmic scale
 */
export function trackOf(scale, value) {
  return scale === "log" ? Math.log10(value) : value
}

/**
 * The number at a position of the slider.
 * @param {Range["scale"]} scale
 * @param {number} place
 */
export function valueAt(scale, place) {
  return scale === "log" ? Number((10 ** place).toPrecision(DIGITS)) : place
}

/**
 * How far along a slider a number lies: 0 at its start, 1 at its end, and at an end where it lies beyond.
 * @param {Range} range
 * @param {number} value
 */
export function shareOf({ low, high, scale }, value) {
  const [start, end, place] = [low, high, Math.min(Math.max(value, low), high)].map((each) =>
    trackOf(scale, each)
  )
  return (place - start) / (end - start)
}
