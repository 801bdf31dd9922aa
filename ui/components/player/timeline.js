// The loss curve as the timeline: what lies ahead of the playhead is faint.

import { html, set, svg } from "../base/dom.js"
import { fitNumber, formatNumber } from "../base/format.js"
import { followFinger } from "../base/touch.js"
import { clippedStretches, lossScale } from "./loss_scale.js"
import { dashes, fitCanvas, SOLID } from "./network.js"
import { rgb } from "./palette.js"
import { ticks } from "./plane.js"
import { stepAt } from "./reel.js"

const TIME = { left: 52, right: 16, top: 16, bottom: 20, height: 108 }
const AXIS_CHARACTERS = 6
const CEILING_GAP = 14

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
  const scales = ["linear", "log"].map((scale) => {
    const button = html("button", {
      type: "button",
      class: "quiet",
      "aria-pressed": String(scale === "linear"),
    }, scale)
    button.onclick = () => actions.rescale(scale)
    return button
  })
  const key = html("span", { class: "legend" })
  const bar = html(
    "div",
    { class: "bar" },
    html("span", { class: "title" }, "Loss"),
    key,
    html("span", { class: "switch", role: "group", "aria-label": "Scale of the loss" }, ...scales),
  )
  const timeline = {
    root: html("div", { class: "timeline" }, bar, track),
    track,
    curves,
    axes,
    head,
    key,
    scales,
    left: TIME.left,
    scale: "linear",
    dragging: null,
  }
  const seek = (event) => {
    const part = (event.clientX - timeline.dragging - timeline.left) / timeline.span
    actions.scrub(Math.min(Math.max(part, 0), 1))
  }
  track.onpointerdown = (event) => {
    if (event.button || event.pointerType === "touch") return
    // Where the track lies is read once: in a frame it would cost a layout.
    timeline.dragging = track.getBoundingClientRect().left
    try {
      track.setPointerCapture(event.pointerId)
    } catch {
      // A pointer that has gone already cannot be captured, and need not be.
    }
    actions.scrubStart()
    seek(event)
  }
  track.onpointermove = (event) => timeline.dragging !== null && seek(event)
  track.onpointerup = track.onpointercancel = () => {
    if (timeline.dragging === null) return
    timeline.dragging = null
    actions.scrubEnd()
  }
  let start = 0
  followFinger(track, {
    thumb: () => timeline.at,
    touch: () => {},
    start: () => {
      start = timeline.at
      actions.scrubStart()
    },
    move: (pixels) =>
      actions.scrub(Math.min(Math.max((start + pixels - timeline.left) / timeline.span, 0), 1)),
    end: actions.scrubEnd,
    cancel: () => {
      actions.scrub((start - timeline.left) / timeline.span)
      actions.scrubEnd()
    },
  })
  return timeline
}

export function setScale(timeline, scale) {
  timeline.scale = scale
  for (const button of timeline.scales) set(button, "aria-pressed", String(button.textContent === scale))
}

export function arrangeTimeline(timeline, reel, colors, width) {
  timeline.width = width
  timeline.left = roomForNumbers(timeline)
  timeline.span = width - timeline.left - TIME.right
  timeline.x = (step) => timeline.left + (reel.last ? step / reel.last : 0) * timeline.span
  timeline.context = fitCanvas(timeline.curves, width, TIME.height)
  const { low, high, beyond, y } = lossScale(
    reel.loss,
    timeline.scale,
    TIME.top,
    TIME.height - TIME.bottom - 3,
  )
  const line = { train: html("canvas"), faint: html("canvas") }
  for (const [name, alpha] of [["train", 1], ["faint", 0.28]]) {
    const context = fitCanvas(line[name], width, TIME.height)
    for (const [which, dash] of [["test", [4, 3]], ["train", SOLID]]) {
      if (!reel.loss[which]) continue
      context.beginPath()
      reel.steps.forEach((step, k) => {
        const at = y(reel.loss[which][k])
        if (at !== null) context.lineTo(timeline.x(step), at)
      })
      context.setLineDash(dash)
      context.lineWidth = 1.8
      context.lineJoin = "round"
      context.strokeStyle = rgb(colors.text, alpha * (which === "test" ? 0.72 : 1))
      context.stroke()
    }
  }
  timeline.lines = line
  set(timeline.axes, "width", width)
  timeline.axes.replaceChildren(
    ...timelineAxes(timeline, reel, low, high, y),
    ...ceilingMarks(timeline, reel, high, beyond),
  )
  timeline.key.replaceChildren(
    html("span", { class: "key" }, dashes("none"), "train"),
    ...(reel.loss.test ? [html("span", { class: "key" }, dashes("4 3"), "test")] : []),
    ...(beyond === null ? [] : [
      html(
        "span",
        { class: "key" },
        `▲ off the scale: up to ${fitNumber(beyond, reel.precision, AXIS_CHARACTERS)}`,
      ),
    ]),
  )
  set(timeline.track, "aria-valuemax", reel.last)
  timeline.drawn = null
}

