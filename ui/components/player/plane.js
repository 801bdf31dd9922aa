// The square on the right: the outputs over two axes or one, the samples, and a selected unit in their place.

import { html, set, svg } from "../base/dom.js"
import { atMost, exactOnScreen, fitNumber, formatNumber, ROUND } from "../base/format.js"
import { curveOf, paintLens } from "./maps.js"
import { fitCanvas, fitting, shownName } from "./network.js"
import { markerPath } from "./markers.js"
import { classColor, classMarker, classOf, css, pointColor, rgb } from "./palette.js"
import { unitName } from "./readings.js"

export const AXIS = { left: 54, bottom: 42, right: 10, top: 8 }
const BAR_CHARACTERS = 6
const LEGEND_DIGITS = 3
const LETTER = 6.7

export function buildPlane(actions) {
  const title = html("span", { class: "title", role: "heading", "aria-level": 2 })
  const back = html("button", { type: "button", class: "quiet", hidden: "" }, "Back to the output")
  const picker = html("div", { class: "picker", role: "group", "aria-label": "Class of the next point" })
  const head = html("div", { class: "head" }, title, back, picker)
  const surface = html("canvas", { class: "layer", "aria-hidden": "true" })
  const dots = html("canvas", { class: "layer", "aria-hidden": "true" })
  const axes = svg("svg", { class: "layer axes" })
  const ring = svg("circle", { r: 7, class: "ring", visibility: "hidden" })
  const area = html("div", { class: "area", role: "img" }, surface, dots, axes)
  const legend = html("div", { class: "legend" })
  const root = html("div", { class: "plane" }, head, area, legend)
  const plane = {
    root,
    head,
    title,
    back,
    picker,
    area,
    surface,
    dots,
    axes,
    ring,
    legend,
    pending: [],
    label: 0,
  }
  back.onclick = () => actions.select(null)
  area.onpointermove = (event) => actions.hover(pointNear(plane, event))
  area.onpointerdown = (event) => event.pointerType === "touch" && actions.hover(pointNear(plane, event))
  area.onpointerleave = (event) => event.pointerType !== "touch" && actions.hover(null)
  area.onclick = (event) => {
    const at = placeOf(plane, event)
    if (plane.placing?.length && at) actions.placePoint(at, plane.label)
  }
  return plane
}

// The room to the left of the square: for the name of the axis, and its numbers beside it.
export function leftOf(reel, side) {
  const ranges = [reel.two ? [reel.plane.low[1], reel.plane.high[1]] : heightRange(reel, null)]
  // Over one axis an enlarged input has its own values as heights.
  if (!reel.two) ranges.push([reel.plane.low[0], reel.plane.high[0]])
  const letters = ranges.flatMap((range) => ticks(...range, side / 60)).map((tick) => tickText(tick).length)
  return Math.max(AXIS.left, Math.ceil(27 + LETTER * Math.max(...letters)))
}

export function sizePlane(plane, side, left) {
  plane.side = side
  plane.left = left
  plane.width = side + left + AXIS.right
  plane.root.style.setProperty("--left", `${left}px`)
  plane.height = side + AXIS.top + AXIS.bottom
  plane.root.style.width = plane.area.style.width = `${plane.width}px`
  plane.area.style.height = `${plane.height}px`
  plane.surfaceContext = fitCanvas(plane.surface, plane.width, plane.height)
  plane.dotsContext = fitCanvas(plane.dots, plane.width, plane.height)
  plane.dotsBlank = true
  set(plane.axes, "width", plane.width)
  set(plane.axes, "height", plane.height)
}

// What the vertical axis of a plane with one axis spans: the targets and the outputs, or a unit's own scale.
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

