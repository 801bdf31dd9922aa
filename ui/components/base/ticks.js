// Round values along an axis.

import { roundUp } from "./color.js"
import { exactOnScreen } from "./format.js"

const LAST_STEP_GAP = 64

/**
 * Round values from low to high, about `wanted` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} wanted
 */
export function ticks(low, high, wanted) {
  const step = roundUp(((high - low) / Math.max(wanted, 2)) * 0.999)
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, Math.min(count, 50)) }, (_, k) => (first + k) * step)
}

/**
 * The steps of training that are named below a timeline: round ones and the last, but no round one too close to it.
 * @param {number} last
 * @param {number} span in pixels
 */
export function stepTicks(last, span) {
  if (!last) return [0]
  const steps = ticks(0, last, span / 90).filter(Number.isInteger)
  if (steps.includes(last)) return steps
  const room = (LAST_STEP_GAP / span) * last
  return [...steps.filter((step, k) => k === 0 || last - step >= room), last]
}

/**
 * A multiple of a round step, without what rounding adds to it.
 * @param {number} value
 */
export function tickText(value) {
  return exactOnScreen(Number(value.toPrecision(6)))
}
