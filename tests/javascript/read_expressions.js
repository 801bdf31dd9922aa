// The formulas of every network sent, number by number, so that the Python tests can compare them with the core's.

import {
  elementOf,
  resolveCases,
  shapeOf,
  valueOfExpression,
} from "../../ui/components/live_network/expression.js"

/** @import { Expression, SymbolTree } from "../../ui/components/live_network/model.d.ts" */

/**
 * An expression with the index of each of its numbers; shapes and numbers of symbols by their names.
 * @typedef {{
 *   expression: Expression, indices: number[][],
 *   shapes: Record<string, number[]>, numbers: Record<string, number>,
 * }} Case
 */

/** @type {Case[]} */
const cases = await new Response(Deno.stdin.readable).json()
const read = (/** @type {Case} */ { expression, indices, shapes, numbers }) => {
  const shape = (/** @type {SymbolTree} */ [name, layer]) => shapes[`${name} ${layer}`]
  const number = (/** @type {SymbolTree} */ symbol) => numbers[symbol.flat().join(" ")]
  return {
    shape: shapeOf(expression, shape),
    elements: indices.map((index) => {
      const element = elementOf(expression, index, shape)
      const resolved = resolveCases(element, number)
      const values = [element, resolved].map((tree) => valueOfExpression(tree, number))
      return { element, resolved, values }
    }),
  }
}
console.log(JSON.stringify(cases.map(read)))
