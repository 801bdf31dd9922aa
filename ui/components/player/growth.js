// A run that is trained on while it is watched: the key frames of its next steps behind those that are there.

import { decode } from "../base/arrays.js"
import { gradientScale, largestSize, LEVELS } from "./reel.js"

/** @import { NextSteps, SentContinuation, SentPicture, TrainAndTest } from "./model.d.ts" */
/** @import { Sample } from "./pixels.js" */
/** @import { Reel } from "./reel.js" */

// Beyond so many key frames, or frames with maps, every other of the older ones goes.
const MOST_FRAMES = 450
const MOST_MAPS = 180
// What has just been learned stays as it is.
const RECENT_FRAMES = 150
const RECENT_MAPS = 50
const ROUND_LENGTHS = [1, 1.5, 2, 3, 5, 7]

/** @template T @typedef {{ new (length: number): T & { set(from: T, at: number): void } }} Kind */

/**
 * Key frames that follow others: `steps` to `accuracy` have one of each, the rest one of each of `frames`.
 * @typedef {{
 *   steps: number[], epochs: number[], theta: Numbers, gradient: Numbers, loss: TrainAndTest<Float64Array<ArrayBuffer>>,
 *   accuracy: Record<"train" | "test", Float64Array<ArrayBuffer> | null>, frames: number[],
 *   hidden: Uint8Array<ArrayBuffer>, surface: Uint8Array<ArrayBuffer> | Numbers, span: number[], predictions: Numbers,
 * }} Tail
 */

/** @typedef {Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>} Numbers */

/**
 * A reel with the next steps behind its own.
 * @param {Reel} reel
 * @param {NextSteps} next
 */
export function growReel(reel, next) {
  /** @type {(text: string) => Float64Array<ArrayBuffer>} */
  const doubles = (text) => decode(text, Float64Array)
  /** @type {(text: string) => Uint8Array<ArrayBuffer>} */
  const bytes = (text) => decode(text, Uint8Array)
  /** @type {(text: string) => Numbers} */
  const numbers = (text) => reel.theta instanceof Float64Array ? doubles(text) : decode(text, Float32Array)
  /** @type {(text: string | null) => Float64Array<ArrayBuffer> | null} */
  const optional = (text) => text === null ? null : doubles(text)
  return extendReel(reel, {
    ...next,
    theta: numbers(next.theta),
    gradient: numbers(next.gradient),
    loss: { train: doubles(next.loss.train), test: optional(next.loss.test) },
    accuracy: { train: optional(next.accuracy.train), test: optional(next.accuracy.test) },
    hidden: bytes(next.hidden),
    surface: reel.surface instanceof Uint8Array ? bytes(next.surface) : numbers(next.surface),
    predictions: numbers(next.predictions),
  })
}

/**
 * The key frames of a reel behind a step; null where there are none, or none with a map.
 * @param {Reel} reel
 * @param {number} step
 * @returns {Tail | null}
 */
export function tailBehind(reel, step) {
  const first = reel.steps.findIndex((at) => at > step)
  const map = reel.frames.findIndex((frame) => frame >= first)
  if (first < 0 || map < 0) return null
  return {
    ...keyFrames(reel, first, reel.count, map, reel.frames.length),
    frames: reel.frames.slice(map).map((frame) => frame - first),
    span: reel.span,
  }
}

/**
 * A reel without what is behind a step at which it has a key frame.
 * @param {Reel} reel
 * @param {number} step
 * @returns {Reel}
 */
export function cutReel(reel, step) {
  const count = reel.steps.filter((at) => at <= step).length
  const frames = reel.frames.filter((frame) => frame < count)
  const { hidden, predictions, ...kept } = keyFrames(reel, 0, count, 0, frames.length)
  return {
    ...reel,
    ...kept,
    count,
    last: step,
    largest: reel.largest.slice(0, count),
    frames,
    hiddenMaps: hidden,
    points: { ...reel.points, predictions },
  }
}

/**
 * The key frames of a reel from one on, `end` not among them, and what it has at the frames with maps from `map` on.
 * @param {Reel} reel
 * @param {number} first
 * @param {number} end
 * @param {number} map
 * @param {number} mapEnd
 * @returns {Omit<Tail, "frames" | "span">}
 */
