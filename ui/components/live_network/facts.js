// What is known of a weight, bias, unit or control beside its equations: its own numbers, and one sentence.
// Plain data in and out.

import { isNumber } from "../base/format.js"
import { targetsSumToOne } from "./formulas.js"

/**
 * Numbers with their names, a sentence, and one that stands behind the equations.
 * @typedef {{ title: string, numbers: [string, number][], hint: string, note: string }} Facts
 */

/** @import { DrawingNode } from "./model.d.ts" */
/** @import { Explained } from "./scene.js" */
/** @import { Link } from "./step.js" */

/** @typedef {DrawingNode & { index: number }} FactsNode a node, with its number in the drawing */

/**
 * @param {string} id
 * @param {FactsNode[]} nodes
 * @param {Link[]} links
 * @param {Explained} scene
 * @returns {Facts | null}
 */
export function factsOf(id, nodes, links, scene) {
  const node = nodes.find((other) => other.id === id)
  if (node) return node.layer ? unitFacts(node, scene) : inputFacts(node, scene)
  const link = links.find((other) => other.id === id)
  if (link) return linkFacts(link, nodes, scene)
  return scene.control ? controlFacts(scene.control, scene) : null
}

/**
 * A target or the learning rate: the slope is that of the curve beside it.
 * @param {{ id: string, label: string }} control
 * @param {Explained} scene
 * @returns {Facts}
 */
function controlFacts(control, { value, plotted }) {
  const name = control.id === "eta" ? "learning rate" : "target"
  const slope = control.id === "eta" ? "dL/dη after the step" : `dL/d${control.label}`
  return {
    title: control.label,
    numbers: [
      named(name, value(control.id)),
      ...(plotted ? [named(slope, plotted.film.slope[plotted.index])] : []),
    ],
    hint: control.id === "eta"
      ? "How far the step goes against each gradient:"
      : "What the prediction is compared with in the loss:",
    note: "",
  }
}

/**
 * @param {string} name
 * @param {number} value
 * @returns {[string, number]}
 */
function named(name, value) {
  return [name, value]
}

/**
 * @param {Link} link
 * @param {FactsNode[]} nodes
 * @param {Explained} scene
 * @returns {Facts}
 */
function linkFacts(link, nodes, scene) {
  const from = link.anchors.from === null ? null : nodes[link.anchors.from]
  const weight = scene.value(link.id)
  const [name, symbol] = link.bias ? ["bias", "b"] : ["weight", "w"]
  /** @type {Facts["numbers"]} */
  const numbers = [[name, weight]]
  if (from) numbers.push(["contribution w·a", weight * scene.node("a", from.index)])
  // The equation is of −dL/dw, and the drawing has dL/dw.
  if (scene.deltaSign < 0) numbers.push([`gradient dL/d${symbol}`, scene.gradient(link)])
  return {
    title: link.label,
    numbers,
    hint: meaning(link, nodes[link.anchors.to], scene),
    note: scene.isTrained(link) ? "" : "Δb = 0, as the biases are held fixed.",
  }
}

/**
 * What the sign of the colored quantity means; it is that quantity that a dash belongs to.
 * @param {Link} link
 * @param {FactsNode} to
 * @param {Explained} scene
 */
function meaning(link, to, scene) {
  const value = scene.quantity(link)
  // At a stage edges are drawn by what they carry there.
  if (scene.stage || !isNumber(value)) return ""
  const name = link.bias ? "bias" : "weight"
  const { color } = scene.view
  const what = {
    gradient: "gradient",
    weight_delta: `${name} delta`,
    weight: name,
    contribution: link.bias ? "bias" : "contribution w·a",
  }[color]
  if (color === "weight_delta" && !scene.isTrained(link)) return "The bias is held fixed: its delta is 0."
  const [raised, lowered, nothing] = {
    gradient: [
      `: raising the ${name} raises the loss`,
      `: raising the ${name} lowers the loss`,
      ": a small change makes no difference to the loss",
    ],
    weight_delta: [`: the step raises the ${name}`, `: the step lowers the ${name}`, ": the step leaves it"],
    weight: ["", "", ""],
    contribution: [
      `: it raises z of ${to.label}`,
      `: it lowers z of ${to.label}`,
      `: it adds nothing to z of ${to.label}`,
    ],
  }[color]
  if (value === 0) return `The ${what} is 0${nothing}.`
  return value < 0
    ? `The ${what} is negative, so drawn dashed${lowered}.`
    : `The ${what} is positive${raised}.`
}

/**
 * @param {FactsNode} node
 * @param {Explained} scene
 * @returns {Facts}
 */
function inputFacts(node, scene) {
  return {
    title: node.label,
    numbers: [["input", scene.node("a", node.index)]],
    hint: `An input is given: it has no ${scene.deltaName} of its own.`,
    note: "",
  }
}

/**
 * @param {FactsNode} node
 * @param {Explained} scene
 * @returns {Facts}
 */
function unitFacts(node, scene) {
  const { drawing, network } = scene
  const isScaled = node.layer === network.last && drawing.fused && network.couplesUnits(node.layer) &&
    !targetsSumToOne(network, scene)
  const difference = scene.deltaSign < 0 ? "y − ŷ" : "ŷ − y"
  return {
    title: node.label,
    numbers: [],
    hint: isScaled
      ? `The targets do not sum to 1: if they did, ${scene.deltaSymbol} would be ${difference}.`
      : "",
    note: "",
  }
}
