// The square on the right: the outputs over two axes or one, the samples, and a selected unit in their place.

import { contextOf, fitCanvas } from "../base/canvas.js"
import { html, set, svg } from "../base/dom.js"
import { paintLens } from "./lens.js"
import { curveOf } from "./maps.js"
import { classColor, rgb } from "./palette.js"
import { arrangePicker, buildPicker } from "./picker.js"
import { AXIS, planeAxes, planeHeading, planeScale, planeSize, planeTitle } from "./plane_axes.js"
import { planeLegend } from "./plane_legend.js"
import { arrangePlaneView, buildPlaneView } from "./plane_view.js"
import { clipped, paintDots, placeNear, placeUnder, pointNear } from "./plane_points.js"

/** @import { Maps } from "./maps.js" */
/** @import { PlacedAt, PlacedPoint, PlaneView, SentPlacing, SentPlane } from "./model.d.ts" */
/** @import { Colors } from "./palette.js" */
/** @import { PlaneScale, PlaneSize } from "./plane_axes.js" */
/** @import { PointItem, PointPlace } from "./plane_points.js" */
/** @import { Reel, Unit } from "./reel.js" */
/** @typedef {Reel["points"]} ReelPoints */

/** @typedef {ReturnType<typeof buildPlane>} Plane */

/**
 * @param {{
 *   select: (unit: number | null) => void, hover: (item: PointItem | null) => void,
 *   placePoint: (at: PlacedAt, label: number) => void, drawPoint: (point: number) => void,
 *   changeViews: (views: PlaneView[]) => void,
 * }} actions
 */
export function buildPlane(actions) {
  const title = html("span", { class: "title", role: "heading", "aria-level": 2 })
  const back = html("button", { type: "button", class: "quiet", hidden: "" }, "Back to the output")
  const surface = html("canvas", { class: "layer", "aria-hidden": "true" })
  const dots = html("canvas", { class: "layer", "aria-hidden": "true" })
  const axes = svg("svg", { class: "layer axes" })
  const area = html("div", { class: "area", role: "img" }, surface, dots, axes)
  const picker = buildPicker((isOpen) => area.classList.toggle("placing", isOpen))
  const legend = html("div", { class: "legend" })
  const view = buildPlaneView(actions.changeViews)
  const plane = {
    root: html(
      "div",
      { class: "plane" },
      html("div", { class: "head" }, title, back, picker.root),
      area,
      legend,
      view.root,
    ),
    title,
    back,
    picker,
    area,
    surface: contextOf(surface),
    dots: contextOf(dots),
    dotsBlank: true,
    axes,
    ring: svg("circle", { r: 7, class: "ring", visibility: "hidden" }),
    legend,
    /** @type {SentPlane | null} */
    bounds: null,
    /** @type {PlaneSize} */
    size: planeSize(0, 0),
    /** @type {PlaneScale} */
    scale: { x: () => 0, y: () => 0, range: [] },
    /** @type {Unit | null} the unit that is enlarged */
    node: null,
    /** @type {PointPlace[]} where the samples stand */
    places: [],
    /** @type {SentPlacing | null} */
    placing: null,
    view,
    /** @type {PlaneView[]} how it is shown */
    views: [],
    /** @type {PlacedPoint[]} points that Python has not acknowledged */
    pending: [],
    /** @type {ReelPoints | null} the samples where a slider has moved them, which the run has not been trained on */
    moved: null,
  }
  back.onclick = () => actions.select(null)
  area.onpointermove = (event) => actions.hover(pointNear(plane, event))
  area.onpointerdown = (event) => event.pointerType === "touch" && actions.hover(pointNear(plane, event))
  area.onpointerleave = (event) => event.pointerType !== "touch" && actions.hover(null)
  area.onclick = (event) => {
    const at = placeUnder(plane, event)
    if (picker.isOpen && at) actions.placePoint(at, picker.label)
    else {
      const near = placeNear(plane, event)
      if (near) actions.drawPoint(near.index)
    }
  }
  return plane
}

