// The network as SVG, built once for a network and a width, with the canvas above it that films are played on.

import { html, set, svg } from "../base/dom.js"
import { exactOnScreen, svgLabel } from "../base/format.js"
import { followFocus, makeRoving, moveByKey } from "../base/roving.js"
import { roomBeside } from "../base/frame.js"
import { charactersIn, LABEL_HEIGHT, layOut, placeLabels } from "./layout.js"
import { linksOf } from "./step.js"
import { buildScreen, CAPTION, SOURCE_RADIUS } from "./screen.js"

// Between a unit's circle and the texts in it.
const MARGIN = 1.5
// Above and below the drawing where there is little room: the readings, and on the page the menus.
const OTHERS = { frame: 84, page: 226 }

export function buildDrawing(drawing, width, answers, stop, onPick, onHover) {
  const layout = layOut(drawing, width, roomBeside(OTHERS))
  const root = svg("svg", {
    class: "network",
    width: layout.width,
    height: layout.height,
    viewBox: `0 0 ${layout.width} ${layout.height}`,
    role: "group",
    "aria-label": "The network. Arrow keys move from weight to weight and unit to unit, Enter selects.",
  })
  const halos = svg("g")
  const lines = svg("g")
  const labels = svg("g", { "aria-hidden": "true" })
  const units = svg("g")
  const clearings = svg("g", { "aria-hidden": "true" })
  root.append(halos, lines, clearings, units, labels)

  const places = [...layout.edges.map((ends, k) => ({ ...ends, edge: k })), ...layout.stubs]
  const links = linksOf(drawing).map((named, k) => {
    const link = { ...named, ...places[k] }
    const at = { x1: link.from.x, y1: link.from.y, x2: link.to.x, y2: link.to.y }
    const halo = svg("line", { ...at, class: "halo", visibility: "hidden" })
    const line = svg("line", { ...at, class: "edge" })
    const hit = svg("line", { ...at, class: "hit" })
    const group = svg("g", { class: "item", role: "button", "data-id": link.id }, hit, line)
    if (link.bias) {
      group.append(svg("circle", { cx: link.to.x, cy: link.to.y, r: SOURCE_RADIUS, class: "source" }))
    }
    halos.append(halo)
    lines.append(group)
    const tag = buildLabel(layout.labelWidth, layout.labelSize)
    labels.append(tag.group)
    return { ...link, halo, line, group, tag }
  })

  const nodes = drawing.nodes.map((node, index) => {
    const { x, y, radius } = layout.nodes[index]
    const size = radius > 30 ? 13 : radius > 24 ? 11 : 10
    const deltaSize = size - (radius > 24 || radius < 20 ? 3 : 2)
    const alone = !node.layer || !answers
    // Within the circle, at the height of the middle of the digits.
    const across = (down) => 2 * (Math.sqrt(radius ** 2 - down ** 2) - MARGIN)
    const beside = x + radius + 7
    // A bias starts right beside the name of a small unit.
    const aside = layout.stubs.length && node.layer && radius < 25 ? 4 : 0
    const at = {
      name: { x: x - aside, y: y - radius - 0.44 * layout.nameSize, size: layout.nameSize },
      activation: {
        x,
        y: alone ? y + 0.36 * size : y - 0.12 * size,
        size,
        room: charactersIn(across(size / 2), size),
      },
      delta: { x, y: y + size, size: deltaSize, room: charactersIn(across(size), deltaSize) },
      caption: { x: beside, y: y - 1, size: 12 },
      target: { x: beside, y: y + 13, size: 12, room: charactersIn(layout.width - beside, 12) },
    }
    const activation = svgText(at.activation, "activation")
    const delta = svgText(at.delta, "delta")
    const target = node.layer === drawing.layers - 1 ? svgText(at.target, "target") : null
    const circle = svg("circle", { cx: x, cy: y, r: radius, class: "unit" })
    const group = svg("g", { class: "item", role: "button", "data-id": node.id }, circle)
    const name = svgName(node.label, at.name)
    const clearing = svgName(node.label, at.name)
    clearing.setAttribute("class", "name clearing")
    clearings.append(clearing)
    // What these read is in the item's name, with every digit.
    const texts = svg("g", { "aria-hidden": "true" }, activation, delta, name)
    if (target) {
      texts.append(svg("text", { x: at.caption.x, y: at.caption.y, class: "caption" }, CAPTION), target)
    }
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
      target,
      group,
      small: radius <= 24,
    }
  })

  const items = [...nodes, ...links]
  const byId = new Map(items.map((item) => [item.id, item]))
  const roving = makeRoving(items.map(({ id, group }) => ({ key: id, group })), stop)
  const idOf = (event) => event.target.closest?.("[data-id]")?.dataset.id
  root.onclick = (event) => onPick(idOf(event) ?? "none")
  root.onpointerover = (event) => event.pointerType !== "touch" && onHover(idOf(event) ?? null)
  root.onpointerleave = () => onHover(null)
  root.addEventListener("focusin", (event) => {
    followFocus(roving, event)
    onHover(idOf(event) ?? null)
  })
  root.addEventListener("focusout", () => onHover(null))
  root.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") onPick(idOf(event))
    else if (!moveByKey(roving, event)) return
    event.preventDefault()
  }

  const all = placeLabels(layout, drawing.edges.keys())
  // Between two layers where not every number finds room, only those of the unit looked at are shown.
  const crowded = new Set(
    drawing.edges.filter((_, k) => all.get(k) === null).map((edge) => drawing.nodes[edge.to].layer),
  )
  const screen = buildScreen(layout)
  const box = html("div", { class: "picture" }, root, screen.canvas)
  return {
    box,
    root,
    screen,
    layout,
    links,
    nodes,
    items,
    byId,
    roving,
    all,
    crowded,
    unlabeled: [...all.values()].every((place) => place === null),
    tall: layout.rows > 3,
    shown: null,
  }
}

