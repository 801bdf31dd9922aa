// The training that would follow: the loss over the next steps, from now or from a position of a slider.

import { readArray } from "../base/arrays.js"
import { nearest } from "../base/film.js"

/** @import { LossCurve, SentLossAlong } from "./model.d.ts" */

const NO_NUMBER_CODE = 65535
const LARGEST_CODE = 65534

/**
 * The loss at each of `steps` from now, NaN for what is no number; `last` is the one at the last step, with every digit.
 * @typedef {{ steps: ArrayLike<number>, loss: ArrayLike<number>, last: number }} LossAhead
 */

/** @typedef {ReturnType<typeof readLossAlong>} LossAlong */

/**
 * The futures of a film: `at` gives that of the position nearest to a value, valid until it is called again.
 * @param {SentLossAlong} sent
 */
export function readLossAlong({ steps, positions, codes, low, high, last }) {
  const rows = readArray(codes, "<u2")
  const [lowest, highest] = [low, high].map((ends) => readArray(ends, "<f4"))
  const ends = readArray(last, "<f8")
  const loss = new Float64Array(steps.length)
  return {
    /** @param {number} value @returns {LossAhead} */
    at(value) {
      const row = nearest(positions, value)
      const [from, octaves] = [lowest[row], (highest[row] - lowest[row]) / LARGEST_CODE]
      for (let k = 0; k < loss.length; k += 1) {
        const code = rows[row * loss.length + k]
        loss[k] = code === NO_NUMBER_CODE ? NaN : 2 ** (from + octaves * code)
      }
      return { steps, loss, last: ends[row] }
    },
  }
}

/**
 * A curve as Python sends it, to be drawn.
 * @param {LossCurve} curve
 * @returns {LossAhead}
 */
export function readLosses({ steps, loss }) {
  const numbers = Float64Array.from(loss, (value) => value ?? NaN)
  return { steps, loss: numbers, last: numbers[numbers.length - 1] }
}

/**
 * The same as Python sends it.
 * @param {LossAhead} ahead
 * @returns {LossCurve}
 */
export function lossCurveOf({ steps, loss, last }) {
  const numbers = Array.from(loss, (value) => (Number.isNaN(value) ? null : value))
  if (!Number.isNaN(last)) numbers[numbers.length - 1] = last
  return { steps: Array.from(steps), loss: numbers }
}