// Axes, names, samples and legend: all that stays as it is while the film plays.
export function arrangePlane(plane, reel, colors, selected) {
  const node = selected === null ? null : reel.nodes[selected]
  const { names, low, high } = reel.plane
  const range = reel.two ? [low[1], high[1]] : heightRange(reel, node)
  const { side } = plane
  plane.node = node
  plane.range = range
  plane.x = (value) => plane.left + ((value - low[0]) / (high[0] - low[0])) * side
  plane.y = (value) => AXIS.top + side - ((value - range[0]) / (range[1] - range[0])) * side
  plane.title.replaceChildren(...planeHeading(reel, node))
  plane.back.hidden = !node
  plane.picker.hidden = Boolean(node)
  const parts = [svg("rect", { x: plane.left, y: AXIS.top, width: side, height: side, class: "frame" })]
  for (const value of ticks(low[0], high[0], side / 60)) {
    const x = plane.x(value)
    parts.push(svg("line", { x1: x, x2: x, y1: AXIS.top + side, y2: AXIS.top + side + 4, class: "tick" }))
    parts.push(svg("text", { x, y: AXIS.top + side + 17, "text-anchor": "middle" }, tickText(value)))
  }
  for (const value of ticks(...range, side / 60)) {
    const y = plane.y(value)
    parts.push(svg("line", { x1: plane.left - 4, x2: plane.left, y1: y, y2: y, class: "tick" }))
    parts.push(svg("text", { x: plane.left - 7, y: y + 3.5, "text-anchor": "end" }, tickText(value)))
  }
  const vertical = reel.two ? names[1] : node ? shownName(reel, node) || "a" : "ŷ"
  parts.push(
    svg(
      "text",
      { x: plane.left + side / 2, y: plane.height - 8, "text-anchor": "middle", class: "name" },
      fitting(names[0], side, 14),
    ),
  )
  parts.push(
    svg("text", {
      transform: `translate(9 ${AXIS.top + side / 2}) rotate(-90)`,
      "text-anchor": "middle",
      class: "name",
    }, fitting(vertical, side, 14)),
  )
  plane.axes.replaceChildren(...parts, plane.ring)
  const what = `${planeTitle(reel, node)} over ${names.join(" and ")}, with ${reel.points.count} samples`
  set(plane.area, "aria-label", what)
  paintDots(plane, reel, colors)
  plane.legend.replaceChildren(...planeLegend(reel, colors, node))
}

// Whatever is selected, the legend takes the same room: what stands below the plane must not jump.
export function reserveLegend(plane, reel, colors) {
  const { legend } = plane
  legend.style.minHeight = ""
  const kinds = new Map(
    reel.nodes.map((node) => [`${node.layer > 0}${node.output}${reel.held.has(node.index)}`, node]),
  )
  const heights = [null, ...kinds.values()].map((node) => {
    legend.replaceChildren(...planeLegend(reel, colors, node))
    return parseFloat(getComputedStyle(legend).height)
  })
  legend.style.minHeight = `${Math.max(...heights)}px`
}

function planeTitle(reel, node) {
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

// The title with a subscript where a unit's name has one.
function planeHeading(reel, node) {
  if (!node?.layer) return [planeTitle(reel, node)]
  const [kind, ...rest] = planeTitle(reel, node).split(node.label)
  return [kind, unitName(reel, node.index), rest.join(node.label)]
}

function tickText(value) {
  // Multiples of a round step, without what rounding adds to them.
  return exactOnScreen(Number(value.toPrecision(6)))
}

// Round values from low to high, about `count` of them.
export function ticks(low, high, wanted) {
  const least = (high - low) / Math.max(wanted, 2)
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => size >= least * 0.999) ?? 10 * power
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, Math.min(count, 50)) }, (_, k) => (first + k) * step)
}

// Where a sample stands; with one axis its target is its height.
function pointPlace(plane, reel, index) {
  const axes = reel.plane.names.length
  const height = reel.two
    ? reel.points.x[index * axes + 1]
    : heightOf(reel, index, plane.node?.output ? plane.node.unit : 0)
  return { x: plane.x(reel.points.x[index * axes]), y: plane.y(height) }
}

function heightOf(reel, index, unit) {
  const own = reel.outputs > 1 && reel.task === "classes" && !unit
    ? Math.max(...reel.points.y.subarray(index * reel.outputs, (index + 1) * reel.outputs))
    : null
  return own ?? reel.points.y[index * reel.outputs + unit]
}

