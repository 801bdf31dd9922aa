// A film: the frames of one control over all its positions, computed by Python, played here.

import { readArray } from "./arrays.js"

/** @import { SentArray } from "./arrays.js" */

/**
 * A film on its way: frames as 32-bit, curve and slope as 64-bit floats.
 * @typedef {{
 *   control: string, key: string, positions: number[], frames: SentArray, curve: SentArray, slope: SentArray,
 * }} SentFilm
 */

/**
 * `curve` is the loss at each position and `slope` its derivative; both may overflow.
 * @typedef {{
 *   control: string, key: string, positions: number[], curve: Float64Array, slope: Float64Array,
 *   frame: (index: number) => Float32Array,
 * }} Film
 */

/**
 * @param {SentFilm} sent
 * @param {number} length of one frame
 * @returns {Film}
 */
export function makeFilm(sent, length) {
  const frames = readArray(sent.frames, "<f4")
  return {
    control: sent.control,
    key: sent.key,
    positions: sent.positions,
    curve: readArray(sent.curve, "<f8"),
    slope: readArray(sent.slope, "<f8"),
    frame: (index) => frames.subarray(index * length, (index + 1) * length),
  }
}

/**
 * The indices of the neighbors between which `value` lies, the first or last two where it lies beyond them.
 * @param {ArrayLike<number>} positions in ascending order
 * @param {number} value
 * @returns {[number, number]}
 */
export function neighbors(positions, value) {
  let low = 0
  let high = positions.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (positions[middle] <= value) low = middle
    else high = middle
  }
  return [low, high]
}

/**
 * The index of the position nearest to `value`.
 * @param {ArrayLike<number>} positions in ascending order
 * @param {number} value
 */
export function nearest(positions, value) {
  const [low, high] = neighbors(positions, value)
  return value - positions[low] <= positions[high] - value ? low : high
}