function svgName(label, { x, y, size }) {
  return svgLabel(label, { x, y, "text-anchor": "middle", style: `font-size: ${size}px` })
}

function svgText({ x, y, size }, name) {
  return svg("text", { x, y, class: name, "font-size": size })
}

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

// All numbers are shown where they fit; in crowded places those of the unit or edge looked at.
export function showLabels(picture, wanted, focus) {
  const key = `${wanted}|${picture.crowded.size ? focus : ""}`
  if (picture.shown === key) return
  picture.shown = key
  const item = picture.byId.get(focus)
  const near = (link) => link === item || (item?.circle && Object.values(link.anchors).includes(item.index))
  const crowded = (link) => !link.bias && picture.crowded.has(picture.nodes[link.anchors.to].layer)
  const places = placeLabels(
    picture.layout,
    picture.links.filter((link) => crowded(link) && near(link)).map((link) => link.edge),
  )
  for (const link of picture.links) {
    const beside = picture.layout.biasLabeled ? link.place : null
    const place = link.bias ? beside : crowded(link) ? places.get(link.edge) : picture.all.get(link.edge)
    link.labelAt = wanted ? place : null
    set(link.tag.group, "visibility", link.labelAt ? "visible" : "hidden")
    if (place) set(link.tag.group, "transform", `translate(${place.x} ${place.y})`)
  }
}

// What a screen reader reads of each item: before the drawing is on the page, then at rest only, as nobody can
// listen 60 times a second.
export function describeDrawing(picture, scene) {
  for (const link of picture.links) {
    const gradient = scene.view.answers ? `, gradient ${exactOnScreen(scene.gradient(link))}` : ""
    const now = `${exactOnScreen(scene.value(link.id))}${gradient}`
    set(link.group, "aria-label", `${scene.name(link.id)}: ${now}`)
  }
  for (const node of picture.nodes) {
    const given = !node.layer || scene.view.answers
    const delta = node.layer ? `, ${scene.deltaName} ${exactOnScreen(scene.delta(node.index))}` : ""
    const now = given
      ? `activation ${exactOnScreen(scene.node("a", node.index))}${delta}`
      : "its numbers are hidden"
    set(node.group, "aria-label", `Unit ${node.label}: ${now}`)
  }
  for (const { id, group } of picture.items) set(group, "aria-pressed", String(id === scene.view.selected))
}
