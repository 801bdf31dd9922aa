// The network: what moves is one canvas, what is named, hovered or selected is one SVG above it.

import { contextOf, fitCanvas } from "../base/canvas.js"
import { colorOf } from "../base/color.js"
import { closestTo, html, set, svg } from "../base/dom.js"
import { filmPrecision, fitNumber, formatNumber } from "../base/format.js"
import { followFocus, makeRoving, moveByKey } from "../base/roving.js"
import { DASH, SOLID } from "./edge_legend.js"
import { fitting, shownName } from "./labels.js"
import { curveOf, pictureOf } from "./maps.js"
import { edgePath, placeUnits } from "./network_layout.js"
import { classColor, rgb } from "./palette.js"
import { buildPixels, paintingsOf } from "./pixels.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Maps } from "./maps.js" */
/** @import { UnitPlace } from "./network_layout.js" */
/** @import { Colors } from "./palette.js" */
/** @import { Pixels } from "./pixels.js" */
/** @import { PointItem } from "./plane_points.js" */
/** @import { Edge, Reel, Unit } from "./reel.js" */

const HELD_CHARACTERS = 6

/** @typedef {{ x: number, y: number, width: number, height: number, rx: number }} Box */
/** @typedef {Unit & { kind: "unit", box: Box, frame: SVGRectElement, group: SVGGElement }} UnitItem */
/** @typedef {Edge & { kind: "edge", d: string, path: Path2D, group: SVGPathElement }} EdgeItem */
/**
 * What is looked at.
 * @typedef {UnitItem | EdgeItem | PointItem} Item
 */

/** @typedef {ReturnType<typeof buildNetwork>} NetworkPicture */

/**
 * @param {Reel} reel
 * @param {number} width
 * @param {number} height
 * @param {string | undefined} stop the item that Tab leads to, by its key
 * @param {{ select: (unit: number) => void, hover: (item: Item | null) => void,
 *   edit: (edge: EdgeItem) => void }} actions
 */
export function buildNetwork(reel, width, height, stop, actions) {
  const layout = placeUnits(reel, width, height)
  const canvas = html("canvas", { class: "layer", "aria-hidden": "true" })
  const context = contextOf(canvas)
  fitCanvas(context, width, height)
  const root = svg("svg", {
    class: "layer network",
    width,
    height,
    role: "group",
    "aria-label":
      "The network. Arrow keys move from unit to unit and weight to weight, Enter enlarges a unit or opens a weight.",
  })
  const halo = svg("path", { class: "halo", visibility: "hidden" })
  const drawn = reel.pixels ? reel.nodes.filter(({ layer }) => layer) : reel.nodes
  const edges = reel.edges.map((edge, k) => buildEdge(edge, drawn.length + k, layout.units))
  const nodes = drawn.map((node, k) => buildUnit(reel, node, k, layout))
  const first = layout.units.filter((_, k) => reel.nodes[k].layer === 1)
  const pixels = reel.pixels && layout.pixels && buildPixels(reel.pixels, layout.pixels, first)
  root.append(
    halo,
    ...(pixels ? [pixels.root] : []),
    svg("g", {}, ...edges.map(({ group }) => group)),
    svg("g", {}, ...nodes.map(({ group }) => group)),
  )
  const outline = new Path2D()
  for (const { box } of nodes) outline.roundRect(box.x, box.y, box.width, box.height, box.rx)
  const items = [...nodes, ...edges]
  const roving = makeRoving(
    items.map(({ kind, index, group }) => ({ key: `${kind}${index}`, group })),
    stop,
  )
  /** @param {Event} event */
  const itemOf = (event) =>
    items[Number(closestTo(event, "[data-item]")?.getAttribute("data-item") ?? NaN)] ?? null
  root.onclick = (event) => {
    const item = itemOf(event)
    if (item?.kind === "unit") actions.select(item.index)
    else if (item?.kind === "edge") actions.edit(item)
  }
  root.onpointerover = (event) => actions.hover(itemOf(event))
  root.onpointerleave = (event) => event.pointerType !== "touch" && actions.hover(null)
  root.addEventListener("focusin", (event) => {
    followFocus(roving, event)
    if (closestTo(event, ":focus-visible")) actions.hover(itemOf(event))
  })
  root.addEventListener("focusout", () => actions.hover(null))
  root.onkeydown = (event) => {
    const item = itemOf(event)
    if (event.key === "Enter" && item?.kind === "unit") actions.select(item.index)
    else if (event.key === "Enter" && item?.kind === "edge") actions.edit(item)
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
    pixels,
    items,
    roving,
    outline,
    places: layout.units,
    width,
    height,
    thin: Math.min(1, layout.size / 30),
  }
}

/**
 * @param {Edge} edge
 * @param {number} place among all items
 * @param {UnitPlace[]} units
 * @returns {EdgeItem}
 */
function buildEdge(edge, place, units) {
  const d = edgePath(units[edge.from], units[edge.to])
  const group = svg("path", { d, class: "hit item", role: "img", "data-item": place })
  return { ...edge, kind: "edge", d, path: new Path2D(d), group }
}

/**
 * @param {Reel} reel
 * @param {Unit} node
 * @param {number} place among all items
 * @param {ReturnType<typeof placeUnits>} layout
 * @returns {UnitItem}
 */
