// The loss curve as the timeline: what lies ahead of the playhead is faint.

import { contextOf, fitCanvas } from "../base/canvas.js"
import { html, set, svg } from "../base/dom.js"
import { fitNumber, formatNumber } from "../base/format.js"
import { followFinger } from "../base/touch.js"
import { lineSample, SOLID } from "./edge_legend.js"
import { lossScale, withBeyond } from "./loss_scale.js"
import { rgb } from "./palette.js"
import { stepAt } from "./reel.js"
import {
  AXIS_CHARACTERS,
  ceilingMarks,
  partAt,
  pixelOf,
  roomForNumbers,
  TIME,
  timelineAxes,
} from "./timeline_axes.js"

/** @import { LossScaleName } from "./model.d.ts" */
/** @import { Colors } from "./palette.js" */
/** @import { Reel } from "./reel.js" */
/** @import { Words } from "./timeline_axes.js" */

// Words that the playhead is closer to are hidden below it.
const HEAD_ROOM = 3
const TEST_DASH = [4, 3]
// More faint curves than these are fainter.
const FEW = 4
/** @type {LossScaleName[]} */
const LOSS_SCALES = ["linear", "log"]

/** @typedef {ReturnType<typeof buildTimeline>} Timeline */

/**
 * `scrub` has how far along the film the pointer is, from 0 to 1.
 * @typedef {{
 *   scrub: (part: number) => void, scrubStart: () => void, scrubEnd: () => void,
 *   rescale: (scale: LossScaleName) => void,
 * }} TimelineActions
 */

/** @param {TimelineActions} actions */
export function buildTimeline(actions) {
  const curves = html("canvas", { class: "layer", "aria-hidden": "true" })
  const axes = svg("svg", { class: "layer axes", "aria-hidden": "true", height: TIME.height })
  const head = html("div", { class: "playhead" }, html("i"))
  const track = html(
    "div",
    { class: "track", role: "slider", tabindex: 0, "aria-label": "Training step", "aria-valuemin": 0 },
    curves,
    axes,
    head,
  )
  const scales = LOSS_SCALES.map((scale) => {
    const button = html("button", { type: "button", class: "quiet" }, scale)
    button.onclick = () => actions.rescale(scale)
    return { scale, button }
  })
  const key = html("span", { class: "legend" })
  const status = html("span", { class: "status" })
  const bar = html(
    "div",
    { class: "bar" },
    html("span", { class: "title" }, "Loss"),
    key,
    status,
    html(
      "span",
      { class: "switch", role: "group", "aria-label": "Scale of the loss" },
      ...scales.map(({ button }) => button),
    ),
  )
  const timeline = {
    root: html("div", { class: "timeline" }, bar, track),
    track,
    context: contextOf(curves),
    /** The curves as they are behind the playhead, ahead of it, and beyond all that has been seen. */
    lines: {
      behind: contextOf(html("canvas")),
      ahead: contextOf(html("canvas")),
      beyond: contextOf(html("canvas")),
    },
    axes,
    head,
    key,
    status,
    scales,
    /** @type {LossScaleName} */
    scale: "linear",
    width: 0,
    left: TIME.left,
    /** The pixels from the first step to the last. */
    span: 0,
    last: 0,
    /** @type {Words[]} */
    words: [],
    /** Where the playhead is drawn. */
    at: 0,
    stale: true,
  }
  setScale(timeline, "linear")
  followMouse(timeline, actions)
  followTouch(timeline, actions)
  return timeline
}

/** @param {Timeline} timeline @param {TimelineActions} actions */
function followMouse(timeline, actions) {
  const { track } = timeline
  /** @type {number | null} where the track lies while it is dragged */
  let left = null
  track.onpointerdown = (event) => {
    if (event.button || event.pointerType === "touch") return
    // Read once: in a frame it would cost a layout.
    left = track.getBoundingClientRect().left
    try {
      track.setPointerCapture(event.pointerId)
    } catch {
      // A pointer that has gone already cannot be captured, and need not be.
    }
    actions.scrubStart()
    actions.scrub(partAt(timeline, event.clientX - left))
  }
  track.onpointermove = (event) => {
    if (left !== null) actions.scrub(partAt(timeline, event.clientX - left))
  }
  track.onpointerup = track.onpointercancel = () => {
    if (left === null) return
    left = null
    actions.scrubEnd()
  }
}

/** @param {Timeline} timeline @param {TimelineActions} actions */
function followTouch(timeline, actions) {
  let start = 0
  followFinger(timeline.track, {
    thumb: () => timeline.at,
    touch: () => {},
    start: () => {
      start = timeline.at
      actions.scrubStart()
    },
    move: (pixels) => actions.scrub(partAt(timeline, start + pixels)),
    end: actions.scrubEnd,
    cancel: () => {
      actions.scrub(partAt(timeline, start))
      actions.scrubEnd()
    },
  })
}

/** @param {Pick<Timeline, "scale" | "scales">} timeline @param {LossScaleName} scale */
export function setScale(timeline, scale) {
  timeline.scale = scale
  for (const choice of timeline.scales) set(choice.button, "aria-pressed", choice.scale === scale)
}

/** @param {Timeline} timeline @param {Reel} reel @param {Colors} colors @param {number} width */
export function arrangeTimeline(timeline, reel, colors, width) {
  timeline.width = width
  timeline.left = roomForNumbers(timeline.axes)
  timeline.span = width - timeline.left - TIME.right
  const { behind, ahead, beyond } = timeline.lines
  for (const context of [timeline.context, behind, ahead, beyond]) fitCanvas(context, width, TIME.height)
  set(timeline.axes, "width", width)
  redrawTimeline(timeline, reel, colors)
}

