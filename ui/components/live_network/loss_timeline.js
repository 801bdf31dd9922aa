// The loss over training steps as a timeline: what was taken, what was left behind, and what would follow.

import { contextOf, copyCanvas, fitCanvasLike } from "../base/canvas.js"
import { html, set, setText } from "../base/dom.js"
import { atMost, filmPrecision, formatNumber } from "../base/format.js"
import { filmAt } from "./films.js"
import { readLosses } from "./loss_ahead.js"
import { extentOf, grownRange, lossRange, TIMELINE } from "./loss_timeline_axis.js"
import { drawAhead, drawSeen, endText, fitTimeline, lossOfStep } from "./loss_timeline_canvas.js"
import { followMoves } from "./loss_timeline_moves.js"

/** @import { Scale } from "../base/color.js" */
/** @import { LossAhead } from "./loss_ahead.js" */
/** @import { Extent, LossRange } from "./loss_timeline_axis.js" */
/** @import { Timed, TimelineInks } from "./loss_timeline_canvas.js" */
/** @import { TimelineMoves } from "./loss_timeline_moves.js" */
/** @import { Choices, NetworkModel, NetworkPosted } from "./model.d.ts" */
/** @import { LiveState } from "./state.js" */

const END_DIGITS = 3

/** @typedef {{ curve: LossAhead, old: LossAhead[], extent: Extent }} SeenCurves */
/** @typedef {ReturnType<typeof buildLossTimeline>} LossTimeline */

/**
 * @param {Choices} choices
 * @param {TimelineMoves & { changeView: (change: Partial<NetworkPosted["view"]>) => void }} actions
 * @param {() => number | null} target the step that it is moved to, also between two frames
 */
export function buildLossTimeline({ loss_scales, horizons }, actions, target) {
  const canvas = html("canvas", { "aria-hidden": "true" })
  const track = html("div", { class: "loss-track" }, canvas)
  const step = html("span", { class: "at-step" })
  const hint = html("span", { class: "timeline-hint" })
  /** @type {(value: string | number, label: string, name: string, choose: () => void) => HTMLButtonElement} */
  const choice = (value, label, name, choose) => {
    const button = html(
      "button",
      { type: "button", class: "choice", "data-choice": value, title: name },
      label,
    )
    button.addEventListener("click", choose)
    return button
  }
  const scales = Object.entries(loss_scales).map(([scale, label]) =>
    choice(
      scale,
      label,
      `${label} scale of the loss`,
      () => actions.changeView({ loss_scale: /** @type {Scale} a key of the choices */ (scale) }),
    )
  )
  const ahead = horizons.map((steps) =>
    choice(steps, String(steps), `${steps} steps ahead`, () => actions.changeView({ horizon: steps }))
  )
  const group = (/** @type {string} */ name, /** @type {Element[]} */ buttons, /** @type {string} */ unit) =>
    html("span", { class: "choices", role: "group", "aria-label": name }, ...buttons, unit)
  const bar = html("div", { class: "timeline-bar" }, step, hint)
  // Of one horizon alone, as in a saved page, there is nothing to choose.
  if (ahead.length > 1) bar.append(group("Steps ahead", ahead, "steps ahead"))
  bar.append(group("Scale of the loss", scales, ""))
  const timeline = {
    root: html("div", { class: "loss-timeline" }, bar, track),
    track,
    step,
    hint,
    scales,
    ahead,
    context: contextOf(canvas),
    /** What stays while a slider moves. */
    seenContext: contextOf(html("canvas")),
    width: 0,
    /** @type {TimelineInks | null} */
    inks: null,
    /** @type {LossRange | null} */
    range: null,
    /** @type {Timed | null} what is shown */
    timed: null,
    /** @type {{ of: unknown, seen: SeenCurves } | null} the seen curves, and the data that they were read from */
    known: null,
    /** What was drawn of them, and how. */
    drawn: "",
    /** @type {unknown} */
    drawnOf: null,
    movable: false,
    /** Whether the losses are withheld. */
    withheld: false,
  }
  followMoves(track, () => readTrack(timeline, target()), actions)
  return timeline
}

