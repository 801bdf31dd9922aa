// Formulas over −δ and −dL/d… in place of δ and dL/d…, as the error-term convention writes them.

import { argumentsOf, isConstant, isSymbol, operation } from "./expression.js"

/** @import { Expression, OperationTree, SymbolTree } from "./model.d.ts" */

const NEGATED = ["delta", "da", "dW", "db"]
const PREFIX = "minus_"
/** @type {Record<string, string>} */
const MIRRORED = { maximum: "minimum", minimum: "maximum" }

/** @typedef {{ isNegative: boolean, size: Expression }} Signed an expression as its sign and what follows it */

/**
 * A symbol as the convention has it: −δ in place of δ.
 * @param {SymbolTree} symbol
 * @returns {SymbolTree}
 */
export function withMinus([name, ...place]) {
  return NEGATED.includes(name) ? [PREFIX + name, ...place] : [name, ...place]
}

/**
 * The symbol itself, and whether it stands for the negative of that.
 * @param {SymbolTree} symbol
 * @returns {{ isNegative: boolean, symbol: SymbolTree }}
 */
export function withoutMinus([name, ...place]) {
  const isNegative = name.startsWith(PREFIX)
  return { isNegative, symbol: [isNegative ? name.slice(PREFIX.length) : name, ...place] }
}

/**
 * The right side of a formula in the error-term convention: of −left, if that is one of the negated symbols.
 * @param {Expression} right
 * @param {SymbolTree} left
 */
export function overErrorTerms(right, left) {
  const signed = signedOf(right)
  return withSign(NEGATED.includes(left[0]) ? negated(signed) : signed)
}

/**
 * @param {Signed} signed
 * @returns {Signed}
 */
function negated({ isNegative, size }) {
  return { isNegative: !isNegative, size }
}

/**
 * Differences turn around, and the ends of a range change places; all else has its sign before it.
 * @param {Signed} signed
 * @returns {Expression}
 */
function withSign({ isNegative, size }) {
  return isNegative ? turned(size) ?? ["negative", size] : size
}

/**
 * The negative of an expression without a sign before it; null where there is none.
 * @param {Expression} expression
 * @returns {Expression | null}
 */
function turned(expression) {
  if (isConstant(expression) || isSymbol(expression)) return null
  const parts = argumentsOf(expression)
  const [name] = expression
  if (name === "subtract") return operation(name, parts.toReversed())
  if (name in MIRRORED) {
    return operation(
      MIRRORED[name],
      parts.map((part) => withSign(negated(signedOf(part)))),
    )
  }
  if (name === "where_greater") {
    const [left, right, ...cases] = parts
    return [name, left, right, ...cases.map((part) => withSign(negated(signedOf(part))))]
  }
  const place = name === "multiply" ? parts.findIndex((part) => turned(part)) : -1
  const other = place < 0 ? null : turned(parts[place])
  return other ? operation(name, parts.with(place, other)) : null
}

/**
 * @param {Expression} expression
 * @returns {Signed}
 */
function signedOf(expression) {
  if (isConstant(expression)) return { isNegative: false, size: expression }
  if (isSymbol(expression)) {
    return { isNegative: NEGATED.includes(expression[0]), size: withMinus(expression) }
  }
  const [name] = expression
  const parts = argumentsOf(expression).map(signedOf)
  const sizes = parts.map(({ size }) => size)
  switch (name) {
    case "negative":
      return negated(parts[0])
    case "multiply":
    case "divide":
      return {
        isNegative: parts.filter(({ isNegative }) => isNegative).length % 2 === 1,
        size: operation(name, sizes),
      }
    case "add":
      return signedSum(parts)
    case "subtract":
      return signedSum([parts[0], negated(parts[1])])
    case "sum_outputs":
    case "sum_samples":
    case "sum_all":
      return { isNegative: parts[0].isNegative, size: operation(name, sizes) }
    default:
      return { isNegative: false, size: operation(name, parts.map(withSign)) }
  }
}

/**
 * A sum begins with a term that is added, where there is one.
 * @param {Signed[]} terms
 * @returns {Signed}
 */
function signedSum(terms) {
  if (terms.every(({ isNegative }) => isNegative)) {
    return { isNegative: true, size: plainSum(terms.map(negated)) }
  }
  return { isNegative: false, size: plainSum(terms) }
}

/**
 * @param {Signed[]} terms
 * @returns {OperationTree}
 */
function plainSum(terms) {
  if (terms.length === 2 && terms[0].isNegative !== terms[1].isNegative) {
    const [first, second] = terms[0].isNegative ? terms.toReversed() : terms
    return ["subtract", first.size, second.size]
  }
  return operation("add", terms.map(withSign))
}
