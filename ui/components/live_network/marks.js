// What a frame changes in the drawing, as values, and how the SVG shows them.

import { colorOf, inkOf } from "../base/color.js"
import { set, setText } from "../base/dom.js"
import { MINUS, short, significant, within } from "../base/format.js"
import { CAPTION, DASH } from "./screen.js"

const MANY_LINKS = 60

export function makeMarks(picture, scene) {
  // Among many edges thick ones only hide one another.
  const thickest = picture.links.length > MANY_LINKS ? 3.4 : 5.5
  const { view, palette, largest } = scene
  const weights = picture.links.map((link) => Math.abs(scene.value(link.id)))
  const heaviest = Math.max(1, ...weights)
  const links = picture.links.map((link, k) => {
    const shown = scene.quantity(link)
    return {
      color: colorOf(shown, largest, view.scale, palette),
      width: (1.2 + (thickest - 1.2) * Math.sqrt(weights[k] / heaviest)).toFixed(1),
      dashed: shown < 0,
      label: link.labelAt ? short(shown) : null,
      chosen: scene.highlighted(link.id),
    }
  })
  return { links, nodes: picture.nodes.map((node) => nodeMarks(node, scene)) }
}

function nodeMarks(node, scene) {
  const { view, palette } = scene
  const given = !node.layer || view.answers
  const marks = {
    activation: given ? within(scene.node("a", node.index), node.small ? 6 : 7) : "?",
    delta: "",
    deltaColor: null,
    caption: node.target ? CAPTION : "",
    target: node.target ? significant(scene.target(node.unit), 4) : "",
    chosen: scene.highlighted(node.id),
  }
  if (node.layer && view.answers) {
    const delta = scene.delta(node.index)
    marks.delta = (node.small ? "" : (scene.deltaSign < 0 ? MINUS : "") + "δ ") +
      short(delta, node.small ? 2 : 3)
    marks.deltaColor = inkOf(delta, palette)
  }
  return marks
}

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
