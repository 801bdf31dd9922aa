// The derivation of a gradient as plain data: its paths in the order in which they are shown, and the factors of one of
// them, each with its letters and with where its number comes from.

import { argumentsOf, isConstant, isSymbol } from "./expression.js"
import { equationAt, rightOf } from "./equations.js"
import { numbersOf } from "./formulas.js"
import { withoutMinus } from "./negation.js"
import { meaningOf, plainText } from "./notation.js"
import { factorsOf, pathsOf, resultOf } from "./paths.js"

/** @import { Equation } from "./equations.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Expression, SymbolTree } from "./model.d.ts" */
/** @import { Factor, Path, Paths, Source } from "./paths.js" */
/** @import { StepNumbers } from "./step.js" */

/**
 * A factor of a path: its letters, and where its number comes from, which is a word, an expression over numbers, or
 * the z at which a slope stands.
 * @typedef {Factor & {
 *   letters: Expression, name: string, origin: { word: string } | { right: Expression } | { z: SymbolTree },
 * }} FactorRow
 */

/**
 * `second` is the equation of what follows from the gradient: the step of a parameter, δ of a unit.
 * @typedef {{
 *   source: Source, result: SymbolTree, second: Equation | null, paths: Paths, order: Path[], path: Path,
 *   factors: FactorRow[],
 * }} Derivation
 */

// More do not fit beside the number.
const MOST_LEAVES = 3
const TALL = ["divide"]

/**
 * @param {Source} source
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @param {{ order: Path[] | null, path: Path | null }} kept the order that rows keep while a control moves, and the path
 *   whose factors are shown, the first where that is null
 * @returns {Derivation}
 */
export function derivationOf(source, network, step, { order, path }) {
  const paths = pathsOf(source, network, numbersOf(network, step), step.isErrorTerm)
  const shown = order ?? paths.largest
  const current = shown.find((way) => String(way) === String(path)) ?? shown[0]
  return {
    source,
    result: resultOf(source, step.isErrorTerm),
    second: secondOf(source, network, step),
    paths,
    order: shown,
    path: current,
    factors: factorsOf(source, current, network, step.isErrorTerm).map((factor) =>
      factorRow(factor, network, step)
    ),
  }
}

/**
 * @param {Source} source
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 */
function secondOf({ result: [name, layer, index], link }, network, step) {
  if (link) return equationAt([name === "dW" ? "step_W" : "step_b", layer, index], network, step)
  return layer ? equationAt(["delta", layer, index], network, step) : null
}

/**
 * @param {Factor} factor
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {FactorRow}
 */
function factorRow(factor, network, step) {
  const { symbol } = factor
  const { symbol: [name, layer, index = []] } = withoutMinus(symbol)
  const row = { ...factor, letters: symbol, name: spokenName(symbol, network) }
  if (name === "a" || name === "W") return { ...row, origin: { word: meaningOf(symbol, network).meaning } }
  const right = rightOf(symbol, network, step)
  const isShown = right !== null && isShort(right)
  if (name === "slope") return { ...row, origin: isShown ? { right } : { z: ["z", layer, index] } }
  const isDifference = isShown && !isConstant(right) && right[0] === "subtract" &&
    argumentsOf(/** @type {import("./model.d.ts").OperationTree} */ (right)).every(isSymbol)
  return {
    ...row,
    letters: isDifference ? right : symbol,
    origin: isShown ? { right } : { word: meaningOf(symbol, network).meaning },
  }
}

/**
 * Whether an expression of more than one number has room in a line.
 * @param {Expression} expression
 */
function isShort(expression) {
  const leaves = leavesOf(expression)
  return !isConstant(expression) && !isSymbol(expression) && leaves !== null && leaves <= MOST_LEAVES
}

/**
 * How many numbers an expression has; null where it has a fraction, which is taller than a line.
 * @param {Expression} expression
 * @returns {number | null}
 */
function leavesOf(expression) {
  if (isConstant(expression) || isSymbol(expression)) return 1
  if (TALL.includes(expression[0])) return null
  return argumentsOf(expression).map(leavesOf).reduce(
    (sum, leaves) => (sum === null || leaves === null ? null : sum + leaves),
    0,
  )
}

/**
 * A factor as it is read aloud: slope of h1.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 */
function spokenName(symbol, network) {
  const { symbol: [name, layer, index = []] } = withoutMinus(symbol)
  const unit = name === "W" ? "" : network.labelOf(layer, index[1])
  switch (name) {
    case "a":
      return layer ? `activation of ${unit}` : `input ${unit}`
    case "slope":
      return `slope of ${unit}`
    case "W":
      return `weight ${network.endsOf(symbol)}`
    case "delta":
      return `${network.convention.delta.name} of ${unit}`
    default:
      return plainText(symbol, network)
  }
}
