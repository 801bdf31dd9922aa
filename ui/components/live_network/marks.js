// What a frame changes in the drawing, as values, and how the SVG shows them.

import { colorOf, inkOf } from "../base/color.js"
import { set, setText } from "../base/dom.js"
import { atMost, enteredNumber, fitNumber } from "../base/format.js"
import { CAPTION, DASH } from "./screen.js"

/** @import { DrawnNode, Picture } from "./drawing.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof makeMarks>} Marks */
/** @typedef {Marks["links"][number]} LinkMarks */
/** @typedef {Marks["nodes"][number]} NodeMarks */

const MANY_LINKS = 60

// More on every edge and in every unit would be too much to look at.
const LABEL_DIGITS = 3
const UNIT_DIGITS = 4

/**
 * @param {Picture} picture
 * @param {Scene} scene
 */
export function makeMarks(picture, scene) {
  // Among many edges thick ones only hide one another.
  const thickest = picture.links.length > MANY_LINKS ? 3.4 : 5.5
  const { view, palette, largest } = scene
  const precision = atMost(scene.precision, LABEL_DIGITS)
  const weights = picture.links.map((link) => Math.abs(scene.value(link.id)))
  const heaviest = Math.max(1, ...weights)
  const links = picture.links.map((link, k) => {
    const shown = scene.quantity(link)
    return {
      color: colorOf(shown, largest, view.scale, palette),
      width: Number((1.2 + (thickest - 1.2) * Math.sqrt(weights[k] / heaviest)).toFixed(1)),
      dashed: shown < 0,
      label: link.labelAt ? fitNumber(shown, precision, picture.layout.labelCharacters) : null,
      chosen: scene.highlighted(link.id),
    }
  })
  return { links, nodes: picture.nodes.map((node) => nodeMarks(node, scene)) }
}

/**
 * @param {DrawnNode} node
 * @param {Scene} scene
 */
function nodeMarks(node, scene) {
  const { view, precision } = scene
  const given = !node.layer || view.answers
  return {
    activation: given ? unitNumber(node, scene) : "?",
    ...(node.layer && view.answers ? deltaMarks(node, scene) : { delta: "", deltaColor: null }),
    caption: node.target ? CAPTION : "",
    target: node.target
      ? enteredNumber(scene.target(node.unit), atMost(precision, UNIT_DIGITS), node.at.target.room)
      : "",
    chosen: scene.highlighted(node.id),
  }
}

/**
 * @param {DrawnNode} node
 * @param {Scene} scene
 */
function deltaMarks(node, { delta, deltaSymbol, palette, precision }) {
  const value = delta(node.index)
  const symbol = node.small ? "" : `${deltaSymbol} `
  const text = fitNumber(value, atMost(precision, LABEL_DIGITS), node.at.delta.room - symbol.length)
  return { delta: symbol + text, deltaColor: inkOf(value, palette) }
}

/**
 * @param {DrawnNode} node
 * @param {Scene} scene
 */
function unitNumber(node, scene) {
  const { room } = node.at.activation
  const precision = atMost(scene.precision, UNIT_DIGITS)
  const a = scene.node("a", node.index)
  return node.layer ? fitNumber(a, precision, room) : enteredNumber(a, precision, room)
}

/**
 * @param {Picture} picture
 * @param {Marks} marks
 */
export function showMarks(picture, marks) {
  picture.links.forEach((link, k) => {
    const { color, width, dashed, label, chosen } = marks.links[k]
    set(link.line, "stroke", color)
    set(link.line, "stroke-width", width)
    set(link.line, "stroke-dasharray", dashed ? DASH.join(" ") : "none")
    set(link.halo, "visibility", chosen ? "visible" : "hidden")
    set(link.tag.group, "class", chosen ? "label chosen" : "label")
    if (label !== null) setText(link.tag.text, label)
  })
  picture.nodes.forEach((node, k) => {
    const { activation, delta, deltaColor, target, chosen } = marks.nodes[k]
    set(node.circle, "class", chosen ? "unit chosen" : "unit")
    setText(node.activation, activation)
    setText(node.delta, delta)
    set(node.delta, "fill", deltaColor ?? "currentColor")
    if (node.target) setText(node.target, target)
  })
}