/** @param {Plane} plane @param {PlaneSize} size */
export function sizePlane(plane, size) {
  const { left, width, height } = size
  plane.size = size
  plane.root.style.setProperty("--left", `${left}px`)
  plane.root.style.width = plane.area.style.width = `${width}px`
  plane.area.style.height = `${height}px`
  fitCanvas(plane.surface, width, height)
  fitCanvas(plane.dots, width, height)
  plane.dotsBlank = true
  set(plane.axes, "width", width)
  set(plane.axes, "height", height)
}

/**
 * Axes, names, samples and legend: all that stays as it is while the film plays.
 * @param {Plane} plane
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {number | null} selected
 */
export function arrangePlane(plane, reel, colors, selected) {
  const node = selected === null ? null : reel.nodes[selected]
  plane.bounds = reel.plane
  plane.node = node
  plane.scale = planeScale(reel, node, plane.size)
  plane.title.replaceChildren(...planeHeading(reel, node))
  plane.back.hidden = !node
  plane.picker.root.hidden = Boolean(node)
  plane.axes.replaceChildren(...planeAxes(reel, node, plane.size, plane.scale), plane.ring)
  const over = `over ${reel.plane.names.join(" and ")}, with ${reel.points.count} samples`
  set(plane.area, "aria-label", `${planeTitle(reel, node)} ${over}`)
  paintDots(plane, reel, colors)
  plane.legend.replaceChildren(...planeLegend(reel, colors, node, plane.views))
  arrangePlaneView(plane.view, reel, plane.views)
}

/**
 * Whatever is selected, the legend takes the same room: what stands below the plane must not jump.
 * @param {Plane} plane
 * @param {Reel} reel
 * @param {Colors} colors
 */
export function reserveLegend({ legend }, reel, colors) {
  legend.style.minHeight = ""
  const kinds = new Map(
    reel.nodes.map((node) => [`${node.layer > 0}${node.output}${reel.held.has(node.index)}`, node]),
  )
  const heights = [null, ...kinds.values()].map((node) => {
    legend.replaceChildren(...planeLegend(reel, colors, node, []))
    return parseFloat(getComputedStyle(legend).height)
  })
  legend.style.minHeight = `${Math.max(...heights)}px`
}

/**
 * Offers what a click on the plane can place.
 * @param {Plane} plane
 * @param {SentPlacing | null} placing
 * @param {Colors} colors
 */
export function offerPlacing(plane, placing, colors) {
  plane.placing = placing
  arrangePicker(plane.picker, placing, colors)
}

/** @param {Plane} plane @param {Maps} maps @param {Reel} reel @param {Colors} colors */
export function paintPlane(plane, maps, reel, colors) {
  const { surface: context, size, scale } = plane
  const { side, left, width, height } = size
  if (maps.pictures) {
    const flat = plane.views.includes("discrete")
    const canvas = paintLens(maps.pictures, maps, reel, colors, plane.node, flat)
    context.drawImage(canvas, left, AXIS.top, side, side)
    return
  }
  context.clearRect(0, 0, width, height)
  const shown = plane.node ? [plane.node] : reel.nodes.filter((node) => node.output)
  clipped(context, size, () => {
    for (const node of shown) {
      const curve = curveOf(maps, reel, node)
      context.beginPath()
      curve.forEach((value, k) => {
        const y = Math.min(Math.max(scale.y(value), -1e4), 1e4)
        if (!Number.isNaN(y)) context.lineTo(left + (k / (curve.length - 1)) * side, y)
      })
      context.lineWidth = 2.2
      context.lineJoin = "round"
      context.strokeStyle = node.output && reel.outputs > 1
        ? rgb(classColor(colors, node.unit))
        : colors.accent
      context.stroke()
    }
  })
}