/**
 * The curves and axes of another run in the same size: nothing is measured, which would cost a layout.
 * @param {Timeline} timeline
 * @param {Reel} reel
 * @param {Colors} colors
 */
export function redrawTimeline(timeline, reel, colors) {
  timeline.last = reel.end
  const floor = TIME.height - TIME.bottom - 3
  const scale = reel.common
    ? withBeyond(lossScale(reel.common, timeline.scale, TIME.top, floor), reel.loss)
    : lossScale(reel.loss, timeline.scale, TIME.top, floor, reel.left)
  const x = reel.steps.map((step) => pixelOf(timeline, step))
  const { behind, ahead, beyond: unseen } = timeline.lines
  for (const context of [behind, ahead, unseen]) {
    context.clearRect(0, 0, timeline.width, TIME.height)
    drawFutures(timeline, context, reel, scale.y, colors)
  }
  drawCurves(behind, reel, x, scale.y, colors, 1)
  drawCurves(ahead, reel, x, scale.y, colors, 0.28)
  const { parts, words } = timelineAxes(timeline, reel, scale)
  timeline.words = words
  timeline.axes.replaceChildren(...parts, ...ceilingMarks(x, reel, scale))
  const beyond = scale.beyond === null
    ? []
    : [`▲ off the scale: up to ${fitNumber(scale.beyond, reel.precision, AXIS_CHARACTERS)}`]
  timeline.key.replaceChildren(
    html("span", { class: "key" }, lineSample(SOLID), "train"),
    ...(reel.loss.test ? [html("span", { class: "key" }, lineSample(TEST_DASH), "test")] : []),
    ...beyond.map((text) => html("span", { class: "key" }, text)),
  )
  set(timeline.track, "aria-valuemax", reel.last)
  timeline.stale = true
}

/**
 * What was left behind: as faint wherever the playhead stands.
 * @param {Timeline} timeline
 * @param {CanvasRenderingContext2D} context
 * @param {Reel} reel
 * @param {(loss: number) => number | null} y
 * @param {Colors} colors
 */
function drawFutures(timeline, context, { left }, y, colors) {
  context.lineWidth = 1.3
  context.setLineDash(SOLID)
  context.strokeStyle = rgb(colors.text, left.length > FEW ? 0.22 : 0.38)
  for (const { steps, loss } of left) {
    context.beginPath()
    loss.forEach((value, k) => {
      const at = y(value)
      if (at !== null) context.lineTo(pixelOf(timeline, steps[k]), at)
    })
    context.stroke()
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Reel} reel
 * @param {number[]} x of each key frame
 * @param {(loss: number) => number | null} y
 * @param {Colors} colors
 * @param {number} alpha
 */
function drawCurves(context, { loss }, x, y, colors, alpha) {
  context.lineWidth = 1.8
  context.lineJoin = "round"
  /** @type {(losses: Float64Array, dash: number[], opacity: number) => void} */
  const draw = (losses, dash, opacity) => {
    context.beginPath()
    losses.forEach((value, k) => {
      const at = y(value)
      if (at !== null) context.lineTo(x[k], at)
    })
    context.setLineDash(dash)
    context.strokeStyle = rgb(colors.text, opacity)
    context.stroke()
  }
  if (loss.test) draw(loss.test, TEST_DASH, 0.72 * alpha)
  draw(loss.train, SOLID, alpha)
}

/** @param {Timeline} timeline @param {Reel} reel @param {number} playhead */
export function paintTimeline(timeline, reel, playhead) {
  const x = Math.round(pixelOf(timeline, stepAt(reel, playhead)) * 2) / 2
  if (!timeline.stale && timeline.at === x) return
  timeline.stale = false
  timeline.at = x
  const { context, lines, width } = timeline
  const { canvas: behind } = lines.behind
  const ratio = behind.width / width
  const split = Math.round(x * ratio)
  const hasMore = reel.reached < reel.steps[reel.count - 1]
  const seen = hasMore ? Math.max(Math.round(pixelOf(timeline, reel.reached) * ratio), split) : behind.width
  context.clearRect(0, 0, width, TIME.height)
  drawPart(context, behind, 0, split, ratio)
  drawPart(context, lines.ahead.canvas, split, seen, ratio)
  drawPart(context, lines.beyond.canvas, seen, behind.width, ratio)
  timeline.head.style.transform = `translateX(${x}px)`
  for (const { node, from, to } of timeline.words) {
    set(node, "visibility", x > from - HEAD_ROOM && x < to + HEAD_ROOM ? "hidden" : "visible")
  }
}

/**
 * Draws what a canvas shows between two of its columns.
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} source
 * @param {number} from
 * @param {number} to
 * @param {number} ratio how many columns make a pixel of the page
 */
function drawPart(context, source, from, to, ratio) {
  const width = to - from
  if (width <= 0) return
  const { height } = source
  context.drawImage(source, from, 0, width, height, from / ratio, 0, width / ratio, TIME.height)
}

/**
 * Where the slider stands, for screen readers; written at rest and at every step that a key takes.
 * @param {Timeline} timeline
 * @param {Reel} reel
 * @param {number} index the key frame
 */
export function describeTimeline(timeline, reel, index) {
  set(timeline.track, "aria-valuemax", reel.last)
  set(timeline.track, "aria-valuenow", reel.steps[index])
  set(timeline.track, "aria-valuetext", stepText(reel, index))
}

/** @param {Reel} reel @param {number} index the key frame */
export function stepText({ steps, last, loss, precision }, index) {
  /** @param {Float64Array} losses */
  const number = (losses) => formatNumber(losses[index], precision)
  const test = loss.test ? `, test loss ${number(loss.test)}` : ""
  return `Step ${steps[index].toLocaleString("en-US")} of ${last.toLocaleString("en-US")}, train loss ${
    number(loss.train)
  }${test}`
}
