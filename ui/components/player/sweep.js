// Runs that differ in one hyperparameter: each becomes a reel that is drawn in place of the run's own.

import { gradientScale, largestSize, placeOf } from "./reel.js"

/** @import { SentSweep, SentSweptRun, SweptNumbers } from "./model.d.ts" */
/** @import { Reel } from "./reel.js" */

/** @typedef {ReturnType<typeof makeSweep>} Sweep */

// A loss so many times what runs usually begin with is of a run that explodes.
const EXPLODED = 2

/** @param {SweptNumbers} numbers */
function doubles({ bytes }) {
  return new Float64Array(bytes.buffer)
}

/** @param {SweptNumbers | null} numbers */
function optional(numbers) {
  return numbers && doubles(numbers)
}

/**
 * @param {SentSweep} sent
 * @param {Reel} own that of the run that it goes with
 */
export function makeSweep(sent, own) {
  const curves = sent.runs.map(({ steps, loss }) => ({
    label: "",
    steps,
    loss: doubles(loss.train),
    test: optional(loss.test),
  }))
  const end = Math.max(own.end, ...curves.map(({ steps }) => steps[steps.length - 1]))
  const all = [own.loss, ...curves.map(({ loss, test }) => ({ train: loss, test }))]
  const first = all.map(({ train }) => train[0]).sort((a, b) => a - b)
  // Runs that explode would press all others to the floor.
  const most = EXPLODED * first[Math.floor(first.length / 2)]
  /** @param {ArrayLike<number>[]} losses */
  const usual = (losses) =>
    Float64Array.from(losses.flatMap((of) => Array.from(of)).filter((loss) => loss <= most))
  /** The losses that the timeline is scaled for: it stays as it is while the slider moves. */
  const common = {
    train: usual(all.map(({ train }) => train)),
    test: own.loss.test && usual(all.map(({ test }) => test ?? [])),
  }
  return {
    key: sent.key,
    of: sent.of,
    name: sent.name,
    values: sent.values,
    symbol: sent.symbol,
    texts: sent.texts,
    numbers: sent.numbers,
    present: sent.present,
    isOwn: sent.is_own,
    sent,
    own,
    curves,
    end,
    common,
    /** @type {(Reel | undefined)[]} */
    reels: [],
  }
}

/**
 * The reel of a value, or with null the run's own, before the curves of the others.
 * @param {Sweep} sweep
 * @param {number | null} index
 * @returns {Reel}
 */
export function reelAt(sweep, index) {
  const { own, curves, end, common, present, isOwn } = sweep
  const shown = index ?? (isOwn ? present : null)
  const left = curves.filter((_, k) => k !== shown)
  if (index === null) return { ...own, left: [...own.left, ...left], end, common }
  const reel = sweep.reels[index] ?? readRun(sweep, sweep.sent.runs[index], index)
  sweep.reels[index] = reel
  reel.left = left
  reel.precision = own.precision
  return reel
}

/**
 * @param {Sweep} sweep
 * @param {SentSweptRun} run
 * @param {number} index
 * @returns {Reel}
 */
function readRun({ own, sent, curves, end, common, isOwn }, run, index) {
  /** @param {SweptNumbers} sent */
  const numbers = ({ bytes }) =>
    sent.number === "<f8" ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer)
  const count = run.steps.length
  const first = own.pixels ? own.widths[0] * own.widths[1] : 0
  const theta = numbers(run.theta)
  const parameters = theta.length / count
  const gradient = numbers(run.gradient)
  if (first) throw new TypeError("a film of several runs must have its inputs one by one, got pixels")
  const points = run.points && {
    x: doubles(run.points.x),
    y: doubles(run.points.y),
    test: run.points.test.bytes,
  }
  return {
    ...own,
    count,
    steps: run.steps,
    epochs: run.epochs,
    last: run.steps[count - 1],
    end,
    changes: isOwn ? own.changes : [],
    left: [],
    best: run.best,
    diverged: run.diverged,
    theta,
    gradient,
    // As thick as in the run's own drawing is as large, unless it is beyond that.
    heaviest: Math.max(own.heaviest, largestSize(theta, own.edges, parameters, 0, count)),
    largest: gradientScale(gradient, own.edges, parameters, count),
    loss: { train: curves[index].loss, test: curves[index].test },
    common,
    accuracy: { train: optional(run.accuracy.train), test: optional(run.accuracy.test) },
    frames: run.frames,
    center: sent.center,
    span: sent.span,
    hiddenMaps: run.hidden.bytes,
    surface: own.two ? run.surface.bytes : numbers(run.surface),
    points: { ...own.points, ...points, predictions: numbers(run.predictions) },
  }
}

/**
 * The value with the lowest test loss, or without test samples the lowest training loss, at the key step of all runs that
 * is nearest to a step; a run that has ended before is as good as it was then, unless it diverged.
 * @param {Sweep} sweep
 * @param {number} step
 */
export function lowestAt({ curves, sent, texts }, step) {
  const ends = curves.map(({ steps }) => steps[steps.length - 1])
  const end = Math.max(...ends)
  const longest = ends.indexOf(end)
  const { steps } = curves[longest]
  const isGone = sent.runs[longest].diverged && end < step
  const there = isGone ? step : steps[Math.round(placeOf({ steps }, step))]
  const losses = curves.map(({ steps, loss, test }, k) => {
    const last = steps.length - 1
    if (sent.runs[k].diverged && steps[last] < there) return Infinity
    const at = (test ?? loss)[steps[last] < there ? last : steps.indexOf(there)]
    return Number.isFinite(at) ? at : Infinity
  })
  const loss = Math.min(...losses)
  const index = losses.indexOf(loss)
  return { index, step: there, loss, text: texts[index], kind: curves[index]?.test ? "test" : "training" }
}
