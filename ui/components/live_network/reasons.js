// Why a gradient is as small, as large, or 0 as it is, in a sentence that is computed from its factors.

import { formatNumber, isNumber } from "../base/format.js"
import { numbersOf } from "./formulas.js"
import { inText, outputsOf, partsOf, words } from "./grounds.js"
import { withoutMinus } from "./negation.js"
import { plainText } from "./notation.js"
import { factorsOf, pathsOf, productOf, resultOf, sourceOf } from "./paths.js"
import { zeroReason } from "./zero_reasons.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Numbers } from "./expression.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Grounds, Reason, Size, Words } from "./grounds.js" */
/** @import { SymbolTree } from "./model.d.ts" */
/** @import { Factor, Source } from "./paths.js" */
/** @import { StepNumbers } from "./step.js" */

// A product of factors of 1 is 1: that is what a gradient is measured against.
const SMALL_SIZE = 1e-3
const LARGE_SIZE = 10
// Of the largest gradient of its kind in the network.
const SMALL_PART = 0.1
// What is left of paths that cancel, of the sum of their sizes.
const CANCELED_PART = 0.1
// Of the largest slope that the activation can have.
const SATURATED_PART = 0.2
const SMALL_ERROR = 0.1
const SURE = 0.95
// Nearly 1, a factor makes no difference worth a sentence.
const NOT_SMALL = 0.9
// One factor explains most of a product where it has at least this part of the logarithm.
const MOST_OF = 0.5
const COUNTS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]

/**
 * Why a gradient has its size. It is zero where it is 0; small below 1e-3, or below a tenth of the largest gradient of
 * its kind (of parameters, or of units and inputs) in the network; large from 10 on, both against 1, which factors of 1
 * would make; usual in between. Factors are compared by their size: one explains most of a product where it alone has
 * half of the logarithm of all that are below 1, or above 1.
 * @param {Source} source
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @param {Precision} precision
 * @returns {Reason}
 */
export function reasonOf(source, network, step, precision) {
  const numbers = numbersOf(network, step)
  const value = numbers(resultOf(source, step.isErrorTerm))
  if (!isNumber(value)) return { size: "usual", cause: "", sentence: "", named: [] }
  const paths = pathsOf(source, network, numbers, step.isErrorTerm)
  const top = factorsOf(source, paths.largest[0], network, step.isErrorTerm)
  const shared = paths.count === 1 ? top : top.filter(({ symbol }) => isShared(symbol, source, network))
  const largest = largestOfKind(source, network, step)
  /** @type {Grounds} */
  const grounds = { source, value, paths, top, shared, largest, network, step, numbers, precision }
  const size = sizeOf(grounds)
  const reason = { zero: zeroReason, small: smallReason, large: largeReason, usual: usualReason }[size](
    grounds,
  )
  const also = [fixedNote(grounds), size === "zero" ? "" : twinNote(grounds)].filter(Boolean)
  return { ...reason, size, sentence: [reason.sentence, ...also].filter(Boolean).join(" ") }
}

/**
 * Whether all paths have this factor.
 * @param {SymbolTree} symbol
 * @param {Source} source
 * @param {NetworkFormulas} network
 */
function isShared(symbol, { layer }, { widths }) {
  const { symbol: [name, at] } = withoutMinus(symbol)
  const isForced = (/** @type {number} */ place) => place <= layer || widths[place] === 1
  return name === "W" ? isForced(at - 1) && isForced(at) : isForced(at)
}

/**
 * @param {Grounds} grounds
 * @returns {Size}
 */
function sizeOf({ value, largest }) {
  const size = Math.abs(value)
  if (size === 0) return "zero"
  if (size >= LARGE_SIZE) return "large"
  return size < SMALL_SIZE || size < SMALL_PART * largest.size ? "small" : "usual"
}

/**
 * The largest gradient of parameters, or of units and inputs: whose it is, and its size.
 * @param {Source} source
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 */
function largestOfKind(source, network, step) {
  const others = source.link === null
    ? network.drawing.nodes.map(({ id }, k) => ({ id, size: Math.abs(step.node("da", k)) }))
    : network.links.map((link) => ({ id: link.id, size: Math.abs(step.gradient(link)) }))
  return others.filter(({ size }) => isNumber(size)).reduce((one, other) =>
    other.size > one.size ? other : one
  )
}

/**
 * @param {Grounds} grounds
 * @returns {Words}
 */
