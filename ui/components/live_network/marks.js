// What a frame changes in the drawing, as values, and how the SVG shows them.

import { colorOf, inkOf } from "../base/color.js"
import { set, setText } from "../base/dom.js"
import { atMost, enteredNumber, fitNumber } from "../base/format.js"
import { charactersIn } from "./layout.js"
import { CAPTION, DASH } from "./screen.js"

/** @import { DrawnNode, Picture } from "./drawing.js" */
/** @import { Precision } from "../base/format.js" */
/** @import { Nudge } from "./nudge.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof makeMarks>} Marks */
/** @typedef {Marks["links"][number]} LinkMarks */
/** @typedef {Marks["nodes"][number]} NodeMarks */

const MANY_LINKS = 60

// More on every edge and in every unit would be too much to look at.
const LABEL_DIGITS = 3
const UNIT_DIGITS = 4
const WIDEST_FLOW = 22
// Of a path that is pointed at, however little it carries.
const LEAST_PATH_FLOW = 6
// From where there is much room to where there is little.
const NUDGE_CAPTIONS = ["Δz above, Δa below, ΔL of the loss", "Δz above, Δa below"]
// In place of what is to be predicted, as of what is hidden.
const UNKNOWN = "?"
const WRITTEN_IN_UNITS = ["z", "a", "da", "delta"]

/**
 * @param {Picture} picture
 * @param {Scene} scene
 */
export function makeMarks(picture, scene) {
  // Among many edges thick ones only hide one another.
  const thickest = picture.links.length > MANY_LINKS ? 3.4 : 5.5
  const { view, palette, largest, stage } = scene
  const precision = atMost(scene.precision, LABEL_DIGITS)
  const weights = picture.links.map((link) => Math.abs(scene.value(link.id)))
  const isUnknown = stage?.isUnknownCarried ?? false
  const heaviest = Math.max(1, ...weights)
  const links = picture.links.map((link, k) => {
    // At a stage only the edges that carry something have a color and a number.
    const isLit = stage?.isLit(link) ?? true
    const shown = isLit && !isUnknown ? scene.shown(link) : 0
    return {
      color: colorOf(isBesidePath(link.id, scene) ? 0 : shown, largest, view.scale, palette),
      width: Number((1.2 + (thickest - 1.2) * Math.sqrt(weights[k] / heaviest)).toFixed(1)),
      dashed: shown < 0,
      label: link.labelAt
        ? isUnknown && isLit
          ? UNKNOWN
          : isLit
          ? fitNumber(shown, precision, picture.layout.labelCharacters)
          : ""
        : null,
      chosen: scene.highlighted(link.id),
      ...ribbonMarks(link.id, isLit ? shown : 0, scene),
    }
  })
  return {
    links,
    nodes: picture.nodes.map((node) => nodeMarks(node, scene)),
    caption: nudgeCaption(picture, scene),
  }
}

/**
 * Whether a path is pointed at that an edge is not on: it fades.
 * @param {string} id
 * @param {Scene} scene
 */
function isBesidePath(id, { light }) {
  return Boolean(light?.isPath && !light.ribbons.has(id))
}

/**
 * The ribbon of what an edge carries: of a derivation's paths while one is pointed at, or at a stage.
 * @param {string} id
 * @param {number} shown
 * @param {Scene} scene
 */
function ribbonMarks(id, shown, { light, stage, largest, view, palette }) {
  const carried = light?.ribbons.get(id) ?? 0
  if (light?.isPath && light.ribbons.has(id)) {
    return {
      flow: Math.max(flowWidth(carried, light.largest), LEAST_PATH_FLOW),
      flowColor: colorOf(Math.sign(carried), 1, view.scale, palette),
    }
  }
  if (light) {
    return {
      flow: flowWidth(carried, light.largest),
      flowColor: colorOf(carried, light.largest, view.scale, palette),
    }
  }
  return {
    flow: stage ? flowWidth(shown, largest) : 0,
    flowColor: colorOf(shown, largest, view.scale, palette),
  }
}

/**
 * How wide the ribbon is of what an edge carries: its area is in proportion.
 * @param {number} carried
 * @param {number} largest
 */
function flowWidth(carried, largest) {
  const part = Math.sqrt(Math.min(Math.abs(carried) / largest, 1)) || 0
  return Number((WIDEST_FLOW * part).toFixed(1))
}

/**
 * What the numbers of a nudge are of, as far as there is room.
 * @param {Picture} picture
 * @param {Scene} scene
 */
function nudgeCaption({ captionAt, layout }, { nudge }) {
  if (!nudge) return ""
  const what = `${nudge.subject.label} + h`
  const room = charactersIn(layout.width - captionAt.x, captionAt.size)
  return NUDGE_CAPTIONS.map((numbers) => `${numbers}: ${what}`).find(({ length }) => length <= room) ?? what
}

/**
 * @param {DrawnNode} node
 * @param {Scene} scene
 */
