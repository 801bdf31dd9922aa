// Whether an equation is true to the digits shown, for somebody who computes it from the numbers as they stand there.

import { formatNumber, isNumber } from "../base/format.js"
import { argumentsOf, isConstant, isSymbol } from "./expression.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Expression } from "./model.d.ts" */
/** @import { Numbers } from "./expression.js" */

/** @typedef {[low: number, high: number]} Interval */

// What one operation of 64-bit numbers may round off, with room for those of several digits.
const ROUNDING = 2 ** -50

/**
 * What stands for the equation where it is none: "" where it is true.
 * @param {Expression} right
 * @param {number} result as the core has it
 * @param {Numbers} numbers
 * @param {Precision} precision
 */
export function flawOf(right, result, numbers, precision) {
  if (!isNumber(result)) return "overflow"
  const [low, high] = intervalOf(right, (symbol) => shownInterval(numbers(symbol), precision))
  const [shown] = intervalOf(right, (symbol) => {
    const number = shownNumber(numbers(symbol), precision)
    return [number, number]
  })
  if (!isNumber(shown)) return "a number on the way overflows"
  if (formatNumber(shown, precision) === formatNumber(result, precision)) return ""
  const [least, most] = shownInterval(result, precision)
  const isWithin = low <= most && high >= least
  // Where rounding is as large as the result, what is computed has none of its digits.
  if (isWithin && high - low < Math.abs(result)) return ""
  if (hasSum(right)) return "the digits shown cancel out"
  return isWithin ? "the digits shown are too few" : "cut off, as a number is too close to 0"
}

/**
 * Whether numbers may cancel out in an expression.
 * @param {Expression} expression
 * @returns {boolean}
 */
function hasSum(expression) {
  if (isConstant(expression) || isSymbol(expression)) return false
  return ["add", "subtract"].includes(expression[0]) || argumentsOf(expression).some(hasSum)
}

/**
 * @param {number} value
 * @param {Precision} precision
 */
function shownNumber(value, precision) {
  return Number(formatNumber(value, precision).replaceAll("−", "-"))
}

/**
 * All numbers that are shown as this one.
 * @param {number} value
 * @param {Precision} precision
 * @returns {Interval}
 */
function shownInterval(value, { digits, decimals }) {
  const shown = shownNumber(value, { digits, decimals })
  if (!isNumber(shown) || value === 0) return [shown, shown]
  const size = Math.max(Math.abs(shown), Math.abs(value))
  const unit = 10 ** (Math.floor(Math.log10(size)) + 1 - digits)
  const half = Math.max(decimals === null ? unit : Math.min(10 ** -decimals, size), size * ROUNDING) / 2
  return [shown - half, shown + half]
}

/**
 * @param {Expression} expression
 * @param {(symbol: import("./model.d.ts").SymbolTree) => Interval} leaf
 * @returns {Interval}
 */
function intervalOf(expression, leaf) {
  if (isConstant(expression)) return [expression.value, expression.value]
  if (isSymbol(expression)) return leaf(expression)
  const parts = argumentsOf(expression).map((part) => intervalOf(part, leaf))
  const [low, high] = applied(expression[0], parts)
  const isExact = parts.every((part) => part[0] === part[1])
  const rounded = isExact ? 0 : ROUNDING * Math.max(Math.abs(low), Math.abs(high))
  return [low - rounded, high + rounded]
}

/**
 * @param {string} name
 * @param {Interval[]} parts
 * @returns {Interval}
 */
function applied(name, parts) {
  const [first, second] = parts
  /** @type {(act: (number: number) => number) => Interval} */
  const rising = (act) => [act(first[0]), act(first[1])]
  switch (name) {
    case "add":
      return parts.reduce(([low, high], part) => [low + part[0], high + part[1]])
    case "subtract":
      return [first[0] - second[1], first[1] - second[0]]
    case "negative":
      return [-first[1], -first[0]]
    case "multiply":
      return parts.reduce((product, part) =>
        among(product.flatMap((end) => part.map((other) => end * other)))
      )
    case "divide":
      return second[0] < 0 && second[1] > 0
        ? [-Infinity, Infinity]
        : among(first.flatMap((end) => second.map((other) => end / other)))
    case "power":
      return raised(first, second[0])
    case "exp":
      return rising(Math.exp)
    case "log":
      return rising(Math.log)
    case "tanh":
      return rising(Math.tanh)
    case "sin":
      return waving(Math.sin, first)
    case "cos":
      return waving(Math.cos, first)
    case "abs":
      return first[0] < 0 && first[1] > 0 ? [0, Math.max(-first[0], first[1])] : among(first.map(Math.abs))
    case "maximum":
      return [Math.max(first[0], second[0]), Math.max(first[1], second[1])]
    case "minimum":
      return [Math.min(first[0], second[0]), Math.min(first[1], second[1])]
    default:
      throw new TypeError(`an equation must be of numbers, got ${name}`)
  }
}

/**
 * @param {number[]} numbers
 * @returns {Interval}
 */
function among(numbers) {
  return [Math.min(...numbers), Math.max(...numbers)]
}

/**
 * @param {Interval} base
 * @param {number} exponent
 * @returns {Interval}
 */
function raised(base, exponent) {
  const ends = among(base.map((end) => end ** exponent))
  return exponent % 2 === 0 && base[0] < 0 && base[1] > 0 ? [0, ends[1]] : ends
}

/**
 * A wave rises and falls no faster than its argument.
 * @param {(number: number) => number} wave
 * @param {Interval} argument
 * @returns {Interval}
 */
function waving(wave, [low, high]) {
  const middle = wave((low + high) / 2)
  const half = (high - low) / 2
  return half === 0 ? [middle, middle] : [Math.max(middle - half, -1), Math.min(middle + half, 1)]
}