export function paintDots(plane, reel, colors) {
  const context = plane.dotsContext
  // On paper what is cleared turns white, and would cover the surface below: a blank canvas is left as it is.
  if (!plane.dotsBlank) context.clearRect(0, 0, plane.width, plane.height)
  plane.dotsBlank = false
  plane.places = []
  if (!reel.two && plane.node && !plane.node.output) return
  context.save()
  context.beginPath()
  context.rect(plane.left, AXIS.top, plane.side, plane.side)
  context.clip()
  const radius = plane.side < 260 ? 3 : plane.side < 420 ? 3.6 : 4.4
  const order = [...reel.points.test.keys()].sort((a, b) => reel.points.test[b] - reel.points.test[a])
  for (const index of order) {
    const { x, y } = pointPlace(plane, reel, index)
    plane.places.push({ index, x, y })
    const marker = classMarker(colors, classOf(reel, index) ?? 0)
    paintDot(context, colors, marker, x, y, radius, pointColor(reel, colors, index), reel.points.test[index])
  }
  for (const { at, label } of plane.pending) {
    const y = at.x2 === null ? AXIS.top + plane.side / 2 : plane.y(at.x2)
    const { classes, markers } = colors.placing
    paintDot(context, colors, markers[label], plane.x(at.x1), y, radius, rgb(classes[label]), false)
  }
  context.restore()
}

// Training samples are filled; test samples are hollow and fainter.
function paintDot(context, colors, marker, x, y, radius, color, hollow) {
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

// A marker as it stands in the plane, for a legend.
function sample(color, marker = "circle", hollow = false) {
  const look = hollow ? { fill: "none", stroke: color, "stroke-width": 1.4 } : { fill: color }
  return svg(
    "svg",
    { width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: markerPath(marker, 7, 7, hollow ? 3.6 : 4), ...look }),
  )
}

// Whatever is colored has its scale or its names here: the map first, then the samples on it.
function planeLegend(reel, colors, node) {
  const parts = reel.two ? mapLegend(reel, colors, node) : []
  const samples = reel.two || !node || node.output
  if (samples) {
    if (reel.task !== "regression") parts.push(...classLegend(reel, colors, !node))
    // Over one axis a sample's height says what its color says.
    else if (reel.two) parts.push(outputBar(reel, colors))
    if (reel.points.count) parts.push(legendKey(sample("currentColor"), "train"))
    if (reel.points.test.includes(1)) parts.push(legendKey(sample("currentColor", "circle", true), "test"))
  }
  if (reel.held.size && node?.layer !== 0) parts.push(heldNote(reel))
  if (samples && reel.points.note) parts.push(html("span", { class: "note" }, reel.points.note))
  return parts
}

function legendKey(mark, text) {
  return html("span", { class: "key" }, mark, text)
}

// The scale of an enlarged unit; what the outputs show has that of the samples.
function mapLegend(reel, colors, node) {
  if (!node) return []
  if (reel.held.has(node.index)) {
    return [
      html(
        "span",
        {},
        `${
          formatNumber(reel.held.get(node.index), atMost(reel.precision, LEGEND_DIGITS))
        } all over the plane: the training mean`,
      ),
    ]
  }
  if (node.output && reel.task === "classes") {
    return [colorBar("", colors.classTables[node.unit], ROUND, 0, 1)]
  }
  const { center, span } = reel
  const ends = [center[node.index] - span[node.index], center[node.index] + span[node.index]]
  return [colorBar("", colors.table, reel.precision, ...ends)]
}

function classLegend(reel, colors, shown) {
  const names = reel.outputs === 1 && reel.output_names.length !== 2 ? ["0", "1"] : reel.output_names
  const keys = names.map((name, k) =>
    legendKey(sample(rgb(classColor(colors, k)), classMarker(colors, k)), fitting(name, 110, 13))
  )
  // The map of the only output leads from one class to the other.
  return reel.two && reel.outputs === 1 && shown ? [keys[0], gradientBar(colors.table), keys[1]] : keys
}

function outputBar({ center, span, outputs, output_names, precision }, colors) {
  const first = center.length - outputs
  const ends = [center[first] - span[first], center[first] + span[first]]
  return colorBar(fitting(output_names[0], 90, 13), colors.table, precision, ...ends)
}

const LISTED = 3

