// The legend of the edges: the color of a gradient, dashes for its sign, the width of a weight.

import { html, set, setText, svg } from "../base/dom.js"
import { formatNumber, ROUND } from "../base/format.js"
import { barBackground, MARKS } from "../base/legend.js"
import { NO_GRADIENT } from "./reel.js"

/** @import { Colors } from "./palette.js" */

export const DASH = [6, 4]
/** @type {number[]} */
export const SOLID = []

/** @typedef {ReturnType<typeof buildEdgeLegend>} EdgeLegend */

export function buildEdgeLegend() {
  const low = html("span")
  const high = html("span")
  const bar = html("i")
  const root = html(
    "div",
    { class: "legend edges" },
    html(
      "span",
      {
        class: "scale",
        title: "Edge color: gradient of the training loss, by its logarithm over three powers of ten",
      },
      "gradient ",
      low,
      bar,
      high,
      MARKS,
    ),
    html("span", { class: "key" }, lineSample(DASH), "negative"),
    html("span", { class: "key" }, "width |weight|"),
  )
  return { root, low, high, bar }
}

/**
 * A line as it is drawn, for a legend.
 * @param {number[]} dash
 */
export function lineSample(dash) {
  return svg(
    "svg",
    { width: 24, height: 8, "aria-hidden": "true" },
    svg("line", {
      x1: 0,
      x2: 24,
      y1: 4,
      y2: 4,
      "stroke-dasharray": dash.join(" ") || "none",
      stroke: "currentColor",
      "stroke-width": 1.6,
    }),
  )
}

/** @param {EdgeLegend} legend @param {number} largest */
export function paintEdgeLegend(legend, largest) {
  const end = largest > 2 * NO_GRADIENT ? largest : 0
  setText(legend.low, formatNumber(-end, ROUND))
  setText(legend.high, formatNumber(end, ROUND))
}

/** @param {EdgeLegend} legend @param {Colors} colors */
export function colorEdgeLegend(legend, { palette }) {
  set(legend.bar, "style", `background: ${barBackground(palette, "log")}`)
}
