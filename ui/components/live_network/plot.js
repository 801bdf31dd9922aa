// A small plot of the loss against the value of one control, with the tangent where it stands.

import { inkOf, mix } from "../base/color.js"
import { set, setText, svg } from "../base/dom.js"
import { exactOnScreen, fitNumber, formatColumn, formatNumber, isNumber } from "../base/format.js"
import { CHARACTER_WIDTH, charactersIn } from "./layout.js"
import { trackOf } from "../base/track.js"

/** @import { Film } from "../base/film.js" */
/** @import { Palette } from "../base/color.js" */
/** @import { Plotted, Scene } from "./scene.js" */

const PLOT = { width: 264, height: 126, left: 56, right: 258, top: 25, bottom: 106 }
const INSET = 4
// The axis is at least this part of the loss high, so that what makes no difference to the loss looks flat.
const LEAST_SHARE = 1e-3
// On a logarithmic axis of values, where training may diverge, the axis ends at so many times the loss at its start.
const MOST_TIMES = 4
// Losses below this are rounding noise.
const LEAST_SPAN = 1e-12
const STEPS = [1, 2, 5]
const TICK_SIZE = 10
const SLOPE_SIZE = 11
const SMALLEST_SIZE = 8
// Of the caption's face, about, in pixels a character.
const CAPTION_CHARACTER = 5.6

/** @typedef {ReturnType<typeof buildPlot>} Plot */

/**
 * Where values and losses up to `ceiling` stand in the plot, and how many pixels each takes where a value stands.
 * @typedef {{
 *   x: (value: number) => number, y: (loss: number) => number, perValue: (value: number) => number, perLoss: number,
 *   ceiling: number,
 * }} Axes
 */

export function buildPlot() {
  const root = svg("svg", { class: "plot", viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img" })
  const line = (/** @type {number} */ y) =>
    svg("line", { x1: PLOT.left, x2: PLOT.right, y1: y, y2: y, class: "axis" })
  const scale = (/** @type {number} */ y) =>
    svg("text", { x: PLOT.left - 6, y: y + 4, class: "tick loss end" })
  const parts = {
    title: svg("text", { x: 0, y: 12, class: "caption" }),
    slope: svg("text", { x: PLOT.right, y: 12, class: "slope" }),
    ceiling: line(PLOT.top),
    axis: line(PLOT.bottom),
    curve: svg("path", { class: "curve" }),
    tangent: svg("line", { class: "tangent" }),
    dot: svg("circle", { r: 4.5, class: "dot" }),
    highest: scale(PLOT.top),
    lowest: scale(PLOT.bottom),
    low: svg("text", { x: PLOT.left, y: PLOT.height - 4, class: "tick" }),
    high: svg("text", { x: PLOT.right, y: PLOT.height - 4, class: "tick end" }),
  }
  root.append(...Object.values(parts))
  return {
    root,
    ...parts,
    /** @type {Film | null} the film whose curve is drawn */
    film: null,
    /** @type {Axes | null} null where no loss of it can be drawn */
    axes: null,
  }
}

/**
 * The vertical axis for a curve of losses: round ends that hold all of it, and as many digits as tell them apart.
 * @param {ArrayLike<number>} losses
 * @returns {{ low: number, high: number, digits: number } | null} null where no loss can be drawn
 */
export function lossAxis(losses) {
  const known = Array.from(losses).filter(isNumber)
  if (!known.length) return null
  const least = known.reduce((a, b) => Math.min(a, b))
  const most = known.reduce((a, b) => Math.max(a, b))
  const size = Math.max(Math.abs(least), Math.abs(most))
  const height = Math.max(size * LEAST_SHARE, LEAST_SPAN)
  const lack = Math.max(height - (most - least), 0) / 2
  const from = least >= 0 ? Math.max(least - lack, 0) : least - lack
  const to = Math.max(most + lack, from + height)
  const step = roundStep((to - from) / 10)
  if (!Number.isFinite(step)) return null
  const low = Math.floor(from / step + 1e-9) * step
  const high = Math.ceil(to / step - 1e-9) * step
  const digits = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high)))) -
    Math.floor(Math.log10(step)) + 1
  return { low, high, digits: Math.min(Math.max(digits, 1), 15) }
}

/**
 * The largest of 1, 2, 5, 10, … times a power of ten that is at most `value`.
 * @param {number} value
 */
function roundStep(value) {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.findLast((digit) => digit * power <= value * (1 + 1e-9)) ?? 1) * power
}

/**
 * At most `size`, and so small that the text is no longer than `width`.
 * @param {number} width
 * @param {string} text
 * @param {number} size
 */
function sizeIn(width, text, size) {
  return Math.min(size, width / (CHARACTER_WIDTH * text.length))
}

/**
 * Values stand as they do on the slider.
 * @param {Plot} plot
 * @param {Plotted} plotted
 * @returns {Axes | null}
 */
