// What is written and marked on the timeline: steps, the ends of the loss, the best step, losses that are too large.

import { svg } from "../base/dom.js"
import { nearest } from "../base/film.js"
import { fitNumber } from "../base/format.js"
import { clippedStretches } from "./loss_scale.js"
import { stepTicks } from "../base/ticks.js"
import { extentOf, placeLabels } from "./timeline_labels.js"

/** @import { LossScale } from "./loss_scale.js" */
/** @import { Reel } from "./reel.js" */
/** @import { Label } from "./timeline_labels.js" */

export const TIME = { left: 52, right: 16, top: 16, bottom: 20, height: 108 }
export const AXIS_CHARACTERS = 6
// Words at the height of the lowest test loss stand above the marks of changes.
const WORDS_TOP = 12
const CHANGE_TOP = WORDS_TOP + 4
const CEILING_GAP = 14
// Pixels for the words beside the mark of the lowest test loss, with the largest number of steps.
const BEST_ROOM = 230

/**
 * The pixels between which the timeline lies, and its last step.
 * @typedef {{ left: number, span: number, last: number }} Span
 */

/**
 * How far along the film a pixel of the track is, from 0 to 1.
 * @param {Pick<Span, "left" | "span">} track
 * @param {number} x
 */
export function partAt({ left, span }, x) {
  return Math.min(Math.max((x - left) / span, 0), 1)
}

/**
 * The pixel of the track at which a step is.
 * @param {Span} track
 * @param {number} step
 */
export function pixelOf({ left, span, last }, step) {
  return left + (last ? step / last : 0) * span
}

/**
 * The room to the left of the curves; numbers are larger on large screens.
 * @param {SVGSVGElement} axes
 */
export function roomForNumbers(axes) {
  const probe = svg("text", {}, "0".repeat(AXIS_CHARACTERS))
  axes.replaceChildren(probe)
  return Math.max(TIME.left, Math.ceil(probe.getComputedTextLength()) + 14)
}

/**
 * Where losses run along the ceiling.
 * @param {number[]} x of each key frame
 * @param {Reel} reel
 * @param {LossScale} scale
 */
export function ceilingMarks(x, { loss }, { high, beyond }) {
  if (beyond === null) return []
  const y = TIME.top - 3
  return clippedStretches(loss, high, (from, to) => x[to] - x[from] < CEILING_GAP).map(([from, to]) => {
    const middle = (x[from] + x[to]) / 2
    return svg("path", {
      d: `M${middle - 4} ${y}h8l-4 -7zM${x[from]} ${TIME.top}H${x[to]}`,
      class: "beyond",
    })
  })
}

/**
 * The words beside the mark of the lowest test loss: on the side where they fit, shorter where they fit on none.
 * @param {number} x of the mark
 * @param {number} left where the track begins
 * @param {number} right where the drawing ends
 * @param {number} step
 */
export function bestLabel(x, left, right, step) {
  const [before, behind] = [x - left, right - x]
  const isBehind = behind >= BEST_ROOM || (before < BEST_ROOM && behind >= before)
  const words = `step ${step.toLocaleString("en-US")}`
  return {
    x: isBehind ? x + 8 : x - 8,
    anchor: isBehind ? "start" : "end",
    words: Math.max(before, behind) >= BEST_ROOM ? `lowest test loss, ${words}` : `lowest, ${words}`,
  }
}

/**
 * Words on the timeline, and the pixels between which they stand.
 * @typedef {{ node: SVGElement, from: number, to: number }} Words
 */

/**
 * All that is written and marked, and those of the words that stand where the playhead passes.
 * @param {Span & { width: number }} track
 * @param {Reel} reel
 * @param {LossScale} scale
 */
