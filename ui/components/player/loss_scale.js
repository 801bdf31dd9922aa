// How high a loss is drawn, and which losses are too large for it.

/** @import { LossScaleName, TrainAndTest } from "./model.d.ts" */

const OUTLIER = 4

/**
 * The losses at the floor and the ceiling, the largest one beyond, and how high each loss is drawn; null for what is no
 * number.
 * @typedef {{ low: number, high: number, beyond: number | null, y: (loss: number) => number | null }} LossScale
 */

/**
 * The scale of the loss. A few exploding losses do not press all others to the floor: they run along the ceiling,
 * and `beyond` is the largest of them, or null where all fit.
 * @param {TrainAndTest<ArrayLike<number>>} losses
 * @param {LossScaleName} scale
 * @param {number} top the height of the ceiling, counted downwards
 * @param {number} bottom that of the floor
 * @param {{ loss: ArrayLike<number> }[]} left futures that are to be seen too, as far as they do not explode
 * @returns {LossScale}
 */
export function lossScale(losses, scale, top, bottom, left = []) {
  const own = [losses.train, losses.test ?? []].flatMap((values) => Array.from(values))
  const most = OUTLIER * Math.max(...own.filter(Number.isFinite))
  const others = left.flatMap(({ loss }) => Array.from(loss)).filter((loss) => loss <= most)
  const all = [...own, ...others].filter((loss) => !Number.isNaN(loss) && (scale === "linear" || loss > 0))
    .sort((a, b) => a - b)
  const finite = all.filter(Number.isFinite)
  const usual = finite[Math.floor(finite.length * 0.95)] ?? 1
  const largest = finite.at(-1) ?? 1
  const low = scale === "linear" ? Math.min(0, finite[0] ?? 0) : finite[0] ?? 0.1
  let high = Math.min(largest, OUTLIER * Math.max(usual, losses.train[0] || 0)) || 1
  if (scale === "log") high = largest > low ? largest : low * 10
  const worst = all.at(-1) ?? high
  const beyond = worst > high ? worst : null
  /** @param {number} loss */
  const part = (loss) =>
    scale === "linear" ? (loss - low) / (high - low) : Math.log(loss / low) / Math.log(high / low)
  /** @param {number} loss */
  const y = (loss) =>
    Number.isNaN(loss) ? null : bottom - part(Math.min(Math.max(loss, low), high)) * (bottom - top)
  return { low, high, beyond, y }
}

/**
 * The scale of other losses, as it is for these: the largest of them may be beyond.
 * @param {LossScale} scale
 * @param {TrainAndTest<ArrayLike<number>>} losses
 * @returns {LossScale}
 */
export function withBeyond(scale, { train, test }) {
  const worst = [train, test ?? []].flatMap((values) => Array.from(values))
    .reduce((most, loss) => loss > most ? loss : most, -Infinity)
  return { ...scale, beyond: worst > scale.high ? worst : null }
}

/**
 * Where the curve runs along the ceiling, as pairs of key frames, with those joined that are `near`.
 * @param {TrainAndTest<ArrayLike<number>>} losses
 * @param {number} high
 * @param {(from: number, to: number) => boolean} near
 * @returns {[number, number][]}
 */
export function clippedStretches(losses, high, near) {
  /** @type {[number, number][]} */
  const stretches = []
  for (let k = 0; k < losses.train.length; k += 1) {
    if (!(losses.train[k] > high || (losses.test && losses.test[k] > high))) continue
    const last = stretches.at(-1)
    if (last && near(last[1], k)) last[1] = k
    else stretches.push([k, k])
  }
  return stretches
}
