// The network: what moves is one canvas, what is named, hovered or selected is one SVG above it.

import { colorOf } from "../base/color.js"
import { html, set, setText, svg } from "../base/dom.js"
import { filmPrecision, fitNumber, formatNumber, ROUND } from "../base/format.js"
import { barBackground, MARKS } from "../base/legend.js"
import { followFocus, makeRoving, moveByKey } from "../base/roving.js"
import { curveOf, pictureOf } from "./maps.js"
import { classColor, rgb } from "./palette.js"
import { NO_GRADIENT } from "./reel.js"

const HELD_CHARACTERS = 6
const LABEL_FONT = '"STIX Two Text", "Times New Roman", "Liberation Serif", serif'

function placeUnits(reel, width, height) {
  const rows = Math.max(...reel.widths)
  const name = (node) => shownName(reel, node)
  const row = (height - 12) / rows
  const labelSize = Math.round(Math.max(11, Math.min(Math.max(17, width / 52), row * 0.5, width / 30)))
  const longest = (layer) =>
    Math.max(
      ...reel.nodes.filter((node) => node.layer === layer).map((node) => textWidth(name(node), labelSize)),
    )
  const left = Math.min(longest(0) + 12, width * 0.24)
  const right = Math.min(longest(reel.widths.length - 1) + 12, width * 0.2)
  const column = (width - left - right) / reel.widths.length
  const size = Math.max(8, Math.min(row * 0.82, column * 0.62, width / 14, Math.max(64, width / 16)))
  const across = (width - left - right - size) / (reel.widths.length - 1)
  const units = reel.nodes.map(({ layer, unit }) => {
    const count = reel.widths[layer]
    const down = Math.min((height - 12) / count, size * 1.55)
    return { x: left + size / 2 + across * layer, y: height / 2 + (unit - (count - 1) / 2) * down, size }
  })
  return { units, size, labelSize, room: { left: left - 8, right: right - 8 } }
}

// Inputs and classes carry their names, numbers ŷ.
export function shownName(reel, node) {
  if (!node.layer) return node.label
  if (!node.output) return ""
  return reel.outputs > 1 ? (reel.output_names[node.unit] ?? node.label) : "ŷ"
}

const measure = document.createElement("canvas").getContext("2d")

function textWidth(text, size) {
  measure.font = `italic ${size}px ${LABEL_FONT}`
  return measure.measureText(text).width
}

// The text, shortened until it fits.
export function fitting(text, room, size) {
  if (textWidth(text, size) <= room) return text
  let shorter = text
  while (shorter.length > 1 && textWidth(shorter + "…", size) > room) shorter = shorter.slice(0, -1)
  return shorter + "…"
}

function edgePath(from, to) {
  const x1 = from.x + from.size / 2
  const x2 = to.x - to.size / 2
  const bend = (x2 - x1) * 0.5
  return `M${x1} ${from.y}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`
}

