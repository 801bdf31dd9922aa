// A small plot of the loss against the value of one control, with the tangent where it stands.

import { mix } from "../base/color.js"
import { set, setText, svg } from "../base/dom.js"
import { isNumber, short, significant } from "../base/format.js"

const PLOT = { width: 264, height: 116, left: 4, right: 260, top: 24, bottom: 98 }

export function buildPlot() {
  const root = svg("svg", { class: "plot", viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img" })
  const parts = {
    title: svg("text", { x: PLOT.left, y: 12, class: "caption" }),
    slope: svg("text", { x: PLOT.right, y: 12, class: "slope" }),
    axis: svg("line", { x1: PLOT.left, x2: PLOT.right, y1: PLOT.bottom, y2: PLOT.bottom, class: "axis" }),
    curve: svg("path", { class: "curve" }),
    tangent: svg("line", { class: "tangent" }),
    dot: svg("circle", { r: 4.5, class: "dot" }),
    low: svg("text", { x: PLOT.left, y: PLOT.height - 4, class: "tick" }),
    high: svg("text", { x: PLOT.right, y: PLOT.height - 4, class: "tick end" }),
  }
  root.append(...Object.values(parts))
  return { root, ...parts, film: null }
}

function drawCurve(plot, film) {
  const { positions, curve } = film
  const losses = [...curve].filter(isNumber)
  const low = Math.min(...losses)
  const high = Math.max(...losses)
  const span = positions.at(-1) - positions[0]
  plot.x = (value) => PLOT.left + 6 + (PLOT.right - PLOT.left - 12) * (value - positions[0]) / span
  plot.y = (loss) =>
    PLOT.bottom - 4 - (PLOT.bottom - PLOT.top - 8) * (high > low ? (loss - low) / (high - low) : 0.5)
  const points = positions.map((
    value,
    k,
  ) => (isNumber(curve[k]) ? `${plot.x(value).toFixed(1)} ${plot.y(curve[k]).toFixed(1)}` : null))
  plot.curve.setAttribute(
    "d",
    points.map((point, k) => (point ? (points[k - 1] ? "L" : "M") + point : "")).join(""),
  )
  setText(plot.low, significant(positions[0], 3))
  setText(plot.high, significant(positions.at(-1), 3))
  plot.film = film
}

export function tellPlot(plot, film, index, control, palette) {
  if (!film) return
  const slope = film.slope[index]
  const what = control.id === "eta" ? "loss after the step" : "loss"
  setText(plot.title, `${what} along ${control.label}`)
  setText(plot.slope, `slope ${short(slope)}`)
  set(
    plot.slope,
    "fill",
    slope === 0 ? "currentColor" : mix(palette.zero, slope < 0 ? palette.negative : palette.positive, 1),
  )
  set(
    plot.root,
    "aria-label",
    `Loss against ${control.name}; the slope at the present value is ${short(slope)}`,
  )
}

export function paintPlot(plot, film, index, palette) {
  set(plot.root, "visibility", film ? "visible" : "hidden")
  if (!film) return
  if (plot.film !== film) drawCurve(plot, film)
  const loss = film.curve[index]
  const slope = film.slope[index]
  const drawable = isNumber(loss) && isNumber(slope)
  for (const part of [plot.tangent, plot.dot]) set(part, "visibility", drawable ? "inherit" : "hidden")
  if (!drawable) return
  const x = plot.x(film.positions[index])
  const y = plot.y(loss)
  const unit = plot.x(film.positions[0] + 1) - plot.x(film.positions[0])
  const rise = (plot.y(loss + 1) - y) * slope / unit || 0
  const half = Math.min(46, 40 / Math.max(Math.abs(rise), 1e-9))
  for (
    const [name, value] of [["x1", x - half], ["x2", x + half], ["y1", y - half * rise], [
      "y2",
      y + half * rise,
    ]]
  ) set(plot.tangent, name, value.toFixed(1))
  set(
    plot.tangent,
    "stroke",
    mix(palette.zero, slope < 0 ? palette.negative : palette.positive, slope === 0 ? 0.3 : 1),
  )
  set(plot.dot, "cx", x.toFixed(1))
  set(plot.dot, "cy", y.toFixed(1))
}
