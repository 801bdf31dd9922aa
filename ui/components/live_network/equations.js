// The equations that explain a weight, bias, unit, input or control: over letters, and over numbers.

import {
  argumentsOf,
  isConstant,
  isSymbol,
  mapArguments,
  ofSingleNumbers,
  resolveCases,
} from "./expression.js"
import { numbersOf, targetsSumToOne } from "./formulas.js"
import { withMinus, withoutMinus } from "./negation.js"

import { operator, overArrays, overLetters, overNumbers, writeExpression } from "./mathml.js"

/** @import { Expression, SymbolTree } from "./model.d.ts" */
/** @import { Markup } from "./mathml.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { StepNumbers } from "./step.js" */

/**
 * left = letters = numbers plugged in = the number of `result`. Where `left` is null the letters say what it is of;
 * where `right` is null letters are all there is. `because` has what the letters follow from.
 * @typedef {{
 *   left: SymbolTree | null, letters: Expression, because: Expression[],
 *   right: Expression | null, result: SymbolTree, own: SymbolTree | null,
 * }} Equation
 */

/** Sums of more terms are written as Σ over letters. */
const MOST_TERMS = 2
// Softmax has no slope of its own: what its δ is made of is in its formula.
const OF_UNIT = ["z", "a", "slope", "da", "delta"]
const OF_OUTPUT = ["z", "a", "loss", "da", "slope", "delta"]

/**
 * All that the equations of an item depend on, but for the numbers in them.
 * @param {string} id
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {Equation[]}
 */
export function equationsOf(id, network, step) {
  return subjectsOf(id, network).flatMap((symbol) => equationOf(symbol, network, step, symbol))
}

/**
 * The equations of all numbers of some arrays, by their names and layers, number by number.
 * @param {[string, number][]} arrays
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {Equation[]}
 */
export function equationsOfArrays(arrays, network, step) {
  return arrays.flatMap(([name, layer]) => {
    if (!network.find(name, layer, false)) return []
    return indicesOf(network.shapeOf([name, layer])).flatMap((index) =>
      equationOf([name, layer, index], network, step, null)
    )
  })
}

/**
 * The equations of arrays that are matrix products, as rows of MathML: z = a W. Single numbers have none.
 * @param {[string, number][]} arrays
 * @param {NetworkFormulas} network
 * @returns {Markup[][]}
 */
export function productsOf(arrays, network) {
  if (network.convention.code === "Python") return []
  return arrays.flatMap(([name, layer]) => {
    const sides = network.find(name, layer, false)
    if (!sides || !hasProduct(sides.right)) return []
    const write = overArrays(network)
    /** @type {SymbolTree} */
    const left = [name, layer]
    const written = network.convention.delta.sign < 0 ? withMinus(left) : left
    return [[...writeExpression(written, write), ...equals(), ...writeExpression(sides.right, write)]]
  })
}

/**
 * The equation of an array, whatever it is made of: δ₁ = dL/da₁ ⊙ f′(z₁). Of single numbers it is that of one of them.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {Markup[] | null} null where there is no formula of it
 */
export function arrayEquation([name, layer], network, step) {
  const sides = network.find(name, layer, targetsSumToOne(network, step))
  if (!sides) return null
  /** @type {SymbolTree} */
  const left = step.isErrorTerm ? withMinus([name, layer]) : [name, layer]
  const write = overArrays(network)
  const right = withRest(sides.right)
  const written = network.convention.code === "Python" ? ofSingleNumbers(right) : right
  return [...writeExpression(left, write), ...equals(), ...writeExpression(written, write)]
}

/**
 * @param {Expression} expression
 * @returns {boolean}
 */
function hasProduct(expression) {
  if (isConstant(expression) || isSymbol(expression)) return false
  return expression[0] === "matmul" || argumentsOf(expression).some(hasProduct)
}

/**
 * All places of an array, row after row.
 * @param {number[]} shape
 * @returns {number[][]}
 */
function indicesOf([size, ...others]) {
  if (size === undefined) return [[]]
  return Array.from({ length: size }, (_, k) => indicesOf(others).map((rest) => [k, ...rest])).flat()
}

/**
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @param {SymbolTree | null} subject what goes without saying, as all is about it
 * @returns {Equation[]} one, or none where there is no formula of it
 */
