// Expressions, trees of operations over named arrays, as core/expressions.py has them: their shapes, single numbers
// of them, and what they come to.

/** @import { Constant, Expression, OperationTree, SymbolTree } from "./model.d.ts" */

/** @typedef {(symbol: SymbolTree) => number} Numbers the number of a symbol with an index */
/** @typedef {(symbol: SymbolTree) => number[]} Shapes the shape of a symbol's array */

/** @type {Record<string, (...numbers: number[]) => number>} */
export const OPERATIONS = {
  add: (...terms) => terms.reduce((sum, term) => sum + term),
  subtract: (left, right) => left - right,
  multiply: (...factors) => factors.reduce((product, factor) => product * factor),
  divide: (left, right) => left / right,
  negative: (number) => -number,
  power: Math.pow,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sin: Math.sin,
  cos: Math.cos,
  abs: Math.abs,
  maximum: Math.max,
  minimum: Math.min,
  where_greater: (left, right, then, otherwise) => (left > right ? then : otherwise),
}

/**
 * @param {Expression} expression
 * @returns {expression is Constant}
 */
export function isConstant(expression) {
  return !Array.isArray(expression)
}

/**
 * @param {Expression} expression
 * @returns {expression is SymbolTree}
 */
export function isSymbol(expression) {
  return Array.isArray(expression) && typeof expression[1] === "number"
}

/**
 * @param {string} name
 * @param {Expression[]} parts
 * @returns {OperationTree}
 */
export function operation(name, parts) {
  return [name, ...parts]
}

/**
 * The arguments of an operation.
 * @param {OperationTree} tree
 */
export function argumentsOf([, ...parts]) {
  return parts
}

/**
 * An operation with something else in place of each of its arguments.
 * @param {OperationTree} tree
 * @param {(part: Expression) => Expression} change
 */
export function mapArguments(tree, change) {
  return operation(tree[0], argumentsOf(tree).map(change))
}

/**
 * An expression with something else in place of each of its symbols.
 * @param {Expression} expression
 * @param {(symbol: SymbolTree) => Expression} change
 * @returns {Expression}
 */
export function mapSymbols(expression, change) {
  if (isConstant(expression)) return expression
  if (isSymbol(expression)) return change(expression)
  return mapArguments(expression, (part) => mapSymbols(part, change))
}

// The symbols that are one number.
export const SCALARS = ["eta", "loss"]

/**
 * Whether an expression over arrays has more than one number for each sample.
 * @param {Expression} expression
 * @returns {boolean}
 */
export function isArray(expression) {
  if (isConstant(expression)) return false
  if (isSymbol(expression)) return !expression[2] && !SCALARS.includes(expression[0])
  return !isSum(expression) && argumentsOf(expression).some(isArray)
}

/**
 * A formula of arrays as one of single numbers, for one sample: Σ in place of a matrix product, no transpose. An index
 * without a place makes a symbol of an array one of its numbers.
 * @param {Expression} expression
 * @returns {Expression}
 */
export function ofSingleNumbers(expression) {
  if (isConstant(expression)) return expression
  if (isSymbol(expression)) return [expression[0], expression[1], expression[2] ?? []]
  const [name] = expression
  const [first, second] = argumentsOf(expression)
  if (name === "sum_samples" || name === "transpose") return ofSingleNumbers(first)
  if (name !== "matmul") return mapArguments(expression, ofSingleNumbers)
  const product = operation("multiply", [first, second].map(ofSingleNumbers))
  const isOverSamples = !isConstant(first) && !isSymbol(first) && first[0] === "transpose"
  return isOverSamples ? product : operation("sum_outputs", [product])
}

/**
 * The number that an expression over numbers comes to.
 * @param {Expression} expression
 * @param {Numbers} numbers
 * @returns {number}
 */
export function valueOfExpression(expression, numbers) {
  if (isConstant(expression)) return expression.value
  if (isSymbol(expression)) return numbers(expression)
  return OPERATIONS[expression[0]](
    ...argumentsOf(expression).map((part) => valueOfExpression(part, numbers)),
  )
}

/**
 * @param {Expression} expression
 * @param {Shapes} shapes
 * @returns {number[]}
 */