/**
 * @param {Pick<LossTimeline, "timed" | "movable" | "width">} timeline
 * @param {number | null} target
 */
function readTrack({ timed, movable, width }, target) {
  if (!timed || !movable) return null
  const { axis, position } = timed
  return { axis, at: target ?? position, most: reachOf(timed), width }
}

/**
 * The last step that can be gone to.
 * @param {Pick<Timed, "curve" | "ahead" | "position">} timed
 */
function reachOf({ curve, ahead, position }) {
  return Math.max(lastStep(curve), position + lastStep(ahead))
}

/** @param {LossAhead} curve */
function lastStep({ steps }) {
  return steps[steps.length - 1]
}

/**
 * Takes the width of the place it has, which costs a layout.
 * @param {LossTimeline} timeline
 */
export function fitLossTimeline(timeline) {
  timeline.width = timeline.track.clientWidth
  timeline.drawn = ""
  if (!timeline.width) return
  fitTimeline(timeline.context, timeline.width)
  fitCanvasLike(timeline.seenContext, timeline.context)
}

/**
 * Takes the colors of the theme, or of paper.
 * @param {LossTimeline} timeline
 */
export function colorLossTimeline(timeline) {
  const style = getComputedStyle(timeline.track)
  const color = (/** @type {string} */ name) => style.getPropertyValue(name).trim()
  timeline.inks = {
    curve: color("--st-primary-color"),
    text: style.color,
    muted: getComputedStyle(timeline.hint).color,
    line: color("--st-border-color"),
    ground: color("--st-background-color"),
    font: `11px ${style.fontFamily}`,
  }
  timeline.drawn = ""
}

/**
 * @param {LossTimeline} timeline
 * @param {NetworkModel} data
 * @param {LossAhead} ahead
 * @returns {SeenCurves}
 */
function readSeen(timeline, { past, future }, ahead) {
  const of = past ?? future
  if (timeline.known?.of !== of) {
    const start = { steps: [0], loss: [ahead.loss[0]], last: ahead.loss[0] }
    const curve = past ? readLosses(past.curve) : start
    const old = past ? past.old.map(readLosses) : []
    const extent = extentOf(past ? [curve, ...old].map(({ loss }) => loss) : [])
    timeline.known = { of, seen: { curve, old, extent } }
  }
  return timeline.known.seen
}

/**
 * The loss ahead: of the present numbers, or of the place of a slider that moves.
 * @param {Pick<LiveState, "data" | "moving" | "films">} state
 * @returns {LossAhead | null}
 */
function readAhead({ data, moving, films }) {
  const film = filmAt(films, moving)
  if (film?.future && moving) return film.future.at(moving.value)
  return data.future && readLosses(data.future)
}

/**
 * What the timeline shows of a state; null where nothing is to be shown.
 * @param {LossTimeline} timeline
 * @param {LiveState} state
 * @returns {Timed | null}
 */
function readTimed(timeline, state) {
  const ahead = readAhead(state)
  if (!ahead) return null
  const { data, view, moving, seeking } = state
  const { curve, old, extent } = readSeen(timeline, data, ahead)
  const position = data.training?.position ?? 0
  const found = lossRange(extent, ahead.loss, view.loss_scale)
  const range = moving ? grownRange(found, timeline.range) : found
  const last = Math.max(reachOf({ curve, ahead, position }), ...old.map(lastStep), 1)
  const axis = { left: TIMELINE.left, span: timeline.width - TIMELINE.left - TIMELINE.right, last }
  const precision = atMost(moving ? filmPrecision(view.precision) : view.precision, END_DIGITS)
  return { curve, old, ahead, position, target: seeking?.step ?? null, range, axis, precision }
}

/**
 * @param {LossTimeline} timeline
 * @param {LiveState} state
 * @param {boolean} isWithheld whether the losses are still to be predicted
 */
