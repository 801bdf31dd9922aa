// The curves of the loss timeline on its canvas: what stays while a slider moves is drawn once, and copied.

import { fitCanvas } from "../base/canvas.js"
import { exactOnScreen, formatNumber } from "../base/format.js"
import { stepTicks, tickText } from "../base/ticks.js"
import {
  divergence,
  heightOf,
  lossAt,
  lossTicks,
  pixelOfStep,
  TIMELINE,
  tracePath,
} from "./loss_timeline_axis.js"

/** @import { Precision } from "../base/format.js" */
/** @import { LossAhead } from "./loss_ahead.js" */
/** @import { LossRange, StepAxis } from "./loss_timeline_axis.js" */

/** @typedef {{ curve: string, text: string, muted: string, line: string, ground: string, font: string }} TimelineInks */

/**
 * What the timeline shows: the curve so far with the branches left behind, the loss ahead of `position`, and the step
 * that it is moved to, if it is.
 * @typedef {{
 *   curve: LossAhead, old: LossAhead[], ahead: LossAhead, position: number, target: number | null,
 *   range: LossRange, axis: StepAxis, precision: Precision,
 * }} Timed
 */

const FUTURE_DASH = [2, 4]
/** @type {number[]} */
const UNBROKEN = []
const FAINT_OPACITY = 0.35
const TAKEN_OPACITY = 0.45
const MARKER_RADIUS = 5
const WORDS_GAP = 9
// Where the curve is looked at, to write beside it.
const SAMPLES = 24
const WORDS_HEIGHT = 8
const WORDS_MARGIN = 3
const BASE = TIMELINE.height - TIMELINE.bottom