function buildUnit(reel, node, place, { units, labelSize, room }) {
  const { x, y, size, target } = units[node.index]
  const box = { x: x - size / 2, y: y - size / 2, width: size, height: size, rx: size * 0.19 }
  const frame = svg("rect", { ...box, class: "unit" })
  const reach = svg("rect", {
    x: x - target / 2,
    y: y - target / 2,
    width: target,
    height: target,
    class: "reach",
  })
  const group = svg("g", { class: "item", role: "button", "data-item": place }, reach, frame)
  const name = shownName(reel, node)
  if (name) {
    const at = node.output
      ? { x: x + size / 2 + 7, "text-anchor": "start" }
      : { x: x - size / 2 - 7, "text-anchor": "end" }
    const text = fitting(name, node.output ? room.right : room.left, labelSize)
    group.append(
      svg("text", { ...at, y: y + labelSize * 0.32, class: "name", "font-size": labelSize }, text),
      svg("title", {}, name),
    )
  }
  const held = reel.held.get(node.index)
  // A space, as the name and the number are two words.
  if (held !== undefined) group.append(" ", heldMark(held, reel.precision, units[node.index]))
  return { ...node, kind: "unit", box, frame, group }
}

/**
 * An input that is no axis has no picture over the plane: its tile has the value at which it is held, or, where that
 * would be too small to read, the level line of a value that does not change.
 * @param {number} value
 * @param {Precision} precision
 * @param {UnitPlace} place
 */
function heldMark(value, precision, { x, y, size }) {
  const text = fitNumber(value, precision, HELD_CHARACTERS)
  const fontSize = Math.min(13, (size - 6) / (0.61 * text.length))
  if (fontSize < 7.5) {
    return svg("line", { x1: x - size * 0.25, x2: x + size * 0.25, y1: y, y2: y, class: "held" })
  }
  return svg("text", { x, y: y + fontSize * 0.36, class: "held", "font-size": fontSize }, text)
}

/**
 * @param {NetworkPicture} picture
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {number} index the key frame
 * @param {Edge} edge
 */
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

/**
 * @param {NetworkPicture} picture
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {number} index the key frame
 */
export function paintNetwork(picture, maps, reel, colors, index) {
  const { context, pixels } = picture
  context.clearRect(0, 0, picture.width, picture.height)
  if (pixels) paintPixels(context, pixels, colors)
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
    if (maps.pictures) {
      const { canvas, top, side } = pictureOf(maps.pictures, reel, node)
      context.drawImage(canvas, 0, top, side, side, x, y, width, width)
    } else paintSmallCurve(context, maps, reel, colors, node)
  }
  context.restore()
}

/** The look of the bundle that leads from the sample to the units. @param {Colors} colors */
export function bundleLook(colors) {
  return { stroke: rgb(colors.text, 0.22), width: 1.2 }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pixels} pixels
 * @param {Colors} colors
 */
function paintPixels(context, pixels, colors) {
  const { stroke, width } = bundleLook(colors)
  context.strokeStyle = stroke
  context.lineWidth = width
  for (const { path } of pixels.bundle) context.stroke(path)
  context.imageSmoothingEnabled = false
  for (const { sheet, x, y, width, height } of paintingsOf(pixels)) {
    context.drawImage(sheet.canvas, x, y, width, height)
  }
  context.imageSmoothingEnabled = true
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Maps} maps
 * @param {Reel} reel
 * @param {Colors} colors
 * @param {UnitItem} node
 */
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

/**
 * Where a value of a unit's curve stands in its tile, `along` from 0 to 1.
 * @param {Reel} reel
 * @param {UnitItem} node
 * @param {number} value
 * @param {number} along
 */
export function curvePoint({ center, span }, { box, index }, value, along) {
  const part = Math.min(Math.max((value - center[index]) / span[index], -1.2), 1.2)
  return { x: box.x + along * box.width, y: box.y + box.width / 2 - part * box.width * 0.4 }
}

/** @param {Reel} reel @param {Colors} colors @param {Unit} node */
export function curveColor(reel, colors, node) {
  return node.output && reel.outputs > 1 ? rgb(classColor(colors, node.unit)) : rgb(colors.text, 0.85)
}

/**
 * @param {NetworkPicture} picture
 * @param {Item | null} hover
 * @param {number | null} selected
 */
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

/**
 * What a screen reader reads of each item: before the drawing is on the page, then at rest only.
 * @param {NetworkPicture} picture
 * @param {Reel} reel
 * @param {number} index the key frame
 */
export function describeNetwork(picture, reel, index) {
  const precision = filmPrecision(reel.precision)
  /** @param {ArrayLike<number>} values @param {number} place */
  const number = (values, place) => formatNumber(values[index * reel.parameters + place], precision)
  for (const edge of picture.edges) {
    const now = `weight ${number(reel.theta, edge.index)}, gradient ${number(reel.gradient, edge.index)}`
    set(edge.group, "aria-label", `${edgeName(reel, edge)}: ${now}`)
  }
  for (const node of picture.nodes) {
    const bias = node.biasIndex === null
      ? ""
      : `: bias ${number(reel.theta, node.biasIndex)}, gradient ${number(reel.gradient, node.biasIndex)}`
    const held = reel.held.get(node.index)
    // As it is drawn, so that whoever speaks what is in sight is understood.
    const input = held === undefined
      ? ""
      : ` ${fitNumber(held, reel.precision, HELD_CHARACTERS)}, where it is held`
    const drawn = shownName(reel, node)
    const named = node.output && drawn !== node.label ? `${drawn}, unit` : node.layer ? "Unit" : "Input"
    set(node.group, "aria-label", `${named} ${node.label}${bias}${input}`)
  }
}

/** @param {Reel} reel @param {Edge} edge */
function edgeName(reel, edge) {
  return `${reel.nodes[edge.from].label}→${reel.nodes[edge.to].label}`
}