function keyFrames(reel, first, end, map, mapEnd) {
  /** @type {<V extends Uint8Array<ArrayBuffer> | Numbers>(values: V, length: number) => V} */
  const frames = (values, length) => /** @type {typeof values} */ (values.slice(first * length, end * length))
  /** @type {<V extends Uint8Array<ArrayBuffer> | Numbers>(values: V, length: number) => V} */
  const maps = (values, length) => /** @type {typeof values} */ (values.slice(map * length, mapEnd * length))
  /** @type {(values: Float64Array<ArrayBuffer> | null) => Float64Array<ArrayBuffer> | null} */
  const optional = (values) => values && frames(values, 1)
  const { parameters, loss, accuracy, outputs, points } = reel
  return {
    steps: reel.steps.slice(first, end),
    epochs: reel.epochs.slice(first, end),
    theta: frames(reel.theta, parameters),
    gradient: frames(reel.gradient, parameters),
    loss: { train: frames(loss.train, 1), test: optional(loss.test) },
    accuracy: { train: optional(accuracy.train), test: optional(accuracy.test) },
    hidden: maps(reel.hiddenMaps, reel.hiddenUnits * reel.cell),
    surface: maps(reel.surface, outputs * reel.field),
    predictions: maps(points.predictions, points.count * outputs),
  }
}

/**
 * The reel of a film that is not sent, of the one that has its steps; what had come beyond it is still there.
 * @param {Reel} reel
 * @param {SentContinuation} film
 * @returns {Reel}
 */
export function continueReel(reel, { key, last, best, diverged }) {
  const reached = Math.max(reel.reached, last)
  const ends = reel.left.map(({ steps }) => steps[steps.length - 1])
  return {
    ...reel,
    key,
    best,
    diverged,
    last: reached,
    reached,
    end: roundLength(reached, Math.max(last, ...ends)),
    sent: Math.max(reel.sent, last),
  }
}

/**
 * A reel with more key frames behind its own.
 * @param {Reel} reel
 * @param {Tail} next
 * @returns {{ reel: Reel, kept: number[] }} with the key frames of before that are still there
 */
export function extendReel(reel, next) {
  const maps = keptMaps(reel.frames)
  const hasMap = new Set(maps.map((place) => reel.frames[place]))
  const kept = keptFrames(reel.count, hasMap)
  const now = new Map(kept.map((frame, place) => [frame, place]))
  const { parameters, loss, accuracy, points } = reel
  /** @typedef {Float64Array<ArrayBuffer> | null} Maybe */
  /** @type {(values: Maybe, more: Maybe) => Maybe} */
  const optional = (values, more) => values && more ? behind(values, 1, kept, more) : values
  const theta = behind(reel.theta, parameters, kept, next.theta)
  const gradient = behind(reel.gradient, parameters, kept, next.gradient)
  const steps = [...kept.map((frame) => reel.steps[frame]), ...next.steps]
  const count = steps.length
  const last = steps[count - 1]
  // The next steps of another server begin with the scales of the film as it was sent, which may be narrower.
  const span = next.span.map((size, unit) => Math.max(size, reel.span[unit]))
  const shares = span.map((size, unit) => reel.span[unit] / size)
  const nextShares = span.map((size, unit) => next.span[unit] / size)
  /** @type {<V>(values: V[]) => V[]} */
  const ofHidden = (values) => values.slice(reel.widths[0], -reel.outputs)
  /** @type {<V>(values: V[]) => V[]} */
  const ofOutputs = (values) => values.slice(-reel.outputs)
  const hiddenMaps = reel.hiddenUnits
    ? behind(
      stretched(reel.hiddenMaps, ofHidden(shares), reel.cell),
      reel.hiddenUnits * reel.cell,
      maps,
      stretched(next.hidden, ofHidden(nextShares), reel.cell),
    )
    : reel.hiddenMaps
  const width = reel.outputs * reel.field
  const before = reel.surface
  const more = next.surface
  const surface = before instanceof Uint8Array && more instanceof Uint8Array
    ? behind(
      stretched(before, ofOutputs(shares), reel.field),
      width,
      maps,
      stretched(more, ofOutputs(nextShares), reel.field),
    )
    : behind(before, width, maps, more)
  const recent = largestSize(theta, reel.edges, parameters, kept.length, count)
  return {
    kept,
    reel: {
      ...reel,
      count,
      steps,
      epochs: [...kept.map((frame) => reel.epochs[frame]), ...next.epochs],
      last,
      end: roundLength(last, reel.end),
      grown: true,
      best: null,
      theta,
      gradient,
      heaviest: Math.max(reel.heaviest, recent),
      largest: gradientScale(gradient, reel.edges, parameters, count),
      loss: {
        train: behind(loss.train, 1, kept, next.loss.train),
        test: optional(loss.test, next.loss.test),
      },
      accuracy: {
        train: optional(accuracy.train, next.accuracy.train),
        test: optional(accuracy.test, next.accuracy.test),
      },
      frames: [
        ...maps.map((place) => now.get(reel.frames[place]) ?? 0),
        ...next.frames.map((frame) => kept.length + frame),
      ],
      hiddenMaps,
      surface,
      span,
      points: {
        ...points,
        predictions: behind(points.predictions, points.count * reel.outputs, maps, next.predictions),
      },
    },
  }
}

