// A training run as a film: its key frames, and maps of every unit's activation at some of them.

import { decode } from "../base/arrays.js"
import { neighbors } from "../base/film.js"
import { readDataFilm, readLater, samplesAt } from "./data_film.js"

/** @import { Precision } from "../base/format.js" */
/** @import { SentContinuation, SentRun, TrainAndTest } from "./model.d.ts" */

export const LEVELS = 127
// Stands for a largest gradient of 0, which has no logarithm.
export const NO_GRADIENT = 1e-30

/** @typedef {ReturnType<typeof makeReel>} Reel */

/**
 * An input or a unit; `biasIndex` is the place of its bias in θ, null where it has none.
 * @typedef {{
 *   layer: number, unit: number, index: number, label: string, biasIndex: number | null, activation: string | null,
 *   output: boolean,
 * }} Unit
 */

/**
 * A weight, by the units at its ends and its place in θ.
 * @typedef {{ from: number, to: number, index: number }} Edge
 */

/**
 * A place between two map frames: how far it is from one to the other.
 * @typedef {{ from: number, to: number, share: number }} Between
 */

/**
 * @param {SentRun} film
 * @param {Precision} precision that of the numbers shown
 */
export function makeReel(film, precision) {
  /** @param {string} text */
  const doubles = (text) => decode(text, Float64Array)
  /** @param {string | null} text */
  const optional = (text) => text === null ? null : doubles(text)
  /** @param {string} text */
  const bytes = (text) => decode(text, Uint8Array)
  /** @param {string} text */
  const numbers = (text) => film.number === "<f8" ? doubles(text) : decode(text, Float32Array)
  const [inputs, ...layers] = film.widths
  const outputs = layers[layers.length - 1]
  const count = film.steps.length
  const two = film.plane.names.length === 2
  const theta = numbers(film.theta)
  const gradient = numbers(film.gradient)
  const inputMaps = bytes(film.maps.inputs)
  const surface = two ? bytes(film.maps.surface) : numbers(film.maps.surface)
  const parameters = theta.length / count
  const { nodes, edges } = wire(film)
  const last = film.steps[count - 1]
  const first = { x: doubles(film.points.x), y: doubles(film.points.y), test: bytes(film.points.test) }
  const left = film.left.map(({ label, steps, loss }) => ({ label, steps, loss: doubles(loss) }))
  return {
    key: film.key,
    run: film.run ?? null,
    still: film.still,
    task: film.task,
    /** @type {[rows: number, columns: number] | null} */
    pixels: film.pixels && [film.pixels[0], film.pixels[1]],
    widths: film.widths,
    nodes,
    edges,
    outputs,
    hiddenUnits: layers.slice(0, -1).reduce((sum, width) => sum + width, 0),
    output_names: film.output_names,
    precision,
    count,
    steps: film.steps,
    epochs: film.epochs,
    last,
    /** Where the timeline ends: futures that were left may reach beyond the run. */
    end: Math.max(last, ...left.map(({ steps }) => steps[steps.length - 1])),
    /** The last step that may be seen yet of a run that is trained on. */
    reached: last,
    /** The last step that Python has of it, or has been sent. */
    sent: last,
    /** Whether steps have been put behind those of the film that was sent. */
    grown: false,
    changes: film.changes,
    left,
    best: film.best,
    diverged: film.diverged,
    parameters,
    theta,
    gradient,
    heaviest: largestSize(theta, edges, parameters, 0, count) || 1,
    largest: gradientScale(gradient, edges, parameters, count),
    loss: { train: doubles(film.loss.train), test: optional(film.loss.test) },
    /** @type {TrainAndTest<Float64Array> | null} the losses that the timeline is scaled for, where not its own alone */
    common: null,
    accuracy: { train: optional(film.accuracy.train), test: optional(film.accuracy.test) },
    frames: film.frames,
    two,
    plane: film.plane,
    held: new Map(film.plane.held),
    standardized: film.standardized,
    inputMaps,
    hiddenMaps: bytes(film.maps.hidden),
    surface,
    cell: inputMaps.length / inputs,
    field: surface.length / film.frames.length / outputs,
    center: film.maps.center,
    span: film.maps.span,
    points: {
      count: film.points.count,
      rows: film.points.rows,
      note: film.points.note,
      ...first,
      predictions: numbers(film.points.predictions),
    },
    /** Those of each step: `points` has the ones of the step that is drawn. */
    samples: [
      { step: 0, noise: film.data?.noise ?? NaN, share: film.data?.share ?? NaN, ...first },
      ...readLater(film.points.later),
    ],
    data: film.data ? readDataFilm(film.data) : null,
  }
}

/**
 * Whether steps have been seen that have not been sent.
 * @param {Pick<Reel, "grown" | "reached" | "sent">} reel
 */
export function hasUnsent({ grown, reached, sent }) {
  return grown && reached > sent
}

/**
 * Whether a reel has all steps of a film that is not sent, as they have been shown.
 * @param {Pick<Reel, "run" | "still" | "steps">} reel
 * @param {SentContinuation} film
 */