function heldNote(reel) {
  const precision = atMost(reel.precision, LEGEND_DIGITS)
  const list = [...reel.held].map(([index, value]) =>
    `${reel.nodes[index].label} ${formatNumber(value, precision)}`
  ).join(", ")
  if (reel.held.size <= LISTED) return html("span", { class: "note" }, `Held at training mean: ${list}`)
  const summary = html("summary", {}, `The other ${reel.held.size} inputs are held at their training mean`)
  return html("details", { class: "note" }, summary, list)
}

function gradientBar(table) {
  const stops = [0, 64, 127, 190, 254].map((level) => css(table[level]))
  return html("i", { style: `background: linear-gradient(to right, ${stops.join(",")})` })
}

function colorBar(name, table, precision, low, high) {
  const end = (value) =>
    html(
      "span",
      { title: exactOnScreen(value) },
      fitNumber(value, atMost(precision, LEGEND_DIGITS), BAR_CHARACTERS),
    )
  return html("span", { class: "scale" }, name, end(low), gradientBar(table), end(high))
}

export function paintPlane(plane, maps, reel, colors) {
  const context = plane.surfaceContext
  if (reel.two) {
    paintLens(maps, reel, colors, plane.node)
    context.drawImage(maps.lens.sheet.canvas, plane.left, AXIS.top, plane.side, plane.side)
    return
  }
  context.clearRect(0, 0, plane.width, plane.height)
  context.save()
  context.beginPath()
  context.rect(plane.left, AXIS.top, plane.side, plane.side)
  context.clip()
  const shown = plane.node ? [plane.node] : reel.nodes.filter((node) => node.output)
  for (const node of shown) {
    const curve = curveOf(maps, reel, node)
    context.beginPath()
    curve.forEach((value, k) => {
      const y = Math.min(Math.max(plane.y(value), -1e4), 1e4)
      if (!Number.isNaN(y)) context.lineTo(plane.left + (k / (curve.length - 1)) * plane.side, y)
    })
    context.lineWidth = 2.2
    context.lineJoin = "round"
    context.strokeStyle = node.output && reel.outputs > 1 ? rgb(classColor(colors, node.unit)) : colors.accent
    context.stroke()
  }
  context.restore()
}

function offsetIn(plane, event) {
  const box = plane.area.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

function pointNear(plane, event) {
  const { x, y } = offsetIn(plane, event)
  let near = null
  let least = event.pointerType === "touch" ? 18 : 9
  for (const place of plane.places ?? []) {
    const away = Math.hypot(place.x - x, place.y - y)
    if (away <= least) {
      least = away
      near = place
    }
  }
  return near && { kind: "point", ...near }
}

function placeOf(plane, event) {
  const { x, y } = offsetIn(plane, event)
  const across = (x - plane.left) / plane.side
  const up = 1 - (y - AXIS.top) / plane.side
  if (across < 0 || across > 1 || up < 0 || up > 1) return null
  const { low, high } = plane.bounds
  const value = (k, part) => Number((low[k] + part * (high[k] - low[k])).toFixed(3))
  return { x1: value(0, across), x2: low.length > 1 ? value(1, up) : null }
}

export function markPoint(plane, hover) {
  const point = hover?.kind === "point" ? hover : null
  set(plane.ring, "visibility", point ? "visible" : "hidden")
  if (!point) return
  set(plane.ring, "cx", point.x)
  set(plane.ring, "cy", point.y)
}

// The classes a click on the plane can place; arrows move between them as in any radio group.
export function arrangePicker(plane, placing, colors) {
  const known = JSON.stringify([placing, colors.placing])
  if (plane.pickerOf === known) return
  plane.pickerOf = known
  plane.placing = placing
  if (plane.label >= placing.length) plane.label = 0
  const buttons = placing.map((name, k) => {
    const mark = sample(rgb(colors.placing.classes[k]), colors.placing.markers[k])
    const button = html(
      "button",
      { type: "button", class: "quiet", "aria-pressed": String(k === plane.label) },
      mark,
      name,
    )
    button.onclick = () => {
      plane.label = k
      buttons.forEach((other, place) => set(other, "aria-pressed", String(place === k)))
    }
    return button
  })
  plane.picker.replaceChildren(
    ...(buttons.length ? [html("span", { class: "muted" }, "Click to add"), ...buttons] : []),
  )
  plane.area.classList.toggle("placing", buttons.length > 0)
}
