// The network as SVG, built once for a network and a width, with the canvas above it that films are played on.

import { closestTo, html, set, svg } from "../base/dom.js"
import { exactOnScreen, svgLabel } from "../base/format.js"
import { followFocus, makeRoving, moveByKey } from "../base/roving.js"
import { roomBeside } from "../base/frame.js"
import { charactersIn, LABEL_HEIGHT, layOut, placeLabels } from "./layout.js"
import { linksOf } from "./step.js"
import { buildScreen, CAPTION, SOURCE_RADIUS } from "./screen.js"

/** @import { Drawing, DrawingNode } from "./model.d.ts" */
/** @import { DrawingLayout, Line, Point, Stub } from "./layout.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Link } from "./step.js" */

// Between a unit's circle and the texts in it; less at the top, where few digits have room.
const MARGIN = 3
const TOP_MARGIN = 2
const CAPTION_SIZE = 12
// Above and below the drawing where there is little room: the readings, and on the page the menus.
// On a phone the readings and the slider that is dragged with what it changes.
const OTHERS = { frame: 84, page: 226, phone: 360 }

/** @typedef {ReturnType<typeof buildLink>} DrawnLink */
/** @typedef {ReturnType<typeof buildUnit>} DrawnNode */
/** @typedef {ReturnType<typeof buildDrawing>} Picture */
/** @typedef {ReturnType<typeof buildLayers>} Layers */

/** @typedef {Point & { size: number }} TextPlace */
/** @typedef {TextPlace & { room: number }} NumberPlace where so many characters have room */

/**
 * What is called with an item's id: of one that is pressed, "none" beside all of them, and of the one below the
 * pointer.
 * @typedef {{ select: (id: string) => void, hover: (id: string | null) => void }} DrawingEvents
 */

/**
 * @param {Drawing} drawing
 * @param {number} width
 * @param {boolean} answers whether the answers are shown
 * @param {string} stop the item that the Tab key leads to
 * @param {DrawingEvents} on
 */
export function buildDrawing(drawing, width, answers, stop, on) {
  const layout = layOut(drawing, width, roomBeside(OTHERS))
  const layers = buildLayers()
  const root = svg(
    "svg",
    {
      class: "network",
      width: layout.width,
      height: layout.height,
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      role: "group",
      "aria-label": "The network. Arrow keys move from weight to weight and unit to unit, Enter selects.",
    },
    layers.halos,
    layers.lines,
    layers.clearings,
    layers.units,
    layers.labels,
  )
  const captionAt = { x: 4, y: layout.height - 5, size: CAPTION_SIZE }
  const caption = svgText(captionAt, "caption")
  caption.setAttribute("aria-hidden", "true")
  root.append(caption)
  const links = linksOf(drawing).map((link, k) =>
    link.bias
      ? buildLink(link, layout.stubs[k - layout.edges.length], layout, layers)
      : buildLink({ ...link, edge: k }, layout.edges[k], layout, layers)
  )
  const nodes = drawing.nodes.map((node, index) => buildUnit(node, index, drawing, layout, answers, layers))
  const items = [...nodes, ...links]
  const byId = new Map(items.map((item) => [item.id, item]))
  const roving = makeRoving(items.map(({ id, group }) => ({ key: id, group })), stop)
  followReader(root, roving, on)
  const all = placeLabels(layout, drawing.edges.keys())
  // Between two layers where not every number finds room, only those of the unit looked at are shown.
  const crowded = new Set(
    drawing.edges.filter((_, k) => all.get(k) === null).map((edge) => drawing.nodes[edge.to].layer),
  )
  const screen = buildScreen(layout)
  return {
    width,
    box: html("div", { class: "picture" }, root, screen.canvas),
    root,
    screen,
    layout,
    links,
    nodes,
    caption,
    captionAt,
    outputs: nodes.filter((node) => node.layer === drawing.layers - 1),
    items,
    byId,
    roving,
    all,
    crowded,
    unlabeled: [...all.values()].every((place) => place === null),
    tall: layout.rows > 3,
    /** Which labels are shown. */
    shown: "",
  }
}

function buildLayers() {
  return {
    halos: svg("g"),
    lines: svg("g"),
    labels: svg("g", { "aria-hidden": "true" }),
    units: svg("g"),
    clearings: svg("g", { "aria-hidden": "true" }),
  }
}

/**
 * @param {Link & { edge?: number }} named
 * @param {Line | Stub} line
 * @param {DrawingLayout} layout
 * @param {Layers} layers
 */
