// What is explained of a weight, bias, unit or control: numbers, rules with the numbers plugged in, one sentence.
// Plain data in and out.

import { formatNumber, isNumber } from "../base/format.js"

/**
 * @typedef {{ title: string, numbers: [string, number][], rules: [string, string][], hint: string }} Facts
 * Numbers with their names; a rule is the text before its last but one "=" and what follows it.
 */

/** @import { DrawingNode, NodeArray } from "./model.d.ts" */
/** @import { Explained } from "./scene.js" */
/** @import { Link } from "./step.js" */

/** @typedef {DrawingNode & { index: number }} FactsNode a node, with its number in the drawing */

// Targets that sum to 1 but for rounding make softmax with cross-entropy ŷ − y.
const SUM_ROUNDING = 1e-9

/**
 * @param {string} id
 * @param {FactsNode[]} nodes
 * @param {Link[]} links
 * @param {Explained} scene
 * @returns {Facts | null}
 */
export function factsOf(id, nodes, links, scene) {
  const node = nodes.find((other) => other.id === id)
  if (node) return node.layer ? unitFacts(node, nodes, links, scene) : inputFacts(node, scene)
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
    rules: [],
    hint: "",
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
 * Numbers beside an operator: a negative one stands in brackets.
 * @param {Explained} scene
 */
function plugIn({ precision }) {
  return (/** @type {number} */ value) => {
    const text = formatNumber(value, precision)
    return text.startsWith("−") ? `(${text})` : text
  }
}

/** @param {string} symbol */
function bracketed(symbol) {
  return symbol.startsWith("−") ? `(${symbol})` : symbol
}

/**
 * An equation holds between finite numbers only.
 * @param {string} plugged
 * @param {number} result
 * @param {Explained} scene
 */
function equation(plugged, result, { precision }) {
  const equals = `${plugged} = ${formatNumber(result, precision)}`
  return equals.includes("overflow") ? "overflow" : equals
}

/**
 * @param {Link} link
 * @param {FactsNode[]} nodes
 * @param {Explained} scene
 * @returns {Facts}
 */
function linkFacts(link, nodes, scene) {
  const plug = plugIn(scene)
  const to = nodes[link.anchors.to]
  const from = link.anchors.from === null ? null : nodes[link.anchors.from]
  const weight = scene.value(link.id)
  const gradient = scene.gradient(link)
  const change = scene.weightDelta(link)
  const name = link.bias ? "bias" : "weight"
  const symbol = link.bias ? "b" : "w"
  /** @type {Facts["numbers"]} */
  const numbers = [
    [name, weight],
    [`gradient dL/d${symbol}`, gradient],
    [`${name} delta Δ${symbol}`, change],
    [`${symbol} + Δ${symbol}`, weight + change],
  ]
  if (from) numbers.push(["contribution w·a", weight * scene.node("a", from.index)])
  const minus = scene.deltaSign < 0 ? "−" : ""
  const delta = `${scene.deltaSymbol}_{${to.label}}`
  // An input is called by its own name, x; a unit's activation is a.
  const factor = from && (from.layer ? `a_{${from.label}}` : `x_{${from.unit + 1}}`)
  const factors = from ? `${factor} · ${bracketed(delta)}` : delta
  const plugged = from
    ? `${plug(scene.node("a", from.index))} × ${plug(scene.delta(to.index))}`
    : formatNumber(scene.delta(to.index), scene.precision)
  const step = scene.deltaSign < 0 ? `η · ${from ? factors : bracketed(delta)}` : `−η · dL/d${symbol}`
  const stepPlugged = scene.deltaSign < 0
    ? `${plug(scene.eta)} × ${from ? plugged : plug(scene.delta(to.index))}`
    : `−${plug(scene.eta)} × ${plug(gradient)}`
  /** @type {Facts["rules"]} */
  const rules = [[
    `${minus}dL/d${symbol} = ${factors}`,
    // The gradient of a bias is the delta itself: nothing is plugged in.
    from ? equation(plugged, 0 + scene.deltaSign * gradient, scene) : plugged,
  ]]
  rules.push(
    scene.isTrained(link)
      ? [`Δ${symbol} = ${step}`, equation(stepPlugged, change, scene)]
      : [`Δ${symbol}`, "0, as the biases are held fixed"],
  )
  return { title: link.label, numbers, rules, hint: meaning(link, to, scene) }
}

/**
 * What the sign of the colored quantity means; it is that quantity that a dash belongs to.
 * @param {Link} link
 * @param {FactsNode} to
 * @param {Explained} scene
 */
function meaning(link, to, scene) {
  const value = scene.quantity(link)
  if (!isNumber(value)) return ""
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
    numbers: [["input", scene.node("a", node.index)], [`dL/d${node.label}`, scene.node("da", node.index)]],
    rules: [],
    hint: "An input is given: it has no δ of its own.",
  }
}

/**
 * @param {FactsNode} node
 * @param {FactsNode[]} nodes
 * @param {Link[]} links
 * @param {Explained} scene
 * @returns {Facts}
 */