function drawPlot(plot, { film: { positions, curve }, control: { scale } }) {
  const ceiling = scale === "log" ? MOST_TIMES * curve[0] : Infinity
  const axis = lossAxis(curve.filter((loss) => !(loss > ceiling)))
  if (!axis) return null
  const { low, high, digits } = axis
  const [first, last] = [positions[0], positions[positions.length - 1]]
  const start = trackOf(scale, first)
  const perPlace = (PLOT.right - PLOT.left - 2 * INSET) / (trackOf(scale, last) - start)
  const perValue = (/** @type {number} */ value) =>
    scale === "log" ? perPlace / (value * Math.LN10) : perPlace
  const perLoss = (PLOT.bottom - PLOT.top) / (high - low)
  const x = (/** @type {number} */ value) => PLOT.left + INSET + perPlace * (trackOf(scale, value) - start)
  const y = (/** @type {number} */ loss) => PLOT.bottom - perLoss * (loss - low)
  const points = positions.map((value, k) =>
    isNumber(curve[k]) && !(curve[k] > ceiling) ? `${x(value).toFixed(1)} ${y(curve[k]).toFixed(1)}` : null
  )
  plot.curve.setAttribute(
    "d",
    points.map((point, k) => (point ? (points[k - 1] ? "L" : "M") + point : "")).join(""),
  )
  setText(plot.low, exactOnScreen(first))
  setText(plot.high, exactOnScreen(last))
  const texts = formatColumn([low, high], { digits, decimals: null })
  for (const [k, node] of [plot.lowest, plot.highest].entries()) {
    setText(node, texts[k])
    set(node, "style", `font-size: ${sizeIn(PLOT.left - 8, texts[k], TICK_SIZE).toFixed(1)}px`)
  }
  return { x, y, perValue, perLoss, ceiling }
}

/**
 * @param {Plot} plot
 * @param {Scene} scene
 */
export function describePlot(plot, { plotted, palette, precision }) {
  if (!plotted) return
  const { control, film, index } = plotted
  const slope = film.slope[index]
  const shown = formatNumber(slope, precision)
  const what = control.id === "eta" ? "loss after the step" : "loss"
  setText(plot.title, `${what} along ${control.label}`)
  const room = PLOT.right - CAPTION_CHARACTER * `${what} along ${control.label}`.length
  const fitting = `slope ${fitNumber(slope, precision, charactersIn(room, SMALLEST_SIZE) - "slope ".length)}`
  setText(plot.slope, fitting)
  set(plot.slope, "style", `font-size: ${sizeIn(room, fitting, SLOPE_SIZE).toFixed(1)}px`)
  set(plot.slope, "fill", inkOf(slope, palette) ?? "currentColor")
  set(
    plot.root,
    "aria-label",
    `The ${what} against ${control.name}; the slope at the present value is ${shown}`,
  )
}

/**
 * The ends of the tangent through a point, which stays between the ends of both axes.
 * @param {number} x
 * @param {number} y
 * @param {number} rise in pixels, upward for each to the right
 */
export function tangentEnds(x, y, rise) {
  const steepness = Math.max(Math.abs(rise), 1e-9)
  const half = Math.min(46, 40 / steepness)
  const [above, below] = [y - PLOT.top, PLOT.bottom - y].map((room) => Math.max(room, 0) / steepness)
  const before = Math.min(half, x - PLOT.left, rise < 0 ? above : below)
  const after = Math.min(half, PLOT.right - x, rise < 0 ? below : above)
  return { x1: x - before, x2: x + after, y1: y + before * rise, y2: y - after * rise }
}

/**
 * @param {Plot} plot
 * @param {Plotted | null} plotted
 * @param {Palette} palette
 */
export function paintPlot(plot, plotted, palette) {
  if (plotted && plot.film !== plotted.film) {
    plot.film = plotted.film
    plot.axes = drawPlot(plot, plotted)
  }
  const { axes } = plot
  set(plot.root, "visibility", plotted && axes ? "visible" : "hidden")
  if (!plotted || !axes) return
  const { film, index } = plotted
  const loss = film.curve[index]
  const slope = film.slope[index]
  const drawable = isNumber(loss) && isNumber(slope) && !(loss > axes.ceiling)
  for (const part of [plot.tangent, plot.dot]) set(part, "visibility", drawable ? "inherit" : "hidden")
  if (!drawable) return
  const value = film.positions[index]
  const x = axes.x(value)
  const y = axes.y(loss)
  const ends = tangentEnds(x, y, slope * axes.perLoss / axes.perValue(value))
  for (const [name, place] of Object.entries(ends)) set(plot.tangent, name, place.toFixed(1))
  set(
    plot.tangent,
    "stroke",
    slope === 0 ? "currentColor" : mix(palette.zero, slope < 0 ? palette.negative : palette.positive, 1),
  )
  set(plot.dot, "cx", x.toFixed(1))
  set(plot.dot, "cy", y.toFixed(1))
}