export function paintLossTimeline(timeline, state, isWithheld) {
  const { context, seenContext, width, inks } = timeline
  const timed = isWithheld ? null : readTimed(timeline, state)
  timeline.withheld = isWithheld
  if (isWithheld) context.clearRect(0, 0, width, TIMELINE.height)
  timeline.timed = timed
  timeline.range = timed?.range ?? null
  timeline.movable = state.data.training !== null
  if (!timed || !inks || width <= TIMELINE.left + TIMELINE.right) return
  const { range, position, axis } = timed
  const drawn = `${JSON.stringify(range)}|${position}|${axis.last}`
  const isKnown = timeline.drawn === drawn && timeline.drawnOf === timeline.known
  if (!isKnown) drawSeen(seenContext, width, timed, inks)
  timeline.drawn = drawn
  timeline.drawnOf = timeline.known
  copyCanvas(context, seenContext)
  drawAhead(context, timed, inks)
}

/**
 * The texts above the curves, and the slider that the timeline is for keys and screen readers.
 * @param {LossTimeline} timeline
 * @param {LiveState} state
 */
export function describeLossTimeline(timeline, { data, view }) {
  const { track, timed } = timeline
  timeline.root.hidden = !timed && !timeline.withheld
  for (const button of timeline.scales) {
    set(button, "aria-pressed", button.dataset.choice === view.loss_scale)
  }
  for (const button of timeline.ahead) {
    set(button, "aria-pressed", Number(button.dataset.choice) === view.horizon)
  }
  if (!timed) return describeWithheld(timeline, data.training?.position ?? 0)
  const { position, target, ahead, precision } = timed
  const end = lastStep(timed.curve)
  setText(timeline.step, stepWords(timed))
  const steps = lastStep(ahead).toLocaleString("en-US")
  const left = data.past?.left ? ` · faint: as it went on before ${data.past.left}` : ""
  const take = timeline.movable ? " · drag there to take them" : ""
  setText(timeline.hint, `dotted: the next ${steps} steps${take}${left}`)
  const aheadWords = `ahead: ${endText(ahead, precision, position)}`
  const words = `${stepWords(timed)}; ${aheadWords}`
  if (!timeline.movable) {
    set(track, "role", "img")
    set(track, "aria-label", `Loss over training steps. ${words}`)
    return
  }
  const text = target === null ? `Step ${position} of ${end}; ${aheadWords}` : words
  nameTrack(track, target ?? position, reachOf(timed), text)
}

/**
 * @param {HTMLElement} track
 * @param {number} step
 * @param {number} most the last step
 * @param {string} text
 */
function nameTrack(track, step, most, text) {
  set(track, "role", "slider")
  set(track, "tabindex", 0)
  set(track, "aria-label", "Training step")
  set(track, "aria-valuemin", 0)
  set(track, "aria-valuemax", most)
  set(track, "aria-valuenow", step)
  set(track, "aria-valuetext", text)
}

/**
 * The texts where losses are withheld.
 * @param {LossTimeline} timeline
 * @param {number} position
 */
function describeWithheld({ track, step, hint, withheld, movable }, position) {
  if (!withheld) return
  const words = "losses are withheld until they are predicted"
  setText(step, `step ${position.toLocaleString("en-US")}`)
  setText(hint, words)
  if (!movable) {
    set(track, "role", "img")
    return set(track, "aria-label", `Loss over training steps: ${words}`)
  }
  nameTrack(track, position, position, `Step ${position}; ${words}`)
}

/**
 * Where the timeline stands: the present step, or the one it is moved to and the loss there.
 * @param {Timed} timed
 */
export function stepWords(timed) {
  const { position, target, curve, precision } = timed
  if (target === null) return `step ${position.toLocaleString("en-US")}`
  const { loss, kept } = lossOfStep(timed, target)
  const number = Number.isNaN(loss) ? "diverges" : `loss ${kept ? "" : "≈ "}${formatNumber(loss, precision)}`
  const more = target - Math.max(lastStep(curve), position)
  const taking = more > 0 ? `, ${more.toLocaleString("en-US")} ${more === 1 ? "step" : "steps"} to take` : ""
  return `step ${target.toLocaleString("en-US")}: ${number}${taking}`
}
