// The lines of code that compute the gradient of what is selected, and the one number of it.

import { html, set, setText } from "../base/dom.js"
import { formatNumber } from "../base/format.js"
import { argumentsOf, isConstant, isSymbol } from "./expression.js"
import { symbolOfLink } from "./forward_pass.js"
import { numbersOf, targetsSumToOne } from "./formulas.js"
import { withMinus, withoutMinus } from "./negation.js"

/** @import { Expression, SymbolTree } from "./model.d.ts" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Explained, Scene } from "./scene.js" */
/** @import { StepNumbers } from "./step.js" */

/** @typedef {ReturnType<typeof buildCode>} CodeView */

const BACKWARD = ["da", "slope", "delta"]
const STEP = ["step_W", "step_b", "new_W", "new_b"]
// More lines than these are not read one by one.
const MOST_LINES = 12
const NOTHING_SELECTED = "Select a weight, bias, input or unit to see the code of its gradient."

export function buildCode() {
  const lines = html("pre", { tabindex: 0, role: "region" })
  const hint = html("p", { class: "hint" }, NOTHING_SELECTED)
  return { root: html("div", { class: "code" }, lines, hint), lines, hint }
}

/**
 * @param {CodeView} view
 * @param {Scene} scene
 */
export function paintCode(view, scene) {
  const lines = readCode(scene.explained, scene.network, scene)
  view.lines.hidden = !lines.length
  view.hint.hidden = lines.length > 0
  set(view.lines, "aria-label", `Code, ${scene.network.convention.code}`)
  setText(view.lines, lines.join("\n"))
}

/**
 * @param {string} id an item or a control
 * @param {NetworkFormulas} network
 * @param {StepNumbers & Pick<Explained, "precision">} scene
 * @returns {string[]}
 */
export function readCode(id, network, scene) {
  const { convention, last, shapeOf } = network
  const sumsToOne = targetsSumToOne(network, scene)
  const sidesOf = (/** @type {SymbolTree} */ [name, layer]) => network.find(name, layer, sumsToOne)
  const isSingle = convention.code === "Python"

  /**
   * The lines of an array, or over single numbers those of one of it.
   * @param {SymbolTree} symbol
   */
  const linesOf = (symbol) => {
    const lines = sidesOf(symbol)?.code ?? []
    const [, , index] = symbol
    if (!isSingle || !index) return lines
    const shape = shapeOf(symbol)
    const size = lines.length / shape.reduce((product, axis) => product * axis, 1)
    const place = index.reduce((sum, at, axis) => sum * shape[axis] + at, 0)
    return lines.slice(place * size, (place + 1) * size)
  }

  if (id === "eta") {
    const layers = Array.from({ length: last }, (_, k) => k + 1)
    return shortenedLines(STEP.flatMap((name) => layers.flatMap((layer) => linesOf([name, layer]))))
  }
  const symbol = gradientOf(id, network)
  const right = symbol && sidesOf(symbol)?.right
  if (!symbol || !right) return []
  const [name, layer, index = []] = symbol
  const read = symbolsIn(network.numberOf(right, [name, layer], index))
    .map((each) => withoutMinus(each).symbol)
    .filter(([other]) => BACKWARD.includes(other) && other !== name)
  const own = linesOf(symbol)
  const signed = convention.delta.sign < 0 ? withMinus(symbol) : symbol
  const number = formatNumber(numbersOf(network, scene)(signed), scene.precision).replaceAll("−", "-")
  const held = own[0].split(/ \+?= /)[0]
  const place = index.length && !isSingle ? `[${network.placeOf(symbol, index).join(", ")}]` : ""
  return [...new Set([...read.flatMap(linesOf), ...own]), `${held}${place}  # ${number}`]
}

/** @param {string[]} lines */
function shortenedLines(lines) {
  if (lines.length <= MOST_LINES) return lines
  const rest = lines.length - MOST_LINES + 1
  return [...lines.slice(0, MOST_LINES - 1), `# and ${rest} more lines like these`]
}

/**
 * The gradient that belongs to an item or control: of a target the loss itself.
 * @param {string} id
 * @param {NetworkFormulas} network
 * @returns {SymbolTree | null}
 */
function gradientOf(id, { drawing }) {
  if ([...drawing.edges, ...drawing.biases].some((link) => link.id === id)) {
    const [name, layer, index] = symbolOfLink(id)
    return [`d${name}`, layer, index]
  }
  if (id.startsWith("y")) return ["loss", 0, []]
  const node = drawing.nodes.find((each) => each.id === id)
  return node ? [node.layer ? "delta" : "da", node.layer, [0, node.unit]] : null
}

/**
 * @param {Expression} expression
 * @returns {SymbolTree[]}
 */
function symbolsIn(expression) {
  if (isConstant(expression)) return []
  return isSymbol(expression) ? [expression] : argumentsOf(expression).flatMap(symbolsIn)
}
