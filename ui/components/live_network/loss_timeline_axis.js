// How the loss timeline is laid out: its scale, its ticks, where a step stands, and the loss at a step.

import { neighbors } from "../base/film.js"
import { ticks } from "../base/ticks.js"

/** @import { Scale } from "../base/color.js" */
/** @import { LossAhead } from "./loss_ahead.js" */

export const TIMELINE = { left: 56, right: 18, top: 8, bottom: 18, height: 92 }
// What grows beyond so many times the usual loss runs along the ceiling.
const MOST_GROWTH = 100
// A logarithmic scale has room for so many powers of ten.
const MOST_DECADES = 16
const LINES = 4
const LOG_LINES = 5
const USUAL_SHARE = 0.95

/**
 * The least loss above 0 and the largest one of curves, one that most of the first curve lie below, and whether some
 * loss is 0.
 * @typedef {{ least: number, most: number, usual: number, hasZero: boolean }} Extent
 */

/**
 * The losses at the floor and the ceiling of a scale; `beyond` is the largest loss above that, `below` the power of ten
 * below the least one beneath the floor, 0 for a loss of 0, and null where all fit.
 * @typedef {{ scale: Scale, low: number, high: number, beyond: number | null, below: number | null }} LossRange
 */

/**
 * The pixels between which the steps lie, and the last of them.
 * @typedef {{ left: number, span: number, last: number }} StepAxis
 */

/**
 * @param {ArrayLike<number>[]} curves
 * @returns {Extent}
 */
export function extentOf(curves) {
  let least = Infinity
  let most = 0
  let hasZero = false
  for (const loss of curves) {
    for (let k = 0; k < loss.length; k += 1) {
      if (!Number.isFinite(loss[k])) continue
      most = Math.max(most, loss[k])
      if (loss[k] > 0) least = Math.min(least, loss[k])
      hasZero ||= loss[k] === 0
    }
  }
  const first = Array.from(curves[0] ?? []).filter(Number.isFinite).sort((a, b) => a - b)
  return { least, most, usual: first[Math.floor(first.length * USUAL_SHARE)] ?? 0, hasZero }
}

/**
 * The scale that holds what was seen and what lies ahead.
 * @param {Extent} seen
 * @param {ArrayLike<number>} ahead from now on
 * @param {Scale} scale
 * @returns {LossRange}
 */
export function lossRange(seen, ahead, scale) {
  const future = extentOf([ahead])
  const most = Math.max(seen.most, future.most)
  const reference = Math.max(seen.usual, Number.isFinite(ahead[0]) ? ahead[0] : 0)
  const ceiling = reference > 0 ? Math.min(most, MOST_GROWTH * reference) : most
  if (scale === "linear") {
    const high = roundCeiling(ceiling)
    return { scale, low: 0, high, beyond: most > high ? most : null, below: null }
  }
  const high = 10 ** Math.ceil(Math.log10(ceiling > 0 ? ceiling : 1) - 1e-9)
  const least = Math.min(seen.least, future.least, high / 10)
  const power = Math.floor(Math.log10(least) + 1e-9)
  const floor = Math.max(power, Math.round(Math.log10(high)) - MOST_DECADES)
  // On this scale 0 lies infinitely deep.
  const below = seen.hasZero || future.hasZero ? 0 : power < floor ? powerOfTen(power) : null
  return { scale, low: powerOfTen(floor), high, beyond: most > high ? most : null, below }
}

/**
 * As it is written: 10 ** −23 is another number than 1e-23.
 * @param {number} power
 */
function powerOfTen(power) {
  return Number(`1e${power}`)
}

/**
 * The next line of a linear scale at or above a loss.
 * @param {number} loss
 */
function roundCeiling(loss) {
  if (!(loss > 0)) return 1
  const [, step] = ticks(0, loss, LINES)
  return Math.ceil(loss / step - 1e-9) * step
}