export function hasAllOf({ run, still, steps }, film) {
  return run === film.run && still === film.still && steps.includes(film.last)
}

/**
 * Makes the samples of a step those that are drawn; returns whether they are others than before.
 * @param {Reel} reel
 * @param {number} step
 */
export function showSamples(reel, step) {
  const now = samplesAt(reel.samples, step)
  if (!now || (now.x === reel.points.x && now.test === reel.points.test)) return false
  const { x, y, test } = now
  reel.points = { ...reel.points, x, y, test }
  return true
}

/**
 * The units and edges, with the place of each weight and bias in θ.
 * @param {Pick<SentRun, "widths" | "bias" | "labels" | "activations" | "pixels">} film
 */
function wire({ widths, bias, labels, activations, pixels }) {
  /** @type {Unit[]} */
  const nodes = []
  /** @type {Edge[]} */
  const edges = []
  // The weights of pixels are not sent.
  let place = pixels ? -widths[0] * widths[1] : 0
  widths.forEach((width, layer) => {
    const before = nodes.length - (widths[layer - 1] ?? 0)
    const first = nodes.length
    for (let unit = 0; unit < width; unit += 1) {
      const biasIndex = layer && bias ? place + widths[layer - 1] * width + unit : null
      nodes.push({
        layer,
        unit,
        index: nodes.length,
        label: labels[nodes.length],
        biasIndex,
        activation: activations[layer - 1] ?? null,
        output: layer === widths.length - 1,
      })
    }
    if (!layer) return
    const rows = pixels && layer === 1 ? 0 : widths[layer - 1]
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < width; column += 1) {
        edges.push({ from: before + row, to: first + column, index: place + row * width + column })
      }
    }
    place += widths[layer - 1] * width + (bias ? width : 0)
  })
  return { nodes, edges }
}

/**
 * The largest finite size of a weight's number over some key frames.
 * @param {ArrayLike<number>} values (K, P)
 * @param {Edge[]} edges
 * @param {number} parameters P
 * @param {number} first
 * @param {number} end the key frame behind the last
 */
export function largestSize(values, edges, parameters, first, end) {
  let largest = 0
  for (let k = first; k < end; k += 1) {
    for (const { index } of edges) {
      const size = Math.abs(values[k * parameters + index])
      if (size > largest && Number.isFinite(size)) largest = size
    }
  }
  return largest
}

/**
 * The largest gradient around each key frame: gradients shrink a thousandfold, and of a frame's own largest the colors
 * would flicker.
 * @param {ArrayLike<number>} gradient (K, P)
 * @param {Edge[]} edges
 * @param {number} parameters P
 * @param {number} count K
 */
export function gradientScale(gradient, edges, parameters, count) {
  const reach = Math.ceil(count / 40)
  const own = Array.from(
    { length: count },
    (_, k) => Math.log(Math.max(largestSize(gradient, edges, parameters, k, k + 1), NO_GRADIENT)),
  )
  /** @type {(values: number[], k: number) => number[]} */
  const around = (values, k) => values.slice(Math.max(k - reach, 0), k + reach + 1)
  const widest = own.map((_, k) => Math.max(...around(own, k)))
  return widest.map((_, k) => {
    const near = around(widest, k)
    return Math.exp(near.reduce((sum, value) => sum + value, 0) / near.length)
  })
}

/**
 * The map frames on both sides of a playhead between key frames, and how far it is from one to the other.
 * @param {Pick<Reel, "frames">} reel
 * @param {number} playhead
 * @returns {Between}
 */
export function between({ frames }, playhead) {
  const [low, high] = neighbors(frames, playhead)
  if (high <= 0) return { from: 0, to: 0, share: 0 }
  if (playhead >= frames[high]) return { from: high, to: high, share: 0 }
  return { from: low, to: high, share: (playhead - frames[low]) / (frames[high] - frames[low]) }
}

/**
 * The step under a playhead that may stand between two key frames.
 * @param {{ steps: ArrayLike<number> }} reel
 * @param {number} playhead
 */
export function stepAt({ steps }, playhead) {
  const before = Math.min(Math.floor(playhead), steps.length - 1)
  const after = Math.min(before + 1, steps.length - 1)
  return steps[before] + (steps[after] - steps[before]) * (playhead - before)
}

/**
 * Where a playhead between key frames stands at a step; at an end where the film has none.
 * @param {{ steps: ArrayLike<number> }} reel
 * @param {number} step
 */
export function placeOf({ steps }, step) {
  const [low, high] = neighbors(steps, step)
  if (high <= low || step <= steps[low]) return Math.max(low, 0)
  return low + Math.min((step - steps[low]) / (steps[high] - steps[low]), 1)
}

/**
 * Writes numbers of a film between two of its frames into `into`.
 * @param {ArrayLike<number>} values one frame after the other
 * @param {number} length of a frame
 * @param {Between} place
 * @param {Float32Array} into
 */
export function blend(values, length, { from, to, share: part }, into) {
  const a = from * length
  const b = to * length
  for (let k = 0; k < length; k += 1) into[k] = values[a + k] + (values[b + k] - values[a + k]) * part
}