function buildLink(named, { from, to, ...ends }, { labelWidth, labelSize }, { halos, lines, labels }) {
  const at = { x1: from.x, y1: from.y, x2: to.x, y2: to.y }
  const halo = svg("line", { ...at, class: "halo", visibility: "hidden" })
  const flow = svg("line", { ...at, class: "flow", pathLength: 1 })
  const line = svg("line", { ...at, class: "edge" })
  const hit = svg("line", { ...at, class: "hit" })
  const group = svg("g", { class: "item", role: "button", "data-id": named.id }, hit, line)
  if (named.bias) group.append(svg("circle", { cx: to.x, cy: to.y, r: SOURCE_RADIUS, class: "source" }))
  halos.append(flow, halo)
  lines.append(group)
  const tag = buildLabel(labelWidth, labelSize)
  labels.append(tag.group)
  return {
    ...named,
    from,
    to,
    /** Where the number of a bias stands. */
    place: "place" in ends ? ends.place : null,
    halo,
    flow,
    line,
    group,
    tag,
    /** @type {Point | null} where the number stands, if it is shown */
    labelAt: null,
  }
}

/**
 * @param {DrawingNode} node
 * @param {number} index
 * @param {Drawing} drawing
 * @param {DrawingLayout} layout
 * @param {boolean} answers
 * @param {Layers} layers
 */
function buildUnit(node, index, drawing, layout, answers, { clearings, units }) {
  const { x, y, radius } = layout.nodes[index]
  const at = placeTexts(node, layout.nodes[index], layout, answers)
  const activation = svgText(at.activation, "activation")
  const delta = svgText(at.delta, "delta")
  const zChange = svgText(at.zChange, "z-change")
  const target = node.layer === drawing.layers - 1 ? svgText(at.target, "target") : null
  // What changes the loss is written once, at the last of the outputs.
  const change = index === drawing.nodes.length - 1
    ? { caption: svgText(at.changeCaption, "caption"), number: svgText(at.change, "target") }
    : null
  const circle = svg("circle", { cx: x, cy: y, r: radius, class: "unit" })
  const group = svg("g", { class: "item", role: "button", "data-id": node.id }, circle)
  const name = svgName(node.label, at.name)
  const clearing = svgName(node.label, at.name)
  clearing.setAttribute("class", "name clearing")
  clearings.append(clearing)
  // What these read is in the item's name, with every digit.
  const texts = svg("g", { "aria-hidden": "true" }, zChange, activation, delta, name)
  if (target) {
    texts.append(svg("text", { x: at.caption.x, y: at.caption.y, class: "caption" }, CAPTION), target)
  }
  if (change) texts.append(change.caption, change.number)
  units.append(svg("g", {}, group, texts))
  return {
    ...node,
    index,
    x,
    y,
    radius,
    at,
    circle,
    name,
    activation,
    delta,
    zChange,
    target,
    change,
    group,
    small: radius <= 24,
  }
}

/**
 * Where the texts of a unit stand.
 * @param {DrawingNode} node
 * @param {DrawingLayout["nodes"][number]} circle
 * @param {DrawingLayout} layout
 * @param {boolean} answers
 * @returns {{
 *   name: TextPlace, activation: NumberPlace, delta: NumberPlace, caption: TextPlace, target: NumberPlace,
 *   changeCaption: TextPlace, change: NumberPlace, zChange: NumberPlace,
 * }}
 */
function placeTexts(node, { x, y, radius }, layout, answers) {
  const size = radius > 30 ? 13 : radius > 24 ? 11 : 10
  const deltaSize = size - (radius > 24 || radius < 20 ? 3 : 2)
  const alone = !node.layer || !answers
  // Within the circle, at the height of the middle of the digits.
  const across = (/** @type {number} */ down, margin = MARGIN) =>
    2 * (Math.sqrt(radius ** 2 - down ** 2) - margin)
  const beside = x + radius + 7
  // A bias starts right beside the name of a small unit.
  const aside = layout.stubs.length && node.layer && radius < 25 ? 4 : 0
  return {
    name: { x: x - aside, y: y - radius - 0.44 * layout.nameSize, size: layout.nameSize },
    activation: {
      x,
      y: alone ? y + 0.36 * size : y - 0.12 * size,
      size,
      room: charactersIn(across(size / 2), size),
    },
    delta: { x, y: y + size, size: deltaSize, room: charactersIn(across(size), deltaSize) },
    zChange: {
      x,
      y: y - size,
      size: deltaSize,
      room: charactersIn(across(size + 0.7 * deltaSize, TOP_MARGIN), deltaSize),
    },
    caption: { x: beside, y: y - 1, size: 12 },
    target: { x: beside, y: y + 13, size: 12, room: charactersIn(layout.width - beside, 12) },
    changeCaption: { x: beside, y: y + 29, size: 12 },
    change: { x: beside, y: y + 42, size: 12, room: charactersIn(layout.width - beside, 12) },
  }
}