function nodeMarks(node, scene) {
  const { view, precision, stage, nudge } = scene
  const isLast = Boolean(nudge) && node.index === scene.drawing.nodes.length - 1
  return {
    activation: node.layer ? activationText(node, scene) : unitNumber(node, scene),
    zChange: "",
    ...(node.layer && view.answers
      ? nudge ? nudgeMarks(node, nudge, scene) : deltaMarks(node, scene)
      : { delta: "", deltaColor: null }),
    isWritten: WRITTEN_IN_UNITS.some((name) => stage?.isWritten(name, node.layer)) ||
      (!node.layer && Boolean(stage?.isWritten("x", 0))),
    isPending: Boolean(node.layer && stage && !stage.isComputed("z", node.layer)),
    caption: node.target ? CAPTION : "",
    target: node.target
      ? enteredNumber(scene.target(node.unit), atMost(precision, UNIT_DIGITS), node.at.target.room)
      : "",
    changeCaption: isLast ? "ΔL" : "",
    change: nudge && isLast
      ? fitNumber(nudge.lossChange, atMost(precision, LABEL_DIGITS), node.at.change.room)
      : "",
    chosen: scene.highlighted(node.id),
  }
}

/**
 * How a nudge changes a unit: its z above its activation, that one in the place of δ; nothing where it does not reach.
 * @param {DrawnNode} node
 * @param {Nudge} nudge
 * @param {Scene} scene
 */
function nudgeMarks(node, nudge, { palette, precision }) {
  if (!nudge.reaches(node)) return { delta: "", deltaColor: null }
  const change = nudge.aChange(node)
  const digits = atMost(precision, LABEL_DIGITS)
  return {
    zChange: lettered("Δz", nudge.zChange(node), node, node.at.zChange.room, digits),
    delta: lettered("Δa", change, node, node.at.delta.room, digits),
    deltaColor: inkOf(change, palette),
  }
}

/**
 * The activation of a unit, or z before that has been computed.
 * @param {DrawnNode} node
 * @param {Scene} scene
 */
function activationText(node, scene) {
  const { view, stage, precision } = scene
  if (!view.answers) return UNKNOWN
  if (!stage || stage.isComputed("a", node.layer)) return unitNumber(node, scene)
  if (!stage.isComputed("z", node.layer)) return isUnknownIn(stage, "z", node) ? UNKNOWN : ""
  return lettered(
    "z",
    scene.node("z", node.index),
    node,
    node.at.activation.room,
    atMost(precision, UNIT_DIGITS),
  )
}

/**
 * Whether a stage computes a number of a unit that is withheld.
 * @param {NonNullable<Scene["stage"]>} stage
 * @param {string} name
 * @param {DrawnNode} node
 */
function isUnknownIn(stage, name, { layer }) {
  return stage.isWithheld && stage.isWritten(name, layer)
}

/**
 * A number in a unit, behind its letter where there is room.
 * @param {string} letter
 * @param {number} value
 * @param {DrawnNode} node
 * @param {number} room
 * @param {Precision} precision
 */
function lettered(letter, value, node, room, precision) {
  const symbol = node.small ? "" : `${letter} `
  return symbol + fitNumber(value, precision, room - symbol.length)
}

/**
 * δ of a unit; before that has been computed the slope of the loss at its output.
 * @param {DrawnNode} node
 * @param {Scene} scene
 */
function deltaMarks(node, scene) {
  const { delta, deltaSymbol, palette, precision, stage } = scene
  if (stage && !stage.isComputed("delta", node.layer)) {
    if (!stage.isComputed("da", node.layer)) {
      return { delta: isUnknownIn(stage, "da", node) ? UNKNOWN : "", deltaColor: null }
    }
    const slope = 0 + scene.deltaSign * scene.node("da", node.index)
    const letter = scene.deltaSign < 0 ? "−∂a" : "∂a"
    return {
      delta: lettered(letter, slope, node, node.at.delta.room, atMost(precision, LABEL_DIGITS)),
      deltaColor: inkOf(slope, palette),
    }
  }
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
    const { color, width, dashed, label, chosen, flow, flowColor } = marks.links[k]
    set(link.line, "stroke", color)
    set(link.line, "stroke-width", width)
    set(link.line, "stroke-dasharray", dashed ? DASH.join(" ") : "none")
    set(link.halo, "visibility", chosen ? "visible" : "hidden")
    set(link.flow, "stroke", flowColor)
    set(link.flow, "stroke-width", flow)
    set(link.tag.group, "class", label === "" ? "label empty" : chosen ? "label chosen" : "label")
    if (label !== null) setText(link.tag.text, label)
  })
  picture.nodes.forEach((node, k) => {
    const {
      activation,
      delta,
      deltaColor,
      zChange,
      target,
      change,
      changeCaption,
      chosen,
      isWritten,
      isPending,
    } = marks.nodes[k]
    set(node.circle, "class", `unit${chosen || isWritten ? " chosen" : ""}${isPending ? " pending" : ""}`)
    setText(node.activation, activation)
    setText(node.delta, delta)
    setText(node.zChange, zChange)
    set(node.delta, "fill", deltaColor ?? "currentColor")
    if (node.target) setText(node.target, target)
    if (node.change) {
      setText(node.change.caption, changeCaption)
      setText(node.change.number, change)
    }
  })
  setText(picture.caption, marks.caption)
}
