// What the network is made of, as formulas that stand beside the readings: its loss, its activations, its biases.

import { html } from "../base/dom.js"
import { withRest } from "./equations.js"
import { buildFormula } from "./formula_view.js"
import { operator, overLetters, speak, writeExpression } from "./mathml.js"

/** @import { SymbolTree } from "./model.d.ts" */
/** @import { NetworkFormulas } from "./formulas.js" */

// At the right end of the readings there is room for so many lines of so many characters. A loss
// that goes on below its first line would meet the fraction in the next one.
const SHORT_LINES = 3
const LINE_CHARACTERS = 29

/**
 * Layers of one activation, by what they are called, and one of them.
 * @param {string[]} activations
 * @returns {{ name: string, layer: number }[]}
 */
function groupLayers(activations) {
  const [output, hidden] = [activations.at(-1), activations.slice(0, -1)]
  if (hidden.every((name) => name === output)) return [{ name: "all units", layer: 1 }]
  const isOne = hidden.every((name) => name === hidden[0])
  return [
    ...(isOne ? [{ name: "hidden units", layer: 1 }] : hidden.map((_, k) => ({
      name: `hidden layer ${k + 1}`,
      layer: k + 1,
    }))),
    { name: "outputs", layer: activations.length },
  ]
}

/**
 * @param {NetworkFormulas} network
 * @param {boolean} areFixed whether biases are held fixed
 */
export function buildModelLine(network, areFixed) {
  const { activations, biases } = network.drawing
  const note = !biases.length ? "no biases" : areFixed ? "biases held fixed" : ""
  const parts = [
    html("span", {}, "loss ", buildDefinition(["loss", 0], network)),
    ...groupLayers(activations).map(({ name, layer }, k, { length }) =>
      html(
        "span",
        {},
        `${name} `,
        buildDefinition(["a", layer], network),
        note && k === length - 1 ? `, ${note}` : "",
      )
    ),
  ]
  return html("div", { class: fitsBeside(parts) ? "model short" : "model" }, ...parts)
}

/** @param {Element[]} parts */
function fitsBeside(parts) {
  const lines = parts.map(({ textContent }) => Math.ceil(textContent.length / LINE_CHARACTERS))
  return lines[0] === 1 && lines.reduce((a, b) => a + b) <= SHORT_LINES
}

/**
 * @param {SymbolTree} left
 * @param {NetworkFormulas} network
 */
function buildDefinition(left, network) {
  const sides = network.find(left[0], left[1], false)
  const write = overLetters(network)
  const parts = sides
    ? [
      ...writeExpression(left, write),
      operator("=", { form: "infix" }),
      ...writeExpression(withRest(sides.right), write),
    ]
    : []
  return html(
    "span",
    { class: "formula", role: "math", "aria-label": speak(parts, String) },
    buildFormula(parts, "letters").run,
  )
}
