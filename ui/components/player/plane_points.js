// The samples on the plane: where they stand, how they are drawn, and which one is under the pointer.

import { set, svg } from "../base/dom.js"
import { markerPath } from "./markers.js"
import { classMarker, classOf, pointColor, rgb } from "./palette.js"
import { AXIS } from "./plane_axes.js"

/** @import { Attributes } from "../base/dom.js" */
/** @import { PlacedAt, SentPlane } from "./model.d.ts" */
/** @import { Colors } from "./palette.js" */
/** @import { Plane } from "./plane.js" */
/** @import { PlaneSize } from "./plane_axes.js" */
/** @import { Reel } from "./reel.js" */

/**
 * A sample by its index, in pixels.
 * @typedef {{ index: number, x: number, y: number }} PointPlace
 */
/** @typedef {PointPlace & { kind: "point" }} PointItem */

/**
 * How samples are drawn: a test sample is hollow.
 * @typedef {{ marker: string, color: string, hollow: boolean }} Dot
 */

/**
 * With one axis a sample's target is its height.
 * @param {Reel} reel
 * @param {number} index
 * @param {number} unit the output whose target it is
 */
function heightOf(reel, index, unit) {
  const { points, outputs } = reel
  if (reel.two) return points.x[2 * index + 1]
  const own = outputs > 1 && reel.task === "classes" && !unit
    ? Math.max(...points.y.subarray(index * outputs, (index + 1) * outputs))
    : null
  return own ?? points.y[index * outputs + unit]
}

/** @param {Plane} plane @param {Reel} own @param {Colors} colors */
export function paintDots(plane, own, colors) {
  const { dots: context, size, scale, node, moved } = plane
  const reel = moved ? { ...own, points: moved } : own
  // On paper what is cleared turns white, and would cover the surface below: a blank canvas is left as it is.
  if (!plane.dotsBlank) context.clearRect(0, 0, size.width, size.height)
  plane.dotsBlank = false
  plane.places = []
  if (!reel.two && node && !node.output) return
  clipped(context, size, () => {
    const radius = size.side < 260 ? 3 : size.side < 420 ? 3.6 : 4.4
    const { x: values, test } = reel.points
    const axes = reel.plane.names.length
    const isHidden = plane.views.includes("notest")
    for (const index of [...test.keys()].sort((a, b) => test[b] - test[a])) {
      if (isHidden && test[index]) continue
      const x = scale.x(values[index * axes])
      const y = scale.y(heightOf(reel, index, node?.output ? node.unit : 0))
      // What is known of a sample is where it was.
      if (!moved) plane.places.push({ index, x, y })
      const marker = classMarker(colors, classOf(reel, index) ?? 0)
      const dot = { marker, color: pointColor(reel, colors, index), hollow: Boolean(test[index]) }
      paintDot(context, colors, dot, x, y, radius)
    }
    const { classes, markers } = colors.placing
    const inTest = plane.placing?.test[plane.pending.length - 1] ?? []
    plane.pending.forEach(({ x1, x2, label }, k) => {
      const y = x2 === null ? AXIS.top + size.side / 2 : scale.y(x2)
      const dot = { marker: markers[label], color: rgb(classes[label]), hollow: inTest[k] ?? false }
      paintDot(context, colors, dot, scale.x(x1), y, radius)
    })
  })
}

/**
 * Draws within the square.
 * @param {CanvasRenderingContext2D} context
 * @param {PlaneSize} size
 * @param {() => void} draw
 */
export function clipped(context, { left, side }, draw) {
  context.save()
  context.beginPath()
  context.rect(left, AXIS.top, side, side)
  context.clip()
  draw()
  context.restore()
}

/**
 * Training samples are filled; test samples are hollow and fainter.
 * @param {CanvasRenderingContext2D} context
 * @param {Colors} colors
 * @param {Dot} dot
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function paintDot(context, colors, { marker, color, hollow }, x, y, radius) {
  const path = new Path2D(markerPath(marker, x, y, radius - (hollow ? 0.4 : 0)))
  if (hollow) {
    context.fillStyle = rgb(colors.background, 0.35)
    context.fill(path)
    context.strokeStyle = color
    context.lineWidth = 1.3
    context.globalAlpha = 0.8
    context.stroke(path)
    context.globalAlpha = 1
    return
  }
  context.fillStyle = color
  context.fill(path)
  context.strokeStyle = rgb(colors.background, 0.9)
  context.lineWidth = 1
  context.stroke(path)
}

/**
 * A marker as it stands in the plane, for a legend.
 * @param {string} color
 * @param {string} marker
 * @param {boolean} hollow
 */
export function markerSample(color, marker = "circle", hollow = false) {
  /** @type {Attributes} */
  const look = hollow ? { fill: "none", stroke: color, "stroke-width": 1.4 } : { fill: color }
  return svg(
    "svg",
    { width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: markerPath(marker, 7, 7, hollow ? 3.6 : 4), ...look }),
  )
}

/** @param {Element} area @param {MouseEvent} event */
function offsetIn(area, event) {
  const box = area.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

/**
 * @param {Plane} plane
 * @param {PointerEvent} event
 * @returns {PointItem | null}
 */
export function pointNear(plane, event) {
  const place = placeNear(plane, event)
  return place && { kind: "point", ...place }
}

/**
 * @param {Plane} plane
 * @param {MouseEvent} event
 */
export function placeNear(plane, event) {
  const { x, y } = offsetIn(plane.area, event)
  const isTouch = event instanceof PointerEvent && event.pointerType === "touch"
  return nearestPlace(plane.places, x, y, isTouch ? 18 : 9)
}

/**
 * The place nearest to a pixel, the last of those that are equally near; null where none is within `reach`.
 * @param {PointPlace[]} places
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
export function nearestPlace(places, x, y, reach) {
  /** @type {PointPlace | null} */
  let near = null
  let least = reach
  for (const place of places) {
    const away = Math.hypot(place.x - x, place.y - y)
    if (away > least) continue
    least = away
    near = place
  }
  return near
}

/**
 * The values under the pointer; null outside the square.
 * @param {Plane} plane
 * @param {MouseEvent} event
 */
export function placeUnder(plane, event) {
  const { x, y } = offsetIn(plane.area, event)
  return plane.bounds && valuesAt(plane.bounds, plane.size, x, y)
}

/**
 * The values that stand at a pixel, to three decimals; null outside the square.
 * @param {Pick<SentPlane, "low" | "high">} bounds
 * @param {PlaneSize} size
 * @param {number} x
 * @param {number} y
 * @returns {PlacedAt | null}
 */
export function valuesAt({ low, high }, { side, left }, x, y) {
  const across = (x - left) / side
  const up = 1 - (y - AXIS.top) / side
  if (across < 0 || across > 1 || up < 0 || up > 1) return null
  /** @param {number} axis @param {number} part */
  const value = (axis, part) => Number((low[axis] + part * (high[axis] - low[axis])).toFixed(3))
  return { x1: value(0, across), x2: low.length > 1 ? value(1, up) : null }
}

/**
 * @param {Plane} plane
 * @param {PointPlace | null} point
 */
export function markPoint({ ring }, point) {
  set(ring, "visibility", point ? "visible" : "hidden")
  if (!point) return
  set(ring, "cx", point.x)
  set(ring, "cy", point.y)
}