/**
 * @param {SVGSVGElement} root
 * @param {ReturnType<typeof makeRoving>} roving
 * @param {DrawingEvents} on
 */
function followReader(root, roving, on) {
  root.onclick = (event) => on.select(idOf(event) ?? "none")
  root.onpointerover = (event) => {
    if (event.pointerType !== "touch") on.hover(idOf(event))
  }
  root.onpointerleave = () => on.hover(null)
  root.addEventListener("focusin", (event) => {
    followFocus(roving, event)
    on.hover(idOf(event))
  })
  root.addEventListener("focusout", () => on.hover(null))
  root.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") on.select(idOf(event) ?? "none")
    else if (!moveByKey(roving, event)) return
    event.preventDefault()
  }
}

/**
 * The id of the item in which an event happens.
 * @param {Event} event
 */
function idOf(event) {
  return closestTo(event, "[data-id]")?.getAttribute("data-id") ?? null
}

/**
 * @param {string} label
 * @param {TextPlace} place
 */
function svgName(label, { x, y, size }) {
  return svgLabel(label, { x, y, "text-anchor": "middle", style: `font-size: ${size}px` })
}

/**
 * @param {TextPlace} place
 * @param {string} name
 */
function svgText({ x, y, size }, name) {
  return svg("text", { x, y, class: name, "font-size": size })
}

/**
 * @param {number} width
 * @param {number} size
 */
function buildLabel(width, size) {
  const box = svg("rect", {
    width,
    height: LABEL_HEIGHT,
    rx: LABEL_HEIGHT / 2,
    x: -width / 2,
    y: -LABEL_HEIGHT / 2,
  })
  const text = svg("text", { y: 4, "font-size": size })
  return { group: svg("g", { class: "label" }, box, text), box, text }
}

/**
 * All numbers are shown where they fit; in crowded places those of the unit or edge looked at.
 * @param {Picture} picture
 * @param {boolean} labels
 * @param {string} focus the unit or edge
 */
export function showLabels(picture, labels, focus) {
  const key = `${labels}|${picture.crowded.size ? focus : ""}`
  if (picture.shown === key) return
  picture.shown = key
  const item = picture.byId.get(focus)
  const near = (/** @type {DrawnLink} */ link) =>
    link === item || (item && "circle" in item && Object.values(link.anchors).includes(item.index))
  const crowded = (/** @type {DrawnLink} */ link) =>
    !link.bias && picture.crowded.has(picture.nodes[link.anchors.to].layer)
  const places = placeLabels(
    picture.layout,
    picture.links.filter((link) => crowded(link) && near(link)).map(({ edge }) => edge)
      .filter((edge) => edge !== undefined),
  )
  for (const link of picture.links) {
    const place = link.edge === undefined
      ? (picture.layout.biasLabeled ? link.place : null)
      : (crowded(link) ? places : picture.all).get(link.edge)
    link.labelAt = labels && place ? place : null
    set(link.tag.group, "visibility", link.labelAt ? "visible" : "hidden")
    if (place) set(link.tag.group, "transform", `translate(${place.x} ${place.y})`)
  }
}

/**
 * What a screen reader reads of each item: before the drawing is on the page, then at rest only, as nobody can
 * listen 60 times a second.
 * @param {Picture} picture
 * @param {Scene} scene
 */
export function describeDrawing(picture, scene) {
  const { stage, nudge } = scene
  const isComputed = (/** @type {string} */ name, /** @type {number} */ layer) =>
    stage?.isComputed(name, layer) ?? true
  for (const link of picture.links) {
    const isKnown = scene.view.answers && isComputed("dW", picture.nodes[link.anchors.to].layer)
    const gradient = isKnown ? `, gradient ${exactOnScreen(scene.gradient(link))}` : ""
    const now = `${exactOnScreen(scene.value(link.id))}${gradient}`
    set(link.group, "aria-label", `${scene.name(link.id)}: ${now}`)
  }
  for (const node of picture.nodes) {
    const given = !node.layer || scene.view.answers
    const delta = node.layer && isComputed("delta", node.layer)
      ? `, ${scene.deltaName} ${exactOnScreen(scene.delta(node.index))}`
      : ""
    const activation = !node.layer || isComputed("a", node.layer)
      ? `activation ${exactOnScreen(scene.node("a", node.index))}`
      : "not computed yet"
    const changes = nudge?.reaches(node)
      ? `, Δz ${exactOnScreen(nudge.zChange(node))}, Δa ${exactOnScreen(nudge.aChange(node))}`
      : ""
    const now = given ? `${activation}${delta}${changes}` : "its numbers are hidden"
    set(node.group, "aria-label", `Unit ${node.label}: ${now}`)
  }
  for (const { id, group } of picture.items) set(group, "aria-pressed", String(id === scene.view.selected))
}