/** @param {number} height from 0 at the floor to 1 */
function pixelOfHeight(height) {
  return BASE - height * (BASE - TIMELINE.top)
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 */
export function fitTimeline(context, width) {
  fitCanvas(context, width, TIMELINE.height)
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {LossAhead} curve
 * @param {number} first
 * @param {Timed} timed
 * @param {{ from?: number, to?: number }} part
 */
function strokeCurve(context, curve, first, { axis, range }, part = {}) {
  context.beginPath()
  tracePath(curve, first, axis, range, part, (x, height) => context.lineTo(x, pixelOfHeight(height)))
  context.stroke()
}

/**
 * Lines and numbers of the scale, the steps, the curve so far, and the branches left behind.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {Timed} timed
 * @param {TimelineInks} inks
 */
export function drawSeen(context, width, timed, inks) {
  const { axis, range, curve, old, position } = timed
  context.clearRect(0, 0, width, TIMELINE.height)
  context.font = inks.font
  context.lineWidth = 1
  context.fillStyle = inks.muted
  context.strokeStyle = inks.line
  context.setLineDash(UNBROKEN)
  context.textAlign = "right"
  context.textBaseline = "middle"
  for (const loss of lossTicks(range)) {
    const y = Math.round(pixelOfHeight(heightOf(range, loss))) + 0.5
    context.beginPath()
    context.moveTo(axis.left, y)
    context.lineTo(axis.left + axis.span, y)
    context.stroke()
    context.fillText(tickText(loss), axis.left - 8, y)
  }
  context.textAlign = "center"
  context.textBaseline = "alphabetic"
  for (const step of stepTicks(axis.last, axis.span)) {
    context.fillText(step.toLocaleString("en-US"), pixelOfStep(axis, step), TIMELINE.height - 4)
  }
  context.lineJoin = "round"
  context.lineWidth = 1.5
  context.strokeStyle = inks.muted
  context.globalAlpha = FAINT_OPACITY
  for (const branch of old) strokeCurve(context, branch, 0, timed)
  context.strokeStyle = inks.curve
  context.lineWidth = 2
  context.globalAlpha = TAKEN_OPACITY
  strokeCurve(context, curve, 0, timed, { from: position })
  context.globalAlpha = 1
  strokeCurve(context, curve, 0, timed, { to: position })
  const words = endWords(range)
  context.textAlign = "left"
  context.fillText(words.high, axis.left + 12, 9)
  context.fillText(words.low, axis.left + 12, BASE - 4)
}

/**
 * How far losses go beyond the ends of the scale, "" where none does.
 * @param {LossRange} range
 */
export function endWords({ low, beyond, below }) {
  return {
    high: beyond === null ? "" : `▲ up to ${exactOnScreen(Number(beyond.toPrecision(2)))}`,
    low: below === null ? "" : `▼ below ${exactOnScreen(low)}, down to ${exactOnScreen(below)}`,
  }
}

/**
 * The dashed loss ahead with its end in words, the marker at the present step, and the step that is moved to.
 * @param {CanvasRenderingContext2D} context
 * @param {Timed} timed
 * @param {TimelineInks} inks
 */
export function drawAhead(context, timed, inks) {
  const { axis, range, ahead, position, target } = timed
  context.font = inks.font
  context.lineWidth = 2
  context.lineJoin = "round"
  context.strokeStyle = inks.curve
  context.fillStyle = inks.curve
  context.setLineDash(FUTURE_DASH)
  strokeCurve(context, ahead, position, timed)
  context.setLineDash(UNBROKEN)
  const x = pixelOfStep(axis, position)
  context.fillRect(Math.round(x) - 1, TIMELINE.top - 4, 2, BASE - TIMELINE.top + 4)
  drawMarker(context, x, heightOf(range, ahead.loss[0]))
  drawEnd(context, timed, inks)
  if (target === null) return
  const there = pixelOfStep(axis, target)
  context.fillStyle = inks.text
  context.fillRect(Math.round(there) - 0.5, TIMELINE.top - 4, 1, BASE - TIMELINE.top + 4)
  drawMarker(context, there, heightOf(range, lossOfStep(timed, target).loss))
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} height
 */
function drawMarker(context, x, height) {
  if (Number.isNaN(height)) return
  context.beginPath()
  context.arc(x, pixelOfHeight(height), MARKER_RADIUS, 0, 2 * Math.PI)
  context.fill()
}

/**
 * The loss at a step of the timeline, taken or not.
 * @param {Pick<Timed, "curve" | "ahead" | "position">} timed
 * @param {number} step
 */
export function lossOfStep({ curve, ahead, position }, step) {
  const taken = lossAt(curve, step)
  return Number.isNaN(taken.loss) ? lossAt(ahead, step - position) : taken
}

/**
 * What lies ahead, in words: where it leads, or that it leads nowhere.
 * @param {LossAhead} ahead
 * @param {Precision} precision
 * @param {number} position the step that it begins at
 */
export function endText(ahead, precision, position) {
  const steps = divergence(ahead)
  const count = steps ?? ahead.steps[ahead.steps.length - 1]
  const after = position
    ? `at step ${(position + count).toLocaleString("en-US")}`
    : `after ${count.toLocaleString("en-US")} ${count === 1 ? "step" : "steps"}`
  return steps === null ? `${formatNumber(ahead.last, precision)} ${after}` : `diverges ${after}`
}

/**
 * The baseline of words at the end of a curve that they cover least of; right above the end where that is free.
 * @param {number[]} heights of the curve where the words stand, in pixels; NaN where it has none
 * @param {number} y of its end
 */
export function clearBaseline(heights, y) {
  const above = y - WORDS_GAP
  const below = y + 2 * WORDS_GAP
  const places = [above, below, TIMELINE.top + WORDS_GAP, BASE - WORDS_MARGIN]
    .filter((place) => place - WORDS_HEIGHT >= TIMELINE.top - WORDS_MARGIN && place < BASE)
  const covered = (/** @type {number} */ place) =>
    heights.filter((height) => height > place - WORDS_HEIGHT - WORDS_MARGIN && height < place + WORDS_MARGIN)
      .length
  return places.reduce((best, place) => covered(place) < covered(best) ? place : best)
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Timed} timed
 * @param {TimelineInks} inks
 */
function drawEnd(context, { axis, range, ahead, position, precision }, inks) {
  const steps = divergence(ahead)
  const last = steps ?? ahead.steps[ahead.steps.length - 1]
  const x = pixelOfStep(axis, position + last)
  const height = heightOf(range, lossAt(ahead, last).loss)
  const y = Number.isNaN(height) ? TIMELINE.top : pixelOfHeight(height)
  const text = endText(ahead, precision, position)
  const { width } = context.measureText(text)
  const isRight = x - width > axis.left + 2 * WORDS_GAP
  context.textAlign = isRight ? "right" : "left"
  context.textBaseline = "alphabetic"
  const wordsX = isRight ? x - (steps === null ? 0 : WORDS_GAP) : x + WORDS_GAP
  const [from, to] = isRight ? [wordsX - width, wordsX] : [wordsX, wordsX + width]
  const heights = Array.from({ length: SAMPLES + 1 }, (_, k) => {
    const step = (from + (to - from) * k / SAMPLES - axis.left) * axis.last / axis.span
    return pixelOfHeight(heightOf(range, lossAt(ahead, step - position).loss))
  })
  const words = { x: wordsX, y: clearBaseline(heights, y) }
  context.lineWidth = 4
  context.strokeStyle = inks.ground
  context.strokeText(text, words.x, words.y)
  context.fillStyle = inks.muted
  context.fillText(text, words.x, words.y)
  context.strokeStyle = inks.curve
  context.fillStyle = inks.curve
}
