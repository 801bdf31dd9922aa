// The samples at every place of the sliders that move them: Python has made them, here they are only played.

import { decode } from "../base/arrays.js"
import { nearest } from "../base/film.js"

/** @import { SentDataFilm, SentLaterPoints } from "./model.d.ts" */

/**
 * `count` samples, with the numbers of each one after the other.
 * @typedef {{ count: number, x: Float64Array, y: Float64Array, test: Uint8Array }} Samples
 */

/** @typedef {ReturnType<typeof readDataFilm>} DataFilm */

/** @param {SentDataFilm} sent */
export function readDataFilm(sent) {
  /** @param {string | null} text */
  const numbers = (text) => text === null ? null : decode(text, Float32Array)
  return { ...sent, x: numbers(sent.x), y: numbers(sent.y) }
}

/**
 * Samples from a step on, with their noise and the share that is trained on.
 * @typedef {{
 *   step: number, noise: number, share: number,
 *   x: Float64Array<ArrayBuffer>, y: Float64Array<ArrayBuffer>, test: Uint8Array<ArrayBuffer>,
 * }} StepSamples
 */

/**
 * @param {SentLaterPoints[]} later
 * @returns {StepSamples[]}
 */
export function readLater(later) {
  return later.map(({ x, y, test, ...rest }) => ({
    ...rest,
    x: decode(x, Float64Array),
    y: decode(y, Float64Array),
    test: decode(test, Uint8Array),
  }))
}

/**
 * The samples of a step of a run; null where it has the same ones throughout.
 * @param {StepSamples[]} samples in the order of their steps
 * @param {number} step
 */
export function samplesAt(samples, step) {
  if (samples.length < 2) return null
  return samples.findLast((each) => each.step <= step) ?? samples[0]
}

/**
 * The samples at a noise and a share of those for training; null where they are those of the run.
 * @template {Samples} Points
 * @param {DataFilm | null} film
 * @param {Points} points those of the run
 * @param {{ of: string, noise: number, share: number }} chosen
 * @returns {Points | null}
 */
export function movedPoints(film, points, { of, noise, share }) {
  if (!film || film.of !== of) return null
  const isMoved = film.x !== null && noise !== film.noise
  const isSplit = share !== film.share
  if (!isMoved && !isSplit) return null
  const frame = isMoved ? nearest(film.noises, noise) : 0
  return {
    ...points,
    x: (isMoved && frameOf(film.x, points.x.length, frame)) || points.x,
    y: (isMoved && frameOf(film.y, points.y.length, frame)) || points.y,
    test: isSplit ? testAt(film, share) : points.test,
  }
}

/**
 * What does not move at all has one frame.
 * @param {Float32Array | null} numbers
 * @param {number} length of a frame
 * @param {number} frame
 */
function frameOf(numbers, length, frame) {
  if (!numbers) return null
  const start = numbers.length > length ? frame * length : 0
  return Float64Array.from(numbers.subarray(start, start + length))
}

/**
 * @param {DataFilm} film
 * @param {number} share
 */
function testAt({ shares, counts, order }, share) {
  const count = counts[nearest(shares, share)]
  return Uint8Array.from(order, (place) => place < count ? 0 : 1)
}
