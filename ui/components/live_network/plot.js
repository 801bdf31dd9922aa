// A small plot of the loss against the value of one control, with the tangent where it stands.

import { inkOf, mix } from "../base/color.js"
import { set, setText, svg } from "../base/dom.js"
import { exactOnScreen, fitNumber, formatColumn, formatNumber, isNumber } from "../base/format.js"
import { CHARACTER_WIDTH, charactersIn } from "./layout.js"

const PLOT = { width: 264, height: 116, left: 56, right: 258, top: 25, bottom: 96 }
const INSET = 4
// The axis is at least this part of the loss high, so that what makes no difference to the loss looks flat.
const LEAST_SHARE = 1e-3
// Losses below this are rounding noise.
const LEAST_SPAN = 1e-12
const STEPS = [1, 2, 5]
const TICK_SIZE = 10
const SLOPE_SIZE = 11
const SMALLEST_SIZE = 8
// Of the caption's face, about, in pixels a character.
const CAPTION_CHARACTER = 5.6

export function buildPlot() {
  const root = svg("svg", { class: "plot", viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img" })
  const line = (y) => svg("line", { x1: PLOT.left, x2: PLOT.right, y1: y, y2: y, class: "axis" })
  const scale = (y) => svg("text", { x: PLOT.left - 6, y: y + 4, class: "tick loss end" })
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
  return { root, ...parts, film: null }
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
  const wanted = Math.max(size * LEAST_SHARE, LEAST_SPAN)
  const lack = Math.max(wanted - (most - least), 0) / 2
  const from = least >= 0 ? Math.max(least - lack, 0) : least - lack
  const to = Math.max(most + lack, from + wanted)
  const step = roundStep((to - from) / 10)
  if (!Number.isFinite(step)) return null
  const low = Math.floor(from / step + 1e-9) * step
  const high = Math.ceil(to / step - 1e-9) * step
  const digits = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high)))) -
    Math.floor(Math.log10(step)) + 1
  return { low, high, digits: Math.min(Math.max(digits, 1), 15) }
}

// The largest of 1, 2, 5, 10, … times a power of ten that is at most `value`.
function roundStep(value) {
  const power = 10 ** Math.floor(Math.log10(value))
  return (STEPS.findLast((digit) => digit * power <= value * (1 + 1e-9)) ?? 1) * power
}

// At most `size`, and so small that the text is no longer than `width`.
function sizeIn(width, text, size) {
  return Math.min(size, width / (CHARACTER_WIDTH * text.length))
}

function drawPlot(plot, film) {
  const { positions, curve } = film
  const across = PLOT.right - PLOT.left - 2 * INSET
  const up = PLOT.bottom - PLOT.top
  const { low, high, digits } = plot.scale
  plot.perValue = across / (positions.at(-1) - positions[0])
  plot.perLoss = up / (high - low)
  plot.x = (value) => PLOT.left + INSET + plot.perValue * (value - positions[0])
  plot.y = (loss) => PLOT.bottom - plot.perLoss * (loss - low)
  const points = positions.map((value, k) =>
    isNumber(curve[k]) ? `${plot.x(value).toFixed(1)} ${plot.y(curve[k]).toFixed(1)}` : null
  )
  plot.curve.setAttribute(
    "d",
    points.map((point, k) => (point ? (points[k - 1] ? "L" : "M") + point : "")).join(""),
  )
  setText(plot.low, exactOnScreen(positions[0]))
  setText(plot.high, exactOnScreen(positions.at(-1)))
  const [lowest, highest] = formatColumn([low, high], { digits, decimals: null })
  for (const [node, text] of [[plot.lowest, lowest], [plot.highest, highest]]) {
    setText(node, text)
    set(node, "style", `font-size: ${sizeIn(PLOT.left - 8, text, TICK_SIZE).toFixed(1)}px`)
  }
}

export function describePlot(plot, { plotted, plottedControl: control, plottedIndex, palette, precision }) {
  if (!plotted) return
  const slope = plotted.slope[plottedIndex]
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

export function paintPlot(plot, film, index, palette) {
  if (film && plot.film !== film) {
    plot.film = film
    plot.scale = lossAxis(film.curve)
    if (plot.scale) drawPlot(plot, film)
  }
  const isThere = Boolean(film && plot.scale)
  set(plot.root, "visibility", isThere ? "visible" : "hidden")
  if (!isThere) return
  const loss = film.curve[index]
  const slope = film.slope[index]
  const drawable = isNumber(loss) && isNumber(slope)
  for (const part of [plot.tangent, plot.dot]) set(part, "visibility", drawable ? "inherit" : "hidden")
  if (!drawable) return
  const x = plot.x(film.positions[index])
  const y = plot.y(loss)
  const rise = slope * plot.perLoss / plot.perValue
  const half = Math.min(46, 40 / Math.max(Math.abs(rise), 1e-9))
  for (
    const [name, value] of [
      ["x1", x - half],
      ["x2", x + half],
      ["y1", y + half * rise],
      ["y2", y - half * rise],
    ]
  ) set(plot.tangent, name, value.toFixed(1))
  set(
    plot.tangent,
    "stroke",
    mix(palette.zero, slope < 0 ? palette.negative : palette.positive, slope === 0 ? 0.3 : 1),
  )
  set(plot.dot, "cx", x.toFixed(1))
  set(plot.dot, "cy", y.toFixed(1))
}