export function timelineAxes(track, reel, { low, high, y }) {
  const { last, end: furthest, best, diverged, changes, left: futures, precision } = reel
  const { left, span } = track
  const base = TIME.height - TIME.bottom
  /** @type {(x: number, y: number, anchor: string, words: string, name?: string) => SVGElement} */
  const text = (x, at, anchor, words, name = "") =>
    svg("text", { x, y: at, "text-anchor": anchor, class: name }, words)
  /** @type {Words[]} */
  const words = []
  /** @type {(label: Label, name?: string) => SVGElement} */
  const write = (label, name = "") => {
    const node = text(label.x, label.y, label.anchor, label.words, `halo-text ${name}`.trimEnd())
    const [from, to] = extentOf(label)
    words.push({ node, from, to })
    return node
  }
  /** @type {(x: number, top: number, bottom: number, name: string) => SVGElement} */
  const vertical = (x, top, bottom, name) => svg("line", { x1: x, x2: x, y1: top, y2: bottom, class: name })
  /** @type {(loss: number, below: number) => SVGElement} */
  const end = (loss, below) =>
    text(left - 8, (y(loss) ?? base) + below, "end", fitNumber(loss, precision, AXIS_CHARACTERS))
  const parts = [
    svg("line", { x1: left, x2: left + span, y1: base, y2: base, class: "tick" }),
    ...stepTicks(furthest, span).flatMap((step) => {
      const x = pixelOf(track, step)
      const anchor = x > track.width - 34 ? "end" : "middle"
      return [
        vertical(x, base, base + 4, "tick"),
        text(x, base + 16, anchor, step.toLocaleString("en-US")),
      ]
    }),
    end(high, 4),
    end(low, 1),
  ]
  /** @type {Label[]} */
  const taken = []
  if (best !== null && last) {
    const x = pixelOf(track, best)
    const label = bestLabel(x, left, track.width, best)
    const isEnd = label.anchor === "end"
    // With the mark beside them.
    const whole = { x: isEnd ? x + 7 : x - 7, y: WORDS_TOP, words: `${label.words}   ` }
    taken.push({ ...whole, anchor: isEnd ? "end" : "start" })
    parts.push(
      vertical(x, WORDS_TOP, base, "best"),
      svg("path", { d: `M${x} 3l5 5l-5 5l-5 -5z`, class: "best mark" }),
      write({ x: label.x, y: WORDS_TOP, anchor: isEnd ? "end" : "start", words: label.words }),
    )
  }
  if (diverged) {
    const x = pixelOf(track, last)
    /** @type {Label} */
    const label = { x: x - 6, y: 26, anchor: "end", words: "diverged" }
    taken.push(label)
    parts.push(vertical(x, 2, base, "diverged"), write(label, "diverged"))
  }
  // The last first.
  const stops = [last, best ?? last, ...changes.map(({ step }) => step)].sort((one, other) => other - one)
  const marks = changes.map(({ step }) => ({ x: pixelOf(track, step), top: CHANGE_TOP }))
  for (const { x, top } of marks) parts.push(vertical(x, top, base, "change"))
  if (best !== null && last) marks.push({ x: pixelOf(track, best), top: 0 })
  // There the playhead comes to rest.
  marks.push({ x: pixelOf(track, last), top: 0 })
  const placed = placeLabels(
    [
      ...changes.map(({ step, label }) => ({
        x: pixelOf(track, step),
        ys: [25, WORDS_TOP, 38],
        words: label,
      })),
      ...futures.filter(({ label }) => label).map(({ steps, loss, label }) => {
        /** @param {number} k the place in the curve */
        const beside = (k) => {
          const at = y(loss[k]) ?? base
          const ys = [at - 8, at + 16, at - 20, at + 28, 38, 51, 64, 77]
          return {
            x: pixelOf(track, steps[k]),
            ys: ys.filter((height) => height > 20 && height < base - 2),
          }
        }
        return {
          ...beside(steps.length - 1),
          // Before a mark that stands across, too.
          more: stops.map((step) => nearest(steps, step)).filter((k) => k > 0 && k < steps.length - 1)
            .map(beside),
          words: label,
          anchor: /** @type {"end"} */ ("end"),
        }
      }),
    ],
    taken,
    left,
    track.width,
    marks,
    [{ steps: reel.steps, loss: reel.loss.train }, ...futures].flatMap((curve) =>
      curve.steps.map((
        step,
        k,
      ) => /** @type {[number, number]} */ ([pixelOf(track, step), y(curve.loss[k]) ?? base]))
    ),
  )
  parts.push(...placed.map((label) => write(label, "branch")))
  return { parts, words }
}