// To the left of the curves; numbers are larger on large screens.
function roomForNumbers({ axes }) {
  const probe = svg("text", {}, "0".repeat(AXIS_CHARACTERS))
  axes.replaceChildren(probe)
  return Math.max(TIME.left, Math.ceil(probe.getComputedTextLength()) + 14)
}

function ceilingMarks(timeline, reel, high, beyond) {
  if (beyond === null) return []
  const x = (k) => timeline.x(reel.steps[k])
  const y = TIME.top - 3
  return clippedStretches(reel.loss, high, (from, to) => x(to) - x(from) < CEILING_GAP).map(([from, to]) => {
    const middle = (x(from) + x(to)) / 2
    return svg("path", {
      d: `M${middle - 4} ${y}h8l-4 -7zM${x(from)} ${TIME.top}H${x(to)}`,
      class: "beyond",
    })
  })
}

function timelineAxes(timeline, reel, low, high, y) {
  const base = TIME.height - TIME.bottom
  const text = (x, at, anchor, words, name = "") =>
    svg("text", { x, y: at, "text-anchor": anchor, class: name }, words)
  const parts = [
    svg("line", { x1: timeline.left, x2: timeline.left + timeline.span, y1: base, y2: base, class: "tick" }),
  ]
  const steps = reel.last ? ticks(0, reel.last, timeline.span / 90).filter(Number.isInteger) : [0]
  if (reel.last && !steps.includes(reel.last)) {
    // The last step is always named; a round one too close to it is not.
    while (timeline.x(reel.last) - timeline.x(steps.at(-1)) < 64 && steps.length > 1) steps.pop()
    steps.push(reel.last)
  }
  for (const step of steps) {
    const x = timeline.x(step)
    parts.push(svg("line", { x1: x, x2: x, y1: base, y2: base + 4, class: "tick" }))
    parts.push(text(x, base + 16, x > timeline.width - 34 ? "end" : "middle", step.toLocaleString("en-US")))
  }
  parts.push(
    text(timeline.left - 8, y(high) + 4, "end", fitNumber(high, reel.precision, AXIS_CHARACTERS)),
    text(timeline.left - 8, y(low) + 1, "end", fitNumber(low, reel.precision, AXIS_CHARACTERS)),
  )
  if (reel.best !== null && reel.last) {
    const x = timeline.x(reel.best)
    const side = x > timeline.width - 230 ? { anchor: "end", by: -8 } : { anchor: "start", by: 8 }
    parts.push(
      svg("line", { x1: x, x2: x, y1: 12, y2: base, class: "best" }),
      svg("path", { d: `M${x} 3l5 5l-5 5l-5 -5z`, class: "best mark" }),
    )
    parts.push(
      text(
        x + side.by,
        12,
        side.anchor,
        `lowest test loss, step ${reel.best.toLocaleString("en-US")}`,
        "halo-text",
      ),
    )
  }
  if (reel.diverged) {
    const x = timeline.x(reel.last)
    parts.push(svg("line", { x1: x, x2: x, y1: 2, y2: base, class: "diverged" }))
    parts.push(text(x - 6, 26, "end", "diverged", "halo-text diverged"))
  }
  return parts
}

export function paintTimeline(timeline, reel, playhead) {
  const x = Math.round(timeline.x(stepAt(reel, playhead)) * 2) / 2
  if (timeline.drawn === x) return
  timeline.drawn = x
  timeline.at = x
  const { context, lines, width } = timeline
  const ratio = lines.train.width / width
  const split = Math.round(x * ratio)
  context.clearRect(0, 0, width, TIME.height)
  if (split > 0) {
    context.drawImage(lines.train, 0, 0, split, lines.train.height, 0, 0, split / ratio, TIME.height)
  }
  const rest = lines.train.width - split
  if (rest > 0) {
    context.drawImage(
      lines.faint,
      split,
      0,
      rest,
      lines.train.height,
      split / ratio,
      0,
      rest / ratio,
      TIME.height,
    )
  }
  timeline.head.style.transform = `translateX(${x}px)`
}

// Where the slider stands, for screen readers; written at rest and at every step that a key takes.
export function describeTimeline(timeline, reel, index) {
  set(timeline.track, "aria-valuenow", reel.steps[index])
  set(timeline.track, "aria-valuetext", stepText(reel, index))
}

export function stepText(reel, index) {
  const number = (values) => formatNumber(values[index], reel.precision)
  const test = reel.loss.test ? `, test loss ${number(reel.loss.test)}` : ""
  return `Step ${reel.steps[index]} of ${reel.last}, train loss ${number(reel.loss.train)}${test}`
}