function unitFacts(node, nodes, links, scene) {
  const plug = plugIn(scene)
  const at = (/** @type {NodeArray} */ name) => scene.node(name, node.index)
  const { formulas, layers, activations } = scene.drawing
  const softmax = activations[node.layer - 1] === "softmax"
  const minus = scene.deltaSign < 0 ? "−" : ""
  /** @type {Facts["numbers"]} */
  const numbers = [
    ["z", at("z")],
    ["a", at("a")],
    [softmax ? "∂a/∂z, the Jacobian's diagonal" : "f′(z)", at("derivative")],
    [`${minus}dL/da`, 0 + scene.deltaSign * at("da")],
    [scene.deltaName, scene.delta(node.index)],
  ]
  const incoming = links.filter((link) => link.anchors.to === node.index)
  const terms = incoming.map((link) => {
    const own = plug(scene.value(link.id))
    return link.anchors.from === null ? own : `${plug(scene.node("a", link.anchors.from))}·${own}`
  })
  const bias = incoming.some((link) => link.bias) ? " + b" : ""
  const layer = nodes.filter((other) => other.layer === node.layer)
  const power = (/** @type {FactsNode} */ other) =>
    `e^(${formatNumber(scene.node("z", other.index), scene.precision)})`
  const plugged = softmax
    ? `${power(node)} / (${layer.map(power).join(" + ")})`
    : `f(${formatNumber(at("z"), scene.precision)})`
  const output = node.layer === layers - 1 ? outputDelta(node, layer, scene) : null
  return {
    title: node.label,
    numbers,
    rules: [
      [`z = Σ a·w${bias}`, equation(terms.join(" + "), at("z"), scene)],
      [`a = ${formulas[node.layer - 1]}`, equation(plugged, at("a"), scene)],
      output?.rule ?? hiddenDelta(node, links, scene),
    ],
    hint: output?.hint ?? "",
  }
}

/**
 * @param {FactsNode} node
 * @param {Link[]} links
 * @param {Explained} scene
 * @returns {[string, string]}
 */
function hiddenDelta(node, links, scene) {
  const plug = plugIn(scene)
  const terms = links.filter((link) => link.anchors.from === node.index).map((link) =>
    `${plug(scene.value(link.id))}·${plug(scene.delta(link.anchors.to))}`
  )
  return [
    `${scene.deltaSymbol}_{${node.label}} = (Σ w·${bracketed(scene.deltaSymbol)}) · f′(z)`,
    equation(
      `(${terms.join(" + ")}) × ${plug(scene.node("derivative", node.index))}`,
      scene.delta(node.index),
      scene,
    ),
  ]
}

/**
 * @param {FactsNode} node
 * @param {FactsNode[]} layer the units of its layer
 * @param {Explained} scene
 * @returns {{ rule: [string, string], hint: string }}
 */
function outputDelta(node, layer, scene) {
  const plug = plugIn(scene)
  const { deltaSign: sign, drawing } = scene
  const symbol = `${scene.deltaSymbol}_{${node.label}}`
  /** @type {(right: string, plugged: string) => [string, string]} */
  const rule = (right, plugged) => [`${symbol} = ${right}`, equation(plugged, scene.delta(node.index), scene)]
  const softmax = drawing.activations.at(-1) === "softmax"
  const a = plug(scene.node("a", node.index))
  if (drawing.fused) {
    const y = plug(scene.target(node.unit))
    const total = layer.reduce((sum, other) => sum + scene.target(other.unit), 0)
    if (!softmax || Math.abs(total - 1) <= SUM_ROUNDING) {
      return { rule: sign < 0 ? rule("y − ŷ", `${y} − ${a}`) : rule("ŷ − y", `${a} − ${y}`), hint: "" }
    }
    const scaled = `${a} × ${plug(total)}`
    return {
      rule: sign < 0 ? rule("y − ŷ·Σy", `${y} − ${scaled}`) : rule("ŷ·Σy − y", `${scaled} − ${y}`),
      hint: `The targets do not sum to 1: if they did, ${scene.deltaSymbol} would be ${
        sign < 0 ? "y − ŷ" : "ŷ − y"
      }.`,
    }
  }
  const minus = sign < 0 ? "−" : ""
  const slope = (/** @type {FactsNode} */ other) => plug(0 + sign * scene.node("da", other.index))
  if (!softmax) {
    return {
      rule: rule(`${minus}dL/da · f′(z)`, `${slope(node)} × ${plug(scene.node("derivative", node.index))}`),
      hint: "",
    }
  }
  const terms = layer.map((other) => `${plug(scene.node("a", other.index))}·${slope(other)}`)
  return {
    rule: rule(
      sign < 0 ? "a · (−dL/da + Σ a·dL/da)" : "a · (dL/da − Σ a·dL/da)",
      `${a} × (${slope(node)} − (${terms.join(" + ")}))`,
    ),
    hint: "",
  }
}
