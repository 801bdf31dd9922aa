// What the reasons for the size of a gradient are computed from and made of.

import { enteredNumber, formatNumber } from "../base/format.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Numbers } from "./expression.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { SymbolTree } from "./model.d.ts" */
/** @import { Factor, Paths, Source } from "./paths.js" */
/** @import { StepNumbers } from "./step.js" */

/** @typedef {"zero" | "small" | "large" | "usual"} Size */

/**
 * `cause` names the kind of reason, `named` has the numbers that the sentence names. Where nothing true is to be had,
 * the sentence is "".
 * @typedef {{ size: Size, cause: string, sentence: string, named: SymbolTree[] }} Reason
 */

/** @typedef {Omit<Reason, "size">} Words */

/**
 * All that a reason is computed from. `shared` are the factors that all paths have, `top` those of the largest path, and
 * `largest` is whose gradient is the largest of its kind, and its size.
 * @typedef {{
 *   source: Source, value: number, paths: Paths, top: Factor[], shared: Factor[],
 *   largest: { id: string, size: number }, network: NetworkFormulas, step: StepNumbers,
 *   numbers: Numbers, precision: Precision,
 * }} Grounds
 */

// Of a number in the sentence.
const CHARACTERS = 8

/**
 * @param {string} cause
 * @param {string} sentence
 * @param {SymbolTree[]} [named]
 * @returns {Words}
 */
export function words(cause, sentence, named = []) {
  return { cause, sentence, named }
}

/**
 * The outputs with their predictions and targets, and the last factor of their paths.
 * @param {Grounds} grounds
 */
export function outputsOf({ network, step, numbers }) {
  const { last, widths, drawing } = network
  return Array.from({ length: widths[last] }, (_, unit) => {
    const y_hat = numbers(["a", last, [0, unit]])
    const y = step.target(unit)
    return {
      unit,
      y_hat,
      y,
      error: y_hat - y,
      last: numbers([drawing.fused ? "delta" : "da", last, [0, unit]]),
    }
  })
}

/**
 * What the paths above and those below 0 sum to.
 * @param {Grounds} grounds
 */
export function partsOf({ paths: { positive, negative }, precision }) {
  const short = { ...precision, digits: Math.min(precision.digits, 4) }
  return `${formatNumber(positive, short)} and ${formatNumber(negative, short)}`
}

/**
 * @param {number} value
 * @param {Grounds} grounds
 */
export function inText(value, { precision }) {
  return enteredNumber(value, { ...precision, digits: Math.min(precision.digits, 4) }, CHARACTERS)
}
