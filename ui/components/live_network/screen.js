// The canvas that films are played on. SVG is at its best when it stands still, and too slow for 60 frames a second of
// a hundred edges with their numbers: while a film plays, the same drawing is painted over it.

import { html } from "../base/dom.js"
import { labelPieces } from "../base/format.js"
import { LABEL_HEIGHT } from "./layout.js"

export const DASH = [10, 6]
const SOLID = []
export const SOURCE_RADIUS = 3
// In parts of the name's size.
export const INDEX_SIZE = 0.7
const NAME_MARGIN = 5
export const CAPTION = "target"
const SHARPEST = 2

export function buildScreen({ width, height }) {
  const canvas = html("canvas", { class: "screen", "aria-hidden": "true", hidden: "" })
  const context = canvas.getContext("2d", { alpha: false })
  return { canvas, context, width, height, inks: null }
}

// Covers the SVG to the pixel, on whole pixels as browsers place both; on the finest screens it is coarser.
function fitScreen({ canvas, context, width, height }) {
  canvas.hidden = false
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  const box = canvas.getBoundingClientRect()
  const enlarged = box.width / width
  const density = Math.min(window.devicePixelRatio, SHARPEST / enlarged)
  const [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom].map((edge) => edge * density)
  canvas.width = Math.round(right) - Math.round(left)
  canvas.height = Math.round(bottom) - Math.round(top)
  const scale = enlarged * density
  context.setTransform(scale, 0, 0, scale, 0, 0)
}

// The colors and fonts that the SVG has now.
function readInks({ root, nodes, links }) {
  const style = (node) => getComputedStyle(node)
  return {
    text: style(root).fill,
    muted: style(nodes[0].name).fill,
    chosen: style(root).getPropertyValue("--st-primary-color"),
    ground: style(links[0].tag.box).fill,
    border: style(root).getPropertyValue("--st-border-color"),
    numbers: style(nodes[0].activation).fontFamily,
    names: style(nodes[0].name).fontFamily,
  }
}

export function isShown({ inks }) {
  return inks !== null
}

export function hideScreen(screen) {
  screen.inks = null
  screen.canvas.hidden = true
}

export function drawMarks(picture, marks) {
  const { screen, links, nodes } = picture
  const { context, width, height } = screen
  if (!screen.inks) {
    screen.inks = readInks(picture)
    fitScreen(screen)
    screen.names = placeNames(picture)
    screen.nameSize = picture.layout.nameSize
  }
  const { inks } = screen
  context.fillStyle = inks.ground
  context.fillRect(-1, -1, width + 2, height + 2)
  links.forEach((link, k) => marks.links[k].chosen && drawHalo(context, link, inks))
  links.forEach((link, k) => drawLink(context, link, marks.links[k], inks))
  clearNames(screen)
  nodes.forEach((node, k) => drawUnit(context, node, marks.nodes[k], inks))
  drawNames(screen)
  drawTexts(picture, marks, "activation", "bold", "center", () => inks.text)
  drawTexts(picture, marks, "delta", "normal", "center", ({ deltaColor }) => deltaColor ?? inks.text)
  drawTexts(picture, marks, "caption", "normal", "left", () => inks.muted)
  drawTexts(picture, marks, "target", "normal", "left", () => inks.muted)
  setFont(context, inks, "normal", picture.layout.labelSize, "center")
  links.forEach((link, k) =>
    link.labelAt && drawLabel(context, link.labelAt, picture.layout.labelWidth, marks.links[k], inks)
  )
}

// A name stands still: its letters, and the index a little lower behind them, are measured once a film.
function placeNames({ screen, nodes }) {
  const { context, inks } = screen
  const widthOf = (text, size) => {
    context.font = nameFont(inks, size)
    return context.measureText(text).width
  }
  return nodes.map(({ label, at }) => {
    const [{ name, index }] = labelPieces(label)
    const width = widthOf(name, at.name.size)
    const indexSize = INDEX_SIZE * at.name.size
    const x = at.name.x - (width + widthOf(index, indexSize)) / 2
    return { name, index, x, y: at.name.y, indexX: x + width, indexY: at.name.y + 0.3 * indexSize }
  })
}

function nameFont(inks, size) {
  return `italic ${size}px ${inks.names}`
}

// Edges pass behind the names, as in the SVG.
function clearNames({ context, inks, names, nameSize }) {
  context.textAlign = "left"
  context.setLineDash(SOLID)
  context.lineJoin = "round"
  context.lineWidth = NAME_MARGIN
  context.strokeStyle = inks.ground
  context.font = nameFont(inks, nameSize)
  for (const { name, x, y } of names) context.strokeText(name, x, y)
  context.font = nameFont(inks, INDEX_SIZE * nameSize)
  for (const { index, indexX, indexY } of names) context.strokeText(index, indexX, indexY)
}

function drawNames({ context, inks, names, nameSize }) {
  context.textAlign = "left"
  context.fillStyle = inks.muted
  context.font = nameFont(inks, nameSize)
  for (const { name, x, y } of names) context.fillText(name, x, y)
  context.font = nameFont(inks, INDEX_SIZE * nameSize)
  for (const { index, indexX, indexY } of names) context.fillText(index, indexX, indexY)
}

// All texts of a kind at once, as a canvas takes longer to change the font than to write.
function drawTexts({ screen, nodes }, marks, kind, weight, align, inkOf) {
  const { context, inks } = screen
  setFont(context, inks, weight, nodes[0].at[kind].size, align)
  nodes.forEach(({ at }, k) => {
    context.fillStyle = inkOf(marks.nodes[k])
    context.fillText(marks.nodes[k][kind], at[kind].x, at[kind].y)
  })
}

function setFont(context, { numbers }, weight, size, align) {
  context.font = `${weight} ${size}px ${numbers}`
  context.textAlign = align
}

function drawHalo(context, { from, to }, inks) {
  context.setLineDash(SOLID)
  context.lineCap = "round"
  context.globalAlpha = 0.22
  drawLine(context, from, to, inks.chosen, 14)
  context.lineCap = "butt"
  context.globalAlpha = 1
}

function drawLine(context, from, to, color, width) {
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(to.x, to.y)
  context.lineWidth = width
  context.strokeStyle = color
  context.stroke()
}

function drawLink(context, { from, to, bias }, { color, width, dashed }, inks) {
  context.setLineDash(dashed ? DASH : SOLID)
  drawLine(context, from, to, color, width)
  if (!bias) return
  context.beginPath()
  context.arc(to.x, to.y, SOURCE_RADIUS, 0, 2 * Math.PI)
  context.fillStyle = inks.muted
  context.fill()
}

function drawUnit(context, { x, y, radius }, { chosen }, inks) {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  drawShape(context, inks, chosen ? inks.chosen : inks.muted, chosen ? 2.5 : 1.2)
}

function drawLabel(context, { x, y }, width, { label, chosen }, inks) {
  context.beginPath()
  context.roundRect(x - width / 2, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, LABEL_HEIGHT / 2)
  drawShape(context, inks, chosen ? inks.chosen : inks.border, chosen ? 1.8 : 1)
  context.fillStyle = inks.text
  context.fillText(label, x, y + 4)
}

function drawShape(context, inks, color, width) {
  context.setLineDash(SOLID)
  context.fillStyle = inks.ground
  context.fill()
  context.strokeStyle = color
  context.lineWidth = width
  context.stroke()
}
