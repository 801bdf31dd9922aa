// The canvas that films are played on. SVG is at its best when it stands still, and too slow for 60 frames a second of
// a hundred edges with their numbers: while a film plays, the same drawing is painted over it.

import { contextOf, SHARPEST } from "../base/canvas.js"
import { html } from "../base/dom.js"
import { labelPieces } from "../base/format.js"
import { LABEL_HEIGHT } from "./layout.js"

/** @import { DrawnLink, DrawnNode, Picture } from "./drawing.js" */
/** @import { Point } from "./layout.js" */
/** @import { LinkMarks, Marks, NodeMarks } from "./marks.js" */

export const DASH = [10, 6]
/** @type {number[]} */
const SOLID = []
export const SOURCE_RADIUS = 3
const PENDING_DASH = [3, 4]
const FLOW_ALPHA = 0.28
// In parts of the name's size.
const INDEX_SIZE = 0.7
const NAME_MARGIN = 5
export const CAPTION = "target"

/** @typedef {ReturnType<typeof buildScreen>} Screen */
/** @typedef {CanvasRenderingContext2D} Context */

/** @typedef {ReturnType<typeof readInks>} Inks the colors and fonts that the SVG has */
/** @typedef {ReturnType<typeof placeNames>} Names */
/** @typedef {{ inks: Inks, names: Names, nameSize: number }} Look */

/** @param {{ width: number, height: number }} size */
export function buildScreen({ width, height }) {
  const canvas = html("canvas", { class: "screen", "aria-hidden": "true", hidden: "" })
  return {
    canvas,
    context: contextOf(canvas, { alpha: false }),
    width,
    height,
    /** @type {Look | null} what stays the same while it is shown; null where it is not */
    look: null,
  }
}

/**
 * Covers the SVG to the pixel, on whole pixels as browsers place both; on the finest screens it is coarser.
 * @param {Screen} screen
 */
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