function smallReason(grounds) {
  const canceling = cancelingReason("Small because its paths cancel", grounds)
  const { value, paths: { positive, negative } } = grounds
  // Of paths that are small by themselves their factors are the first cause.
  const uncanceled = positive - negative
  const isMost = uncanceled >= SMALL_SIZE || Math.abs(value) / uncanceled <= uncanceled
  return (isMost ? canceling : null) ?? productReason(grounds, "small")
}

/**
 * @param {Grounds} grounds
 * @returns {Words}
 */
function largeReason(grounds) {
  const { paths, top, numbers } = grounds
  const size = Math.abs(productOf(top, numbers))
  if (paths.count > 1 && size < LARGE_SIZE) {
    const largest = formatNumber(size, { digits: 4, decimals: null })
    return words(
      "many paths",
      `Large because ${paths.count} paths add up: the largest of them has a size of ${largest}.`,
    )
  }
  const grown = top.filter(({ symbol }) => Math.abs(numbers(symbol)) > 1)
  const weights = grown.filter(({ symbol }) => symbol[0] === "W")
  const log = (/** @type {Factor[]} */ factors) => Math.log(Math.abs(productOf(factors, numbers)))
  const alone = grown.some((factor) => log([factor]) >= MOST_OF * log(grown))
  if (weights.length > 1 && !alone && log(weights) >= MOST_OF * log(grown)) {
    const product = inText(Math.abs(productOf(weights, numbers)), grounds)
    const where = paths.count > 1 ? `along its largest path, ${wayOf(grounds)},` : "on the way"
    return words(
      "exploding",
      `Large because the ${
        countOf(weights.length)
      } weights above 1 in size ${where} multiply to ${product}: layer by layer the gradient grows.`,
      weights.map(({ symbol }) => symbol),
    )
  }
  return productReason(grounds, "large")
}

/**
 * @param {Grounds} grounds
 * @returns {Words}
 */
function usualReason(grounds) {
  const canceling = cancelingReason("Its paths almost cancel", grounds)
  if (canceling) return canceling
  const { shared, top, paths, numbers } = grounds
  const least = extreme(top, numbers, "small")
  if (top.length < 2 || !shared.includes(least) || Math.abs(numbers(least.symbol)) > NOT_SMALL) {
    return words("", "")
  }
  const where = paths.count > 1 ? ", one of all paths," : ""
  const bound = least.symbol[0] === "slope" ? slopeNote(grounds) : ""
  return words(
    "smallest",
    `The factor smallest in size${where} is ${plainText(least.symbol, grounds.network)}, ${
      inText(numbers(least.symbol), grounds)
    }${bound && `; ${bound}`}.`,
    [least.symbol],
  )
}

/**
 * @param {string} begin
 * @param {Grounds} grounds
 * @returns {Words | null}
 */
function cancelingReason(begin, grounds) {
  const { positive, negative } = grounds.paths
  if (!(positive > 0 && negative < 0)) return null
  if (Math.abs(grounds.value) > CANCELED_PART * (positive - negative)) return null
  return words("canceling", `${begin}: ${partsOf(grounds)}.`)
}

/**
 * Names the factor that takes, or adds, most: one of all paths, or where none of those does, one of the largest path.
 * @param {Grounds} grounds
 * @param {"small" | "large"} size
 * @returns {Words}
 */
function productReason(grounds, size) {
  const { value, shared, top, paths, numbers, largest } = grounds
  const isBeside = size === "small" && Math.abs(value) >= SMALL_SIZE
  const beside = isBeside ? ` beside the largest here, of size ${inText(largest.size, grounds)}` : ""
  const begin = size === "large" ? "Large" : `Small${beside}`
  const counts = (/** @type {Factor} */ { symbol }) =>
    size === "small" ? Math.abs(numbers(symbol)) < 1 : Math.abs(numbers(symbol)) > 1
  const chosen = extreme(top, numbers, size)
  const parts = top.filter(counts)
  const logOf = (/** @type {Factor} */ { symbol }) => Math.log(Math.abs(numbers(symbol)))
  const sum = parts.reduce((total, part) => total + logOf(part), 0)
  if (isBeside && !explains(sum, chosen, grounds)) return besideReason(begin, grounds)
  if (!counts(chosen) || (size === "small" && !isSmall(chosen, grounds))) return words("", "")
  const { cause, clause } = clauseOf(chosen.symbol, grounds, size)
  if (top.length < 2 && !["small error", "steep loss"].includes(cause)) {
    return isBeside ? besideReason(begin, grounds) : words("", "")
  }
  const slopes = size === "small" && cause !== "saturated" ? slopeNote(grounds) : ""
  const whole = isBeside ? Math.min(sum, shortfallOf(grounds)) : sum
  const isMost = logOf(chosen) / whole >= MOST_OF
  const end = slopes && `; ${slopes}`
  const named = [chosen.symbol]
  if (paths.count > 1 && !shared.includes(chosen)) {
    return words(cause, `${begin}: in its largest path, ${wayOf(grounds)}, ${clause}${end}.`, named)
  }
  const opening = isBeside ? `${begin},` : begin
  if (isMost) {
    return words(cause, `${opening} mostly because ${clause}${end}.`, named)
  }
  const side = size === "small" ? "below" : "above"
  const where = paths.count > 1 ? " in its largest path" : ""
  return words(
    cause,
    `${opening} because ${
      countOf(parts.length)
    } factors ${side} 1${where} are multiplied: above all, ${clause}${end}.`,
    named,
  )
}

