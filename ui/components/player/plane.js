// The square on the right: the outputs over two axes or one, the samples, and a selected unit in their place.

import { html, set, svg } from "../base/dom.js"
import { short, tidy } from "../base/format.js"
import { curveOf, paintLens } from "./maps.js"
import { fitCanvas, fitting, shownName } from "./network.js"
import { classColor, css, pointColor, rgb } from "./palette.js"
import { unitName } from "./readings.js"

export const AXIS = { left: 54, bottom: 42, right: 10, top: 4 }

export function buildPlane(actions) {
  const title = html("span", { class: "title", role: "heading", "aria-level": 3 })
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

export function sizePlane(plane, side) {
  plane.side = side
  plane.width = side + AXIS.left + AXIS.right
  plane.height = side + AXIS.top + AXIS.bottom
  plane.root.style.width = plane.area.style.width = `${plane.width}px`
  plane.area.style.height = `${plane.height}px`
  plane.surfaceContext = fitCanvas(plane.surface, plane.width, plane.height)
  plane.dotsContext = fitCanvas(plane.dots, plane.width, plane.height)
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
  plane.x = (value) => AXIS.left + ((value - low[0]) / (high[0] - low[0])) * side
  plane.y = (value) => AXIS.top + side - ((value - range[0]) / (range[1] - range[0])) * side
  plane.title.replaceChildren(...planeHeading(reel, node))
  plane.back.hidden = !node
  plane.picker.hidden = Boolean(node)
  const parts = [svg("rect", { x: AXIS.left, y: AXIS.top, width: side, height: side, class: "frame" })]
  for (const value of ticks(low[0], high[0], side / 60)) {
    const x = plane.x(value)
    parts.push(svg("line", { x1: x, x2: x, y1: AXIS.top + side, y2: AXIS.top + side + 4, class: "tick" }))
    parts.push(svg("text", { x, y: AXIS.top + side + 15, "text-anchor": "middle" }, tickText(value)))
  }
  for (const value of ticks(...range, side / 60)) {
    const y = plane.y(value)
    parts.push(svg("line", { x1: AXIS.left - 4, x2: AXIS.left, y1: y, y2: y, class: "tick" }))
    parts.push(svg("text", { x: AXIS.left - 7, y: y + 3.5, "text-anchor": "end" }, tickText(value)))
  }
  const vertical = reel.two ? names[1] : node ? shownName(reel, node) || "a" : "ŷ"
  parts.push(
    svg(
      "text",
      { x: AXIS.left + side / 2, y: plane.height - 8, "text-anchor": "middle", class: "name" },
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
  return tidy(
    Math.abs(value) >= 1e5 || (value && Math.abs(value) < 1e-3)
      ? value.toExponential(1)
      : String(Number(value.toPrecision(6))),
  )
}

// Round values from low to high, about as many as asked for.
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
  context.clearRect(0, 0, plane.width, plane.height)
  plane.places = []
  if (!reel.two && plane.node && !plane.node.output) return
  context.save()
  context.beginPath()
  context.rect(AXIS.left, AXIS.top, plane.side, plane.side)
  context.clip()
  const radius = plane.side < 260 ? 3 : plane.side < 420 ? 3.6 : 4.4
  const order = [...reel.points.test.keys()].sort((a, b) => reel.points.test[b] - reel.points.test[a])
  for (const index of order) {
    const { x, y } = pointPlace(plane, reel, index)
    plane.places.push({ index, x, y })
    paintDot(context, colors, x, y, radius, pointColor(reel, colors, index), reel.points.test[index])
  }
  for (const { at, label } of plane.pending) {
    const y = at.x2 === null ? AXIS.top + plane.side / 2 : plane.y(at.x2)
    paintDot(context, colors, plane.x(at.x1), y, radius, rgb(classColor(colors, label)), false)
  }
  context.restore()
}

// Training samples are filled; test samples are hollow and fainter.
function paintDot(context, colors, x, y, radius, color, hollow) {
  context.beginPath()
  context.arc(x, y, radius - (hollow ? 0.4 : 0), 0, 2 * Math.PI)
  if (hollow) {
    context.fillStyle = rgb(colors.background, 0.35)
    context.fill()
    context.strokeStyle = color
    context.lineWidth = 1.3
    context.globalAlpha = 0.8
    context.stroke()
    context.globalAlpha = 1
    return
  }
  context.fillStyle = color
  context.fill()
  context.strokeStyle = rgb(colors.background, 0.9)
  context.lineWidth = 1
  context.stroke()
}

function planeLegend(reel, colors, node) {
  const dot = (color, hollow) => {
    const look = hollow ? { fill: "none", stroke: color, "stroke-width": 1.4 } : { fill: color }
    return svg(
      "svg",
      { width: 10, height: 10, "aria-hidden": "true" },
      svg("circle", { cx: 5, cy: 5, r: hollow ? 3.6 : 4, ...look }),
    )
  }
  const key = (mark, text) => html("span", { class: "key" }, mark, text)
  const parts = []
  if (!reel.two && node && !node.output) return []
  if (node && reel.two && !(node.output && reel.task === "classes")) {
    const { center, span } = reel
    parts.push(
      colorBar(colors.table, center[node.index] - span[node.index], center[node.index] + span[node.index]),
    )
  } else if (reel.task === "regression") {
    // Over one axis a point's height says what its color says.
    const first = reel.center.length - reel.outputs
    if (reel.two) {
      parts.push(
        colorBar(colors.table, reel.center[first] - reel.span[first], reel.center[first] + reel.span[first]),
      )
    }
  } else {
    const names = reel.outputs === 1 && reel.output_names.length !== 2 ? ["0", "1"] : reel.output_names
    names.forEach((name, k) => parts.push(key(dot(rgb(classColor(colors, k))), fitting(name, 110, 13))))
  }
  if (reel.points.count) parts.push(key(dot("currentColor"), "train"))
  if (reel.points.test.includes(1)) parts.push(key(dot("currentColor", true), "test"))
  const notes = [reel.plane.note, reel.points.note].filter(Boolean).join(" ")
  if (notes) parts.push(html("span", { class: "note" }, notes))
  return parts
}

function colorBar(table, low, high) {
  const stops = [0, 64, 127, 190, 254].map((level) => css(table[level]))
  const bar = html("i", { style: `background: linear-gradient(to right, ${stops.join(",")})` })
  return html("span", { class: "scale" }, html("span", {}, short(low)), bar, html("span", {}, short(high)))
}

export function paintPlane(plane, maps, reel, colors) {
  const context = plane.surfaceContext
  if (reel.two) {
    paintLens(maps, reel, colors, plane.node)
    context.drawImage(maps.lens.sheet.canvas, AXIS.left, AXIS.top, plane.side, plane.side)
    return
  }
  context.clearRect(0, 0, plane.width, plane.height)
  context.save()
  context.beginPath()
  context.rect(AXIS.left, AXIS.top, plane.side, plane.side)
  context.clip()
  const shown = plane.node ? [plane.node] : reel.nodes.filter((node) => node.output)
  for (const node of shown) {
    const curve = curveOf(maps, reel, node)
    context.beginPath()
    curve.forEach((value, k) => {
      const y = Math.min(Math.max(plane.y(value), -1e4), 1e4)
      if (!Number.isNaN(y)) context.lineTo(AXIS.left + (k / (curve.length - 1)) * plane.side, y)
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
  const across = (x - AXIS.left) / plane.side
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
  const known = JSON.stringify([placing, colors.dark])
  if (plane.pickerOf === known) return
  plane.pickerOf = known
  plane.placing = placing
  if (plane.label >= placing.length) plane.label = 0
  const buttons = placing.map((name, k) => {
    const mark = svg(
      "svg",
      { width: 10, height: 10, "aria-hidden": "true" },
      svg("circle", { cx: 5, cy: 5, r: 4, fill: rgb(classColor(colors, k)) }),
    )
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
