// The axes of the plane: what they span, how large the plane is, and its names and ticks.

import { svg } from "../base/dom.js"
import { fitting, shownName, unitName } from "./labels.js"
import { ticks, tickText } from "../base/ticks.js"

/** @import { Reel, Unit } from "./reel.js" */

export const AXIS = { left: 54, bottom: 42, right: 10, top: 8 }
// In the largest faces that style sheets give a plane which is no wider than a phone.
const LETTER = 7.8
const NAME_SIZE = 18
const TICK_GAP = 60

/**
 * A square of `side` pixels with axes around it.
 * @typedef {ReturnType<typeof planeSize>} PlaneSize
 */

/**
 * The place of values in pixels, and the values between which the vertical axis runs.
 * @typedef {{ x: (value: number) => number, y: (value: number) => number, range: number[] }} PlaneScale
 */

/** @param {number} side @param {number} left the room beside it */
export function planeSize(side, left) {
  return { side, left, width: side + left + AXIS.right, height: side + AXIS.top + AXIS.bottom }
}

/**
 * The room to the left of the square: for the name of the axis, and its numbers beside it.
 * @param {Reel} reel
 * @param {number} side
 */
export function leftOf(reel, side) {
  const { low, high } = reel.plane
  // Over one axis an enlarged input has its own values as heights.
  const ranges = reel.two ? [[low[1], high[1]]] : [heightRange(reel, null), [low[0], high[0]]]
  const letters = ranges.flatMap(([from, to]) => ticks(from, to, side / TICK_GAP)).map((tick) =>
    tickText(tick).length
  )
  return Math.max(AXIS.left, Math.ceil(30 + LETTER * Math.max(...letters)))
}

/**
 * What the vertical axis of a plane with one axis spans: the targets and the outputs, or a unit's own scale.
 * @param {Reel} reel
 * @param {Unit | null} node
 */
function heightRange(reel, node) {
  if (node && !node.output) {
    return [
      reel.center[node.index] - 1.1 * reel.span[node.index],
      reel.center[node.index] + 1.1 * reel.span[node.index],
    ]
  }
  const first = reel.center.length - reel.outputs
  const unit = node ? node.unit : 0
  const targets = [...reel.points.y]
  const low = Math.min(reel.center[first + unit] - reel.span[first + unit], ...targets)
  const high = Math.max(reel.center[first + unit] + reel.span[first + unit], ...targets)
  return [low - 0.1 * (high - low), high + 0.1 * (high - low)]
}

/**
 * @param {Reel} reel
 * @param {Unit | null} node the unit that is enlarged
 * @param {PlaneSize} size
 * @returns {PlaneScale}
 */
export function planeScale(reel, node, { side, left }) {
  const { low, high } = reel.plane
  const range = reel.two ? [low[1], high[1]] : heightRange(reel, node)
  return {
    range,
    x: (value) => left + ((value - low[0]) / (high[0] - low[0])) * side,
    y: (value) => AXIS.top + side - ((value - range[0]) / (range[1] - range[0])) * side,
  }
}

/**
 * @param {Reel} reel
 * @param {Unit | null} node
 * @param {PlaneSize} size
 * @param {PlaneScale} scale
 */
export function planeAxes(reel, node, { side, left, height }, { x, y, range }) {
  const { names, low, high } = reel.plane
  const bottom = AXIS.top + side
  const across = ticks(low[0], high[0], side / TICK_GAP).flatMap((value) => [
    svg("line", { x1: x(value), x2: x(value), y1: bottom, y2: bottom + 4, class: "tick" }),
    svg("text", { x: x(value), y: bottom + 17, "text-anchor": "middle" }, tickText(value)),
  ])
  const up = ticks(range[0], range[1], side / TICK_GAP).flatMap((value) => [
    svg("line", { x1: left - 4, x2: left, y1: y(value), y2: y(value), class: "tick" }),
    svg("text", { x: left - 7, y: y(value) + 3.5, "text-anchor": "end" }, tickText(value)),
  ])
  const vertical = reel.two ? names[1] : node ? shownName(reel, node) || "a" : "ŷ"
  return [
    svg("rect", { x: left, y: AXIS.top, width: side, height: side, class: "frame" }),
    ...across,
    ...up,
    svg(
      "text",
      { x: left + side / 2, y: height - 8, "text-anchor": "middle", class: "name" },
      fitting(names[0], side, NAME_SIZE),
    ),
    svg("text", {
      transform: `translate(1 ${AXIS.top + side / 2}) rotate(-90)`,
      "text-anchor": "middle",
      // Hung from the edge, whatever the size of the letters.
      "dominant-baseline": "text-before-edge",
      class: "name",
    }, fitting(vertical, side, NAME_SIZE)),
  ]
}

/** @param {Reel} reel @param {Unit | null} node */
export function planeTitle(reel, node) {
  if (!node) {
    return {
      binary: "Decision boundary",
      classes: "Winning class",
      regression: reel.two ? "Regression surface" : "Regression curve",
    }[reel.task]
  }
  if (!node.layer) return `Input ${node.label}`
  const unit = node.output && reel.outputs > 1 ? `${node.label} (${shownName(reel, node)})` : node.label
  return `${node.output ? "Output" : "Unit"} ${unit} · ${node.activation}`
}

/**
 * The title with a subscript where a unit's name has one.
 * @param {Reel} reel
 * @param {Unit | null} node
 */
export function planeHeading(reel, node) {
  if (!node?.layer) return [planeTitle(reel, node)]
  const [kind, ...rest] = planeTitle(reel, node).split(node.label)
  return [kind, unitName(node), rest.join(node.label)]
}