/**
 * @param {Factor} factor
 * @param {Grounds} grounds
 */
function isSmall({ symbol }, { numbers }) {
  return Math.abs(numbers(symbol)) <= NOT_SMALL
}

/**
 * The logarithm of what a gradient is of the largest of its kind, at most 0.
 * @param {Grounds} grounds
 */
function shortfallOf({ value, largest }) {
  return Math.log(Math.abs(value) / largest.size)
}

/**
 * Whether factors below 1, the sum of whose logarithms is `sum`, are most of why a gradient is small beside another one.
 * @param {number} sum
 * @param {Factor} least
 * @param {Grounds} grounds
 */
function explains(sum, least, grounds) {
  return isSmall(least, grounds) && sum <= MOST_OF * shortfallOf(grounds)
}

/**
 * What the largest gradient has in the place of a factor, where that is most of the difference.
 * @param {string} begin
 * @param {Grounds} grounds
 * @returns {Words}
 */
function besideReason(begin, grounds) {
  const { shared, top, network, step, numbers, largest } = grounds
  // The gradient of a prediction is its own only factor.
  if (top.length < 2) return words("beside", `${begin}.`)
  const other = /** @type {Source} every item has one */ (sourceOf(largest.id))
  const [way] = pathsOf(other, network, numbers, step.isErrorTerm, 1).largest
  const pairs = factorsOf(other, way, network, step.isErrorTerm)
    .filter(({ symbol }) => isShared(symbol, other, network))
    .flatMap((large) =>
      shared.filter(({ symbol }) => symbol[0] === large.symbol[0] && symbol[1] === large.symbol[1])
        .map((own) => ({ own, large, log: logOfRatio(own, large, numbers) }))
    )
  const most = pairs.toSorted((one, two) => one.log - two.log)[0]
  if (!most || !(most.log <= MOST_OF * shortfallOf(grounds))) return words("beside", `${begin}.`)
  const [own, large] = [most.own, most.large].map(({ symbol }) => ({
    letters: plainText(symbol, network),
    value: inText(numbers(symbol), grounds),
  }))
  return words(
    "beside",
    `${begin}: ${own.letters} is ${own.value}, where that one has ${large.letters} = ${large.value}.`,
    [most.own.symbol],
  )
}

/**
 * @param {Factor} one
 * @param {Factor} other
 * @param {Numbers} numbers
 */
function logOfRatio(one, other, numbers) {
  return Math.log(Math.abs(numbers(one.symbol) / numbers(other.symbol)))
}

/**
 * @param {Factor[]} factors
 * @param {Numbers} numbers
 * @param {"small" | "large"} end
 */
function extreme(factors, numbers, end) {
  const size = (/** @type {Factor} */ { symbol }) => Math.abs(numbers(symbol))
  return factors.reduce((one, other) =>
    (end === "small" ? size(other) < size(one) : size(other) > size(one)) ? other : one
  )
}

/**
 * What is the matter with a factor.
 * @param {SymbolTree} symbol
 * @param {Grounds} grounds
 * @param {"small" | "large"} size
 * @returns {{ cause: string, clause: string }}
 */
function clauseOf(symbol, grounds, size) {
  const { network, numbers } = grounds
  const { symbol: [name, layer, index = []] } = withoutMinus(symbol)
  const value = numbers(symbol)
  const is = `${plainText(symbol, network)} is ${inText(value, grounds)}`
  if (name === "a") return { cause: layer ? "activation" : "input", clause: is }
  if (name === "W") return { cause: "weight", clause: is }
  if (name === "slope") {
    const { name: kind, most, saturates } = network.drawing.slopes[layer - 1]
    if (size === "large" || !saturates || value > SATURATED_PART * most) return { cause: "slope", clause: is }
    const z = inText(numbers(["z", layer, index]), grounds)
    return {
      cause: "saturated",
      clause: `${network.labelOf(layer, index[1])} is saturated: at z = ${z} its ${kind} slope is ${
        inText(value, grounds)
      }, of at most ${inText(most, grounds)}`,
    }
  }
  if (size === "large") return { cause: "steep loss", clause: `the loss is steep: ${is}` }
  return errorClause(index[1], is, grounds)
}