/** @param {Picture} picture */
function readInks({ root, nodes, links }) {
  const style = (/** @type {Element} */ node) => getComputedStyle(node)
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

/** @param {Screen} screen */
export function isShown({ look }) {
  return look !== null
}

/** @param {Screen} screen */
export function hideScreen(screen) {
  screen.look = null
  screen.canvas.hidden = true
}

/**
 * @param {Picture} picture
 * @returns {Look}
 */
function showScreen(picture) {
  const { screen, layout } = picture
  const inks = readInks(picture)
  fitScreen(screen)
  screen.look = { inks, names: placeNames(picture, inks), nameSize: layout.nameSize }
  return screen.look
}

/**
 * @param {Picture} picture
 * @param {Marks} marks
 */
export function drawMarks(picture, marks) {
  const { screen, links, nodes, layout } = picture
  const { context, width, height } = screen
  const look = screen.look ?? showScreen(picture)
  const { inks } = look
  context.fillStyle = inks.ground
  context.fillRect(-1, -1, width + 2, height + 2)
  links.forEach((link, k) => marks.links[k].flow && drawFlow(context, link, marks.links[k]))
  links.forEach((link, k) => marks.links[k].chosen && drawHalo(context, link, inks))
  links.forEach((link, k) => drawLink(context, link, marks.links[k], inks))
  clearNames(context, look)
  nodes.forEach((node, k) => drawUnit(context, node, marks.nodes[k], inks))
  drawNames(context, look)
  drawTexts(picture, marks, inks, "activation", "bold", "center", () => inks.text)
  drawTexts(picture, marks, inks, "delta", "normal", "center", ({ deltaColor }) => deltaColor ?? inks.text)
  drawTexts(picture, marks, inks, "zChange", "normal", "center", () => inks.muted)
  drawTexts(picture, marks, inks, "caption", "normal", "left", () => inks.muted)
  drawTexts(picture, marks, inks, "target", "normal", "left", () => inks.muted)
  drawTexts(picture, marks, inks, "changeCaption", "normal", "left", () => inks.muted)
  drawTexts(picture, marks, inks, "change", "normal", "left", () => inks.muted)
  drawCaption(picture, marks, inks)
  setFont(context, inks, "normal", layout.labelSize, "center")
  links.forEach((link, k) => {
    const { label } = marks.links[k]
    if (link.labelAt && label) {
      drawLabel(context, link.labelAt, layout.labelWidth, label, marks.links[k].chosen, inks)
    }
  })
}

/**
 * A name stands still: its letters, and the index a little lower behind them, are measured once a film.
 * @param {Picture} picture
 * @param {Inks} inks
 */
function placeNames({ screen, nodes }, inks) {
  const { context } = screen
  const widthOf = (/** @type {string} */ text, /** @type {number} */ size) => {
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

/**
 * @param {Inks} inks
 * @param {number} size
 */
function nameFont(inks, size) {
  return `italic ${size}px ${inks.names}`
}

/**
 * Edges pass behind the names, as in the SVG.
 * @param {Context} context
 * @param {Look} look
 */
function clearNames(context, { inks, names, nameSize }) {
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

/**
 * @param {Context} context
 * @param {Look} look
 */
function drawNames(context, { inks, names, nameSize }) {
  context.textAlign = "left"
  context.fillStyle = inks.muted
  context.font = nameFont(inks, nameSize)
  for (const { name, x, y } of names) context.fillText(name, x, y)
  context.font = nameFont(inks, INDEX_SIZE * nameSize)
  for (const { index, indexX, indexY } of names) context.fillText(index, indexX, indexY)
}

/**
 * All texts of a kind at once, as a canvas takes longer to change the font than to write.
 * @param {Picture} picture
 * @param {Marks} marks
 * @param {Inks} inks
 * @param {"activation" | "delta" | "zChange" | "caption" | "target" | "changeCaption" | "change"} kind
 * @param {string} weight
 * @param {CanvasTextAlign} align
 * @param {(marks: NodeMarks) => string} inkOf
 */
function drawTexts({ screen, nodes }, marks, inks, kind, weight, align, inkOf) {
  const { context } = screen
  setFont(context, inks, weight, nodes[0].at[kind].size, align)
  nodes.forEach(({ at }, k) => {
    context.fillStyle = inkOf(marks.nodes[k])
    context.fillText(marks.nodes[k][kind], at[kind].x, at[kind].y)
  })
}

/**
 * @param {Picture} picture
 * @param {Marks} marks
 * @param {Inks} inks
 */
function drawCaption({ screen, captionAt }, { caption }, inks) {
  if (!caption) return
  setFont(screen.context, inks, "normal", captionAt.size, "left")
  screen.context.fillStyle = inks.muted
  screen.context.fillText(caption, captionAt.x, captionAt.y)
}

/**
 * @param {Context} context
 * @param {Inks} inks
 * @param {string} weight
 * @param {number} size
 * @param {CanvasTextAlign} align
 */
function setFont(context, { numbers }, weight, size, align) {
  context.font = `${weight} ${size}px ${numbers}`
  context.textAlign = align
}

/**
 * @param {Context} context
 * @param {DrawnLink} link
 * @param {Inks} inks
 */
function drawHalo(context, { from, to }, inks) {
  context.setLineDash(SOLID)
  context.lineCap = "round"
  context.globalAlpha = 0.22
  drawLine(context, from, to, inks.chosen, 14)
  context.lineCap = "butt"
  context.globalAlpha = 1
}

/**
 * @param {Context} context
 * @param {DrawnLink} link
 * @param {LinkMarks} marks
 */
function drawFlow(context, { from, to }, { flowColor, flow }) {
  context.setLineDash(SOLID)
  context.globalAlpha = FLOW_ALPHA
  drawLine(context, from, to, flowColor, flow)
  context.globalAlpha = 1
}

/**
 * @param {Context} context
 * @param {Point} from
 * @param {Point} to
 * @param {string} color
 * @param {number} width
 */
function drawLine(context, from, to, color, width) {
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(to.x, to.y)
  context.lineWidth = width
  context.strokeStyle = color
  context.stroke()
}

/**
 * @param {Context} context
 * @param {DrawnLink} link
 * @param {LinkMarks} marks
 * @param {Inks} inks
 */
function drawLink(context, { from, to, bias }, { color, width, dashed }, inks) {
  context.setLineDash(dashed ? DASH : SOLID)
  drawLine(context, from, to, color, width)
  if (!bias) return
  context.beginPath()
  context.arc(to.x, to.y, SOURCE_RADIUS, 0, 2 * Math.PI)
  context.fillStyle = inks.muted
  context.fill()
}

/**
 * @param {Context} context
 * @param {DrawnNode} node
 * @param {NodeMarks} marks
 * @param {Inks} inks
 */
function drawUnit(context, { x, y, radius }, { chosen, isWritten, isPending }, inks) {
  const isMarked = chosen || isWritten
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  drawShape(
    context,
    inks,
    isMarked ? inks.chosen : inks.muted,
    isMarked ? 2.5 : 1.2,
    isPending ? PENDING_DASH : SOLID,
  )
}

/**
 * @param {Context} context
 * @param {Point} place
 * @param {number} width
 * @param {string} label
 * @param {boolean} chosen
 * @param {Inks} inks
 */
function drawLabel(context, { x, y }, width, label, chosen, inks) {
  context.beginPath()
  context.roundRect(x - width / 2, y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT, LABEL_HEIGHT / 2)
  drawShape(context, inks, chosen ? inks.chosen : inks.border, chosen ? 1.8 : 1)
  context.fillStyle = inks.text
  context.fillText(label, x, y + 4)
}

/**
 * @param {Context} context
 * @param {Inks} inks
 * @param {string} color of the outline
 * @param {number} width
 * @param {number[]} dash
 */
function drawShape(context, inks, color, width, dash = SOLID) {
  context.setLineDash(dash)
  context.fillStyle = inks.ground
  context.fill()
  context.strokeStyle = color
  context.lineWidth = width
  context.stroke()
}