/**
 * The sample that is drawn, with its gradients at the next steps behind its own.
 * @param {Sample} sample
 * @param {SentPicture} picture
 * @param {number[]} kept the key frames that are still there
 * @returns {Sample}
 */
export function growSample(sample, picture, kept) {
  return {
    ...sample,
    gradient: behind(sample.gradient, sample.ink.length, kept, decode(picture.gradient, Uint8Array)),
    largest: behind(sample.largest, 1, kept, decode(picture.largest, Float64Array)),
  }
}

/**
 * The length of the timeline of a run that grows: the one that it has, or the next round one.
 * @param {number} last the run's last step
 * @param {number} end
 */
export function roundLength(last, end) {
  if (last <= end) return end
  const unit = 10 ** Math.floor(Math.log10(Math.max(last, 10)))
  return unit * (ROUND_LENGTHS.find((part) => part * unit >= last * 1.05) ?? 10)
}

/** @param {number} count @param {Set<number>} hasMap */
function keptFrames(count, hasMap) {
  const frames = Array.from({ length: count }, (_, frame) => frame)
  if (count <= MOST_FRAMES) return frames
  return frames.filter((frame) => frame % 2 === 0 || frame >= count - RECENT_FRAMES || hasMap.has(frame))
}

/** @param {number[]} frames */
function keptMaps(frames) {
  const places = frames.map((_, place) => place)
  if (frames.length <= MOST_MAPS) return places
  return places.filter((place) => place % 2 === 0 || place >= frames.length - RECENT_MAPS)
}

/**
 * @template {Uint8Array | Float32Array | Float64Array} T
 * @param {T} values one frame after the other
 * @param {number} length of a frame
 * @param {number[]} kept the frames that stay
 * @param {T} more what comes behind them
 * @returns {T}
 */
function behind(values, length, kept, more) {
  const Numbers = /** @type {Kind<T>} */ (/** @type {unknown} */ (values.constructor))
  const all = new Numbers(kept.length * length + more.length)
  kept.forEach((frame, place) => {
    all.set(/** @type {T} */ (values.subarray(frame * length, (frame + 1) * length)), place * length)
  })
  all.set(more, kept.length * length)
  return all
}

/**
 * Maps as they are on a wider scale.
 * @param {Uint8Array<ArrayBuffer>} maps of some units, frame after frame
 * @param {number[]} shares of the new scale that the old one of each unit is
 * @param {number} length of a unit's map
 */
function stretched(maps, shares, length) {
  if (shares.every((share) => share === 1)) return maps
  return maps.map((level, place) => {
    const share = shares[Math.floor(place / length) % shares.length]
    return Math.round(LEVELS + (level - LEVELS) * share)
  })
}