export function equationOf([name, layer, index], network, step, subject) {
  const numbers = numbersOf(network, step)
  const sumsToOne = targetsSumToOne(network, step)
  const { isErrorTerm } = step
  const sides = network.find(name, layer, sumsToOne)
  if (!sides) return []
  /** @type {SymbolTree} */
  const left = index ? [name, layer, index] : [name, layer]
  const at = (/** @type {Expression} */ array, /** @type {number | undefined} */ most) => {
    const rested = withRest(array)
    return index ? network.numberOf(rested, left, index, most) : rested
  }
  const resolved = (/** @type {Expression} */ expression) =>
    index ? resolveCases(expression, numbers) : expression
  const result = isErrorTerm ? withMinus(left) : left
  return [{
    left: name.startsWith("new_") ? null : result,
    letters: resolved(at(sides.right, MOST_TERMS)),
    because: sides.because.map((expression) => resolved(at(expression, MOST_TERMS))),
    right: index ? resolved(at(sides.right, undefined)) : null,
    result,
    own: subject && /^(W|b)$/.test(name.slice(-1)) ? left : null,
  }]
}

/**
 * What a number is made of, as an expression over the numbers that it is made of; null where there is no formula of it.
 * @param {SymbolTree} symbol as the convention for signs has it
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {Expression | null}
 */
export function rightOf(symbol, network, step) {
  const { symbol: [name, layer, index = []] } = withoutMinus(symbol)
  const sides = network.find(name, layer, targetsSumToOne(network, step))
  if (!sides) return null
  const right = network.numberOf(sides.right, [name, layer, index], index)
  return resolveCases(right, numbersOf(network, step))
}

/**
 * The equation of one number of an item.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {Equation | null}
 */
export function equationAt(symbol, network, step) {
  return equationOf(symbol, network, step, symbol)[0] ?? null
}

/**
 * What an item has equations of: numbers by their index, or arrays.
 * @param {string} id
 * @param {NetworkFormulas} network
 * @returns {SymbolTree[]}
 */
function subjectsOf(id, network) {
  if (id === "eta") return [["step_W", 1]]
  if (id.startsWith("y")) return [["loss", 0]]
  const [layer, ...places] = id.slice(1).split(".").map(Number)
  const index = places.map((place) => place - 1)
  const kind = id[0]
  if (kind === "w" || kind === "b") {
    const name = kind === "w" ? "W" : "b"
    return ["d", "step_", "new_"].map((prefix) => [prefix + name, layer, index])
  }
  if (kind !== "n") return []
  if (!layer) return [["da", 0, [0, index[0]]]]
  return (layer === network.last ? OF_OUTPUT : OF_UNIT).map((name) =>
    name === "loss" ? [name, 0, []] : [name, layer, [0, index[0]]]
  )
}

/**
 * What is left of an activation, written as 1 − a.
 * @param {Expression} expression
 * @returns {Expression}
 */
export function withRest(expression) {
  if (isConstant(expression)) return expression
  if (!isSymbol(expression)) return mapArguments(expression, withRest)
  const [name, ...place] = expression
  return name === "rest" ? ["subtract", { value: 1 }, ["a", ...place]] : expression
}

/**
 * An equation as rows of MathML: letters = numbers plugged in = result. Where there is nothing to plug in, or no number
 * to come to, those rows are null.
 * @param {Equation} equation
 * @param {NetworkFormulas} network
 */
export function rowsOf({ left, letters, right, result, own, because }, network) {
  const write = overLetters(network, own)
  const numbers = (/** @type {Expression} */ expression) => [
    ...equals(),
    ...writeExpression(expression, overNumbers(network)),
  ]
  const chain = (/** @type {Expression[]} */ expressions) =>
    expressions.flatMap((expression, k) => [...(k ? equals() : []), ...writeExpression(expression, write)])
  const sides = left ? [left, letters] : [letters]
  return {
    letters: chain(sides),
    plugged: right && hasParts(right) ? numbers(right) : null,
    result: right ? numbers(result) : null,
    because: left && because.length ? chain([left, ...because, letters]) : null,
  }
}

/** @returns {Markup[]} */
function equals() {
  return [operator("=", { form: "infix", breaks: "term" })]
}

/**
 * Whether an expression is more than one number.
 * @param {Expression} expression
 */
function hasParts(expression) {
  return !isConstant(expression) && !isSymbol(expression)
}