export function shapeOf(expression, shapes) {
  if (isConstant(expression)) return []
  if (isSymbol(expression)) return shapes(expression)
  const parts = argumentsOf(expression).map((part) => shapeOf(part, shapes))
  const [first, second] = parts
  switch (expression[0]) {
    case "matmul":
      return [first[0], second[1]]
    case "transpose":
      return first.toReversed()
    case "sum_outputs":
    case "sum_row":
      return [first[0], 1]
    case "sum_column":
      return [1, first[1]]
    case "sum_samples":
      return first.slice(1)
    case "sum_all":
      return []
    default:
      return broadcastShapes(parts)
  }
}

/** @param {number[][]} shapes */
function broadcastShapes(shapes) {
  const axes = Math.max(...shapes.map(({ length }) => length))
  return Array.from(
    { length: axes },
    (_, axis) => Math.max(...shapes.map((shape) => shape[shape.length - axes + axis] ?? 1)),
  )
}

/**
 * The one number of an expression at an index, as an expression over numbers of its symbols. A matrix product becomes
 * the sum of the products of its row and column. A sum of more than `most` terms stays one, over arrays.
 * @param {Expression} expression
 * @param {number[]} index
 * @param {Shapes} shapes
 * @param {number} [most]
 * @returns {Expression}
 */
export function elementOf(expression, index, shapes, most = Infinity) {
  if (isConstant(expression)) return expression
  const own = shapeOf(expression, shapes)
  // As in broadcasting: the last axes count, and along an axis of one there is only one place.
  const places = index.slice(index.length - own.length).map((place, axis) => own[axis] === 1 ? 0 : place)
  if (isSymbol(expression)) return [expression[0], expression[1], places]
  const [first, second] = argumentsOf(expression)
  const at = (/** @type {Expression} */ part, /** @type {number[]} */ place) =>
    elementOf(part, place, shapes, most)
  const size = shapeOf(first, shapes)
  const terms = (/** @type {number} */ count, /** @type {(k: number) => Expression} */ term) =>
    count > most ? sumOfArrays(expression) : sumOf(Array.from({ length: count }, (_, k) => term(k)))
  switch (expression[0]) {
    case "matmul":
      return terms(size[1], (k) => ["multiply", at(first, [places[0], k]), at(second, [k, places[1]])])
    case "transpose":
      return at(first, places.toReversed())
    case "sum_outputs":
    case "sum_row":
      return terms(size[1], (k) => at(first, [places[0], k]))
    case "sum_column":
      return terms(size[0], (k) => at(first, [k, places[1]]))
    case "sum_samples":
      return terms(size[0], (k) => at(first, [k, ...places]))
    case "sum_all":
      return terms(size[0] * size[1], (k) => at(first, [Math.floor(k / size[1]), k % size[1]]))
    default:
      return mapArguments(expression, (part) => at(part, places))
  }
}

/**
 * @param {Expression[]} terms
 * @returns {Expression}
 */
function sumOf(terms) {
  return terms.length === 1 ? terms[0] : operation("add", terms)
}

/**
 * Whether an operation is a sum over an array.
 * @param {OperationTree} tree
 */
function isSum([name]) {
  return name.startsWith("sum_")
}

/**
 * A sum over arrays as it is written, Σ of what is summed.
 * @param {OperationTree} tree
 * @returns {Expression}
 */
function sumOfArrays(tree) {
  if (tree[0] !== "matmul") return tree
  const factors = argumentsOf(tree).map((factor) =>
    !isConstant(factor) && !isSymbol(factor) && factor[0] === "transpose" ? argumentsOf(factor)[0] : factor
  )
  return ["sum_outputs", operation("multiply", factors)]
}

/**
 * An expression over numbers with only those cases left that they fall under. Each term of a sum over arrays has its
 * own: there all are left.
 * @param {Expression} expression
 * @param {Numbers} numbers
 * @returns {Expression}
 */
export function resolveCases(expression, numbers) {
  if (isConstant(expression) || isSymbol(expression) || isSum(expression)) return expression
  if (expression[0] !== "where_greater") {
    return mapArguments(expression, (part) => resolveCases(part, numbers))
  }
  const [left, right, then, otherwise] = argumentsOf(expression)
  const isGreater = valueOfExpression(left, numbers) > valueOfExpression(right, numbers)
  return resolveCases(isGreater ? then : otherwise, numbers)
}