/**
 * While a slider moves the scale only grows: it would jump about.
 * @param {LossRange} range
 * @param {LossRange | null} before
 * @returns {LossRange}
 */
export function grownRange(range, before) {
  if (before?.scale !== range.scale) return range
  const low = Math.min(range.low, before.low)
  const below = range.below !== null && range.below < low ? range.below : null
  return { ...range, low, high: Math.max(range.high, before.high), below }
}

/**
 * The losses that are written beside the scale, its ends among them.
 * @param {LossRange} range
 * @returns {number[]}
 */
export function lossTicks({ scale, low, high }) {
  if (scale === "linear") {
    const lines = ticks(0, high, LINES)
    return lines.some((line) => Math.abs(line - high) < high * 1e-9) ? lines : [0, high]
  }
  const [first, last] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))]
  const stride = Math.max(Math.ceil((last - first) / LOG_LINES), 1)
  const powers = []
  for (let power = last; power > first; power -= stride) powers.push(power)
  if (powers.length > 1 && powers[powers.length - 1] - first < stride) powers.pop()
  return [...powers, first].map(powerOfTen)
}

/**
 * How high a loss is drawn, from the floor at 0 to the ceiling at 1; NaN for what is no number.
 * @param {LossRange} range
 * @param {number} loss
 */
export function heightOf({ scale, low, high }, loss) {
  if (Number.isNaN(loss)) return NaN
  const part = scale === "linear" ? (loss - low) / (high - low) : Math.log(loss / low) / Math.log(high / low)
  return Math.min(Math.max(part, 0), 1)
}

/**
 * @param {StepAxis} axis
 * @param {number} step
 */
export function pixelOfStep({ left, span, last }, step) {
  return left + (span * step) / last
}

/**
 * The step nearest to a pixel, from 0 to `most`.
 * @param {StepAxis} axis
 * @param {number} x
 * @param {number} most
 */
export function stepAtPixel({ left, span, last }, x, most) {
  return Math.min(Math.max(Math.round(((x - left) / span) * last), 0), most)
}

/**
 * The points of a curve from one step to another: pixels, and heights from 0 to 1. It ends where its loss is no number.
 * @param {LossAhead} curve
 * @param {number} first the step at which the curve's step 0 stands
 * @param {StepAxis} axis
 * @param {LossRange} range
 * @param {{ from?: number, to?: number }} part
 * @param {(x: number, height: number) => void} draw
 */
export function tracePath({ steps, loss }, first, axis, range, { from = -Infinity, to = Infinity }, draw) {
  for (let k = 0; k < loss.length; k += 1) {
    const step = first + steps[k]
    if (step < from) continue
    if (step > to || Number.isNaN(loss[k])) return
    draw(pixelOfStep(axis, step), heightOf(range, loss[k]))
  }
}

/**
 * The loss at a step of a curve, between two kept ones on the line that joins them; NaN where it has none.
 * @param {LossAhead} curve
 * @param {number} step
 * @returns {{ loss: number, kept: boolean }}
 */
export function lossAt({ steps, loss }, step) {
  if (step < steps[0] || step > steps[steps.length - 1]) return { loss: NaN, kept: false }
  if (steps.length === 1) return { loss: loss[0], kept: true }
  const [low, high] = neighbors(steps, step)
  if (steps[low] === step) return { loss: loss[low], kept: true }
  if (steps[high] === step) return { loss: loss[high], kept: true }
  const share = (step - steps[low]) / (steps[high] - steps[low])
  return { loss: loss[low] + (loss[high] - loss[low]) * share, kept: false }
}

/**
 * How many steps ahead the last loss is that is a number; null where all are.
 * @param {LossAhead} ahead
 */
export function divergence({ steps, loss }) {
  for (let k = 0; k < loss.length; k += 1) if (Number.isNaN(loss[k])) return steps[Math.max(k - 1, 0)]
  return null
}