/**
 * @param {number} unit
 * @param {string} is
 * @param {Grounds} grounds
 */
function errorClause(unit, is, grounds) {
  const { network } = grounds
  const outputs = outputsOf(grounds)
  if (network.couplesUnits(network.last) && outputs.length > 1) {
    const sure = outputs.reduce((one, other) => (other.y_hat > one.y_hat ? other : one))
    const target = outputs.reduce((one, other) => (other.y > one.y ? other : one))
    const isOneHot = outputs.every(({ y }) => y === 0 || y === 1) &&
      outputs.filter(({ y }) => y === 1).length === 1
    const isRight = isOneHot && sure === target
    // Fused, δ is the error itself, which is small only where softmax is right.
    if (sure.y_hat >= SURE && (isRight || !network.drawing.fused)) {
      const label = network.labelOf(network.last, sure.unit)
      const right = !isOneHot ? "" : isRight ? ", and right" : ", though wrong"
      return {
        cause: "sure",
        clause: `softmax is sure of itself${right}: ${label} is ${inText(sure.y_hat, grounds)}, so ${is}`,
      }
    }
  }
  const { error } = outputs[unit]
  if (Math.abs(error) > SMALL_ERROR) return { cause: "output", clause: is }
  const [prediction, target] = ["a", "y"].map((name) => plainText([name, network.last, [0, unit]], network))
  const difference = grounds.step.isErrorTerm ? `${target} − ${prediction}` : `${prediction} − ${target}`
  const shown = inText(grounds.step.isErrorTerm ? -error : error, grounds)
  return { cause: "small error", clause: `the error is already small: ${difference} is ${shown}` }
}

/**
 * The slopes that can never be as large as 1.
 * @param {Grounds} grounds
 */
function slopeNote(grounds) {
  const { top, network, paths } = grounds
  const slopes = top.filter(({ symbol }) => symbol[0] === "slope")
    .map(({ symbol }) => network.drawing.slopes[symbol[1] - 1]).filter(({ most }) => most < 1)
  if (!slopes.length || new Set(slopes.map(({ name }) => name)).size > 1) return ""
  const [{ name, most }] = slopes
  const end = `can never exceed ${inText(most, grounds)}`
  if (slopes.length === 1) return `the ${name} slope ${end}`
  return `the ${countOf(slopes.length)} ${name} slopes${paths.count > 1 ? " of each path" : ""} ${end}`
}

/**
 * @param {Grounds} grounds
 */
function fixedNote({ source, network, step }) {
  if (source.result[0] !== "db") return ""
  const link = network.linkOf(source.result)
  return link && !step.isTrained(link) ? "The biases are held fixed: the step leaves it." : ""
}

/**
 * Units with the same weights in and out have the same gradients, step after step.
 * @param {Grounds} grounds
 */
function twinNote({ source, network, numbers }) {
  const hidden = source.layer > 0 && source.layer < network.last
    ? [source.layer, source.unit]
    : source.input && source.input[1] > 0
    ? [source.input[1], source.input[2]?.[1] ?? 0]
    : null
  if (!hidden) return ""
  const [layer, unit] = hidden
  const weightsOf = (/** @type {number} */ k) => [
    ...Array.from({ length: network.widths[layer - 1] }, (_, from) => numbers(["W", layer, [from, k]])),
    ...(network.linkOf(["b", layer, [k]]) ? [numbers(["b", layer, [k]])] : []),
    ...Array.from({ length: network.widths[layer + 1] }, (_, to) => numbers(["W", layer + 1, [k, to]])),
  ]
  const own = weightsOf(unit).join()
  const twins = Array.from({ length: network.widths[layer] }, (_, k) => k).filter((k) =>
    weightsOf(k).join() === own
  )
  if (twins.length < 2) return ""
  const labels = twins.map((k) => network.labelOf(layer, k))
  const list = `${labels.slice(0, -1).join(", ")} and ${labels[labels.length - 1]}`
  return `${list} have the same weights in and out, so the same gradients: no step tells them apart.`
}

/**
 * The units of the largest path.
 * @param {Grounds} grounds
 */
function wayOf({ source, paths, network }) {
  return paths.largest[0].map((unit, k) => network.labelOf(source.layer + k, unit)).join("→")
}

/** @param {number} count */
function countOf(count) {
  return COUNTS[count] ?? String(count)
}