export function buildNetwork(reel, width, height, stop, actions) {
  const layout = placeUnits(reel, width, height)
  const canvas = html("canvas", { class: "layer", "aria-hidden": "true" })
  const context = fitCanvas(canvas, width, height)
  const root = svg("svg", {
    class: "layer network",
    width,
    height,
    role: "group",
    "aria-label":
      "The network. Arrow keys move from unit to unit and weight to weight, Enter enlarges a unit.",
  })
  const halo = svg("path", { class: "halo", visibility: "hidden" })
  const hits = svg("g")
  const units = svg("g")
  root.append(halo, hits, units)
  const edges = reel.edges.map((edge, k) => {
    const d = edgePath(layout.units[edge.from], layout.units[edge.to])
    const hit = svg("path", {
      d,
      class: "hit item",
      role: "img",
      "data-item": reel.nodes.length + k,
    })
    hits.append(hit)
    return { ...edge, kind: "edge", d, path: new Path2D(d), group: hit }
  })
  const { labelSize } = layout
  const nodes = reel.nodes.map((node, k) => {
    const { x, y, size } = layout.units[k]
    const box = { x: x - size / 2, y: y - size / 2, width: size, height: size, rx: size * 0.19 }
    const frame = svg("rect", { ...box, class: "unit" })
    const group = svg("g", { class: "item", role: "button", "data-item": k }, frame)
    const name = shownName(reel, node)
    if (name) {
      const at = node.output
        ? { x: x + size / 2 + 7, "text-anchor": "start" }
        : { x: x - size / 2 - 7, "text-anchor": "end" }
      const text = fitting(name, node.output ? layout.room.right : layout.room.left, labelSize)
      group.append(
        svg("text", { ...at, y: y + labelSize * 0.32, class: "name", "font-size": labelSize }, text),
        svg("title", {}, name),
      )
    }
    if (reel.held.has(k)) group.append(heldMark(reel.held.get(k), reel.precision, layout.units[k]))
    units.append(group)
    return { ...node, kind: "unit", box, frame, group }
  })
  const outline = new Path2D()
  for (const { box } of nodes) outline.roundRect(box.x, box.y, box.width, box.height, box.rx)
  const items = [...nodes, ...edges]
  const roving = makeRoving(
    items.map(({ kind, index, group }) => ({ key: `${kind}${index}`, group })),
    stop,
  )
  const itemOf = (event) => items[event.target.closest?.("[data-item]")?.dataset.item] ?? null
  root.onclick = (event) => itemOf(event)?.kind === "unit" && actions.select(itemOf(event).index)
  root.onpointerover = (event) => actions.hover(itemOf(event))
  root.onpointerleave = (event) => event.pointerType !== "touch" && actions.hover(null)
  root.addEventListener("focusin", (event) => {
    followFocus(roving, event)
    if (event.target.matches(":focus-visible")) actions.hover(itemOf(event))
  })
  root.addEventListener("focusout", () => actions.hover(null))
  root.onkeydown = (event) => {
    const item = itemOf(event)
    if (event.key === "Enter" && item?.kind === "unit") actions.select(item.index)
    else if (!moveByKey(roving, event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    root,
    canvas,
    context,
    halo,
    nodes,
    edges,
    items,
    roving,
    outline,
    width,
    height,
    thin: Math.min(1, layout.size / 30),
  }
}

// An input that is no axis has no picture over the plane: its tile has the value at which it is held, or, where that
// would be too small to read, the level line of a value that does not change.
function heldMark(value, precision, { x, y, size }) {
  const text = fitNumber(value, precision, HELD_CHARACTERS)
  const fontSize = Math.min(13, (size - 6) / (0.61 * text.length))
  if (fontSize < 7.5) {
    return svg("line", { x1: x - size * 0.25, x2: x + size * 0.25, y1: y, y2: y, class: "held" })
  }
  return svg("text", { x, y: y + fontSize * 0.36, class: "held", "font-size": fontSize }, text)
}

// Sharp on fine screens, but not four times the work on the finest.
export function fitCanvas(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2)
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  const context = canvas.getContext("2d")
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}

export function edgeLook(picture, reel, colors, index, edge) {
  const place = index * reel.parameters + edge.index
  const gradient = reel.gradient[place]
  const weight = Math.sqrt(Math.min(Math.abs(reel.theta[place]) / reel.heaviest, 1)) || 0
  return {
    color: colorOf(gradient, reel.largest[index], "log", colors.palette),
    width: picture.thin * (0.8 + 3.6 * weight),
    dash: gradient < 0 ? DASH : SOLID,
  }
}

export function paintNetwork(picture, maps, reel, colors, index) {
  const { context } = picture
  context.clearRect(0, 0, picture.width, picture.height)
  for (const edge of picture.edges) {
    const { color, width, dash } = edgeLook(picture, reel, colors, index, edge)
    context.strokeStyle = color
    context.lineWidth = width
    context.setLineDash(dash)
    context.stroke(edge.path)
  }
  context.setLineDash(SOLID)
  context.save()
  context.clip(picture.outline)
  for (const node of picture.nodes) {
    const { x, y, width } = node.box
    if (reel.two) {
      const { canvas, top, side } = pictureOf(maps, reel, node)
      context.drawImage(canvas, 0, top, side, side, x, y, width, width)
    } else paintSmallCurve(context, maps, reel, colors, node)
  }
  context.restore()
}

const DASH = [6, 4]
export const SOLID = []

function paintSmallCurve(context, maps, reel, colors, node) {
  const { x, y, width } = node.box
  context.fillStyle = rgb(colors.background)
  context.fillRect(x, y, width, width)
  context.fillStyle = rgb(colors.text, 0.18)
  context.fillRect(x, y + width / 2, width, 1)
  const curve = curveOf(maps, reel, node)
  context.beginPath()
  curve.forEach((value, k) => {
    const point = curvePoint(reel, node, value, k / (curve.length - 1))
    context.lineTo(point.x, point.y)
  })
  context.lineWidth = 1.6
  context.strokeStyle = curveColor(reel, colors, node)
  context.stroke()
}

// Where a value of a unit's curve stands in its tile, `along` from 0 to 1.
export function curvePoint({ center, span }, { box, index }, value, along) {
  const part = Math.min(Math.max((value - center[index]) / span[index], -1.2), 1.2)
  return { x: box.x + along * box.width, y: box.y + box.width / 2 - part * box.width * 0.4 }
}

export function curveColor(reel, colors, node) {
  return node.output && reel.outputs > 1 ? rgb(classColor(colors, node.unit)) : rgb(colors.text, 0.85)
}

export function markNetwork(picture, hover, selected) {
  const item = hover &&
    picture.items.find((other) => other.kind === hover.kind && other.index === hover.index)
  set(picture.halo, "visibility", item?.kind === "edge" ? "visible" : "hidden")
  if (item?.kind === "edge") set(picture.halo, "d", item.d)
  for (const node of picture.nodes) {
    set(
      node.frame,
      "class",
      node.index === selected ? "unit chosen" : node === item ? "unit hovered" : "unit",
    )
  }
}

// What a screen reader reads of each item: before the drawing is on the page, then at rest only.
export function describeNetwork(picture, reel, index) {
  const precision = filmPrecision(reel.precision)
  const number = (values, place) => formatNumber(values[index * reel.parameters + place], precision)
  for (const edge of picture.edges) {
    const now = `weight ${number(reel.theta, edge.index)}, gradient ${number(reel.gradient, edge.index)}`
    set(edge.group, "aria-label", `${edgeName(reel, edge)}: ${now}`)
  }
  for (const node of picture.nodes) {
    const bias = node.biasIndex === null
      ? ""
      : `: bias ${number(reel.theta, node.biasIndex)}, gradient ${number(reel.gradient, node.biasIndex)}`
    const input = reel.held.has(node.index)
      ? `, held at ${formatNumber(reel.held.get(node.index), reel.precision)}`
      : ""
    set(node.group, "aria-label", `${node.layer ? "Unit" : "Input"} ${node.label}${bias}${input}`)
  }
}

function edgeName(reel, edge) {
  return `${reel.nodes[edge.from].label}→${reel.nodes[edge.to].label}`
}

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
    html("span", { class: "key" }, dashes("6 4"), "negative"),
    html("span", { class: "key" }, "width |weight|"),
  )
  return { root, low, high, bar }
}

export function dashes(pattern) {
  return svg(
    "svg",
    { width: 24, height: 8, "aria-hidden": "true" },
    svg("line", {
      x1: 0,
      x2: 24,
      y1: 4,
      y2: 4,
      "stroke-dasharray": pattern,
      stroke: "currentColor",
      "stroke-width": 1.6,
    }),
  )
}

export function paintEdgeLegend(legend, largest) {
  const end = largest > 2 * NO_GRADIENT ? largest : 0
  setText(legend.low, formatNumber(-end, ROUND))
  setText(legend.high, formatNumber(end, ROUND))
}

export function colorEdgeLegend(legend, { palette }) {
  set(legend.bar, "style", `background: ${barBackground(palette, "log")}`)
}
