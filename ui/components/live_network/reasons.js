// Why a gradient is as small, as large, or 0 as it is, in a sentence that is computed from its factors.

import { enteredNumber, formatNumber, isNumber } from "../base/format.js"
import { withMinus, withoutMinus } from "./negation.js"
import { plainText } from "./notation.js"
import { factorsOf, pathsOf, productOf, resultOf, sourceOf } from "./paths.js"
import { numbersOf } from "./formulas.js"

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

/**
 * All that a reason is computed from. `shared` are the factors that all paths have, `top` those of the largest path.
 * @typedef {{
 *   source: Source, value: number, paths: Paths, top: Factor[], shared: Factor[],
 *   network: NetworkFormulas, step: StepNumbers, numbers: Numbers, precision: Precision,
 * }} Grounds
 */

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
// Of a number in the sentence.
const CHARACTERS = 8
const COUNTED = "categorical cross-entropy counts only the outputs whose target is not 0"
const LOGARITHMIC = ["Binary cross-entropy", "Categorical cross-entropy"]
const CUT_OFF = "the logarithm in the loss is cut off below 1e−100, and so flat there"
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
  /** @type {Grounds} */
  const grounds = { source, value, paths, top, shared, network, step, numbers, precision }
  const size = sizeOf(grounds)
  const reason = { zero: zeroReason, small: smallReason, large: largeReason, usual: usualReason }[size](
    grounds,
  )
  const also = [fixedNote(grounds), size === "zero" ? "" : twinNote(grounds)].filter(Boolean)
  return { ...reason, size, sentence: [reason.sentence, ...also].filter(Boolean).join(" ") }
}

/** @typedef {Omit<Reason, "size">} Words */

/**
 * @param {string} cause
 * @param {string} sentence
 * @param {SymbolTree[]} [named]
 * @returns {Words}
 */
function words(cause, sentence, named = []) {
  return { cause, sentence, named }
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
function sizeOf(grounds) {
  const size = Math.abs(grounds.value)
  if (size === 0) return "zero"
  if (size >= LARGE_SIZE) return "large"
  return size < SMALL_SIZE || size < SMALL_PART * largestOfKind(grounds).size ? "small" : "usual"
}

/**
 * The largest gradient of parameters, or of units and inputs: its size, and whose it is.
 * @param {Grounds} grounds
 */
function largestOfKind({ source, network, step }) {
  const others = source.link === null
    ? network.drawing.nodes.map(({ id }, k) => ({ id, size: Math.abs(step.node("da", k)) }))
    : network.links.map((link) => ({ id: link.id, size: Math.abs(step.gradient(link)) }))
  return others.filter(({ size }) => isNumber(size)).reduce((one, other) =>
    other.size > one.size ? other : one
  )
}

/**
 * What a gradient is small beside, where it is not small by itself.
 * @param {Grounds} grounds
 */
function besideOthers(grounds) {
  if (Math.abs(grounds.value) < SMALL_SIZE) return ""
  return ` beside the largest here, of size ${inText(largestOfKind(grounds).size, grounds)}`
}

/**
 * @param {Grounds} grounds
 * @returns {Words}
 */
function zeroReason(grounds) {
  const { paths, shared, top, numbers, source, network } = grounds
  const gone = shared.find(({ symbol }) => numbers(symbol) === 0)
  if (gone) return words(...zeroFactor(gone.symbol, grounds), [gone.symbol])
  if (paths.open === 0) {
    if (outputsOf(grounds).every(({ error, last }) => error === 0 && last === 0)) {
      return words("no error", "Zero because each prediction is equal to its target.")
    }
    const { layer, unit } = source
    const weights = Array.from(
      { length: network.widths[layer + 1] },
      (_, k) => numbers(["W", layer + 1, [unit, k]]),
    )
    if (weights.every((weight) => weight === 0)) {
      return words("zero weight", `Zero because all weights out of ${network.labelOf(layer, unit)} are 0.`)
    }
    return commonReason(grounds) ??
      words("no path", `Zero because each of its ${paths.count} paths has a factor of 0.`)
  }
  if (paths.positive > 0 && paths.negative < 0) {
    return words("canceling", `Zero because its paths cancel: ${partsOf(grounds)}.`)
  }
  return top.every(({ symbol }) => numbers(symbol) !== 0)
    ? words("underflow", "Zero because the product of its factors is too small for a number of 64 bits.")
    : words("", "")
}

/**
 * What all paths come through that is 0: the loss at every output, the slopes of a layer, or the weights into it.
 * @param {Grounds} grounds
 * @returns {Words | null}
 */
function commonReason(grounds) {
  const { source, network, numbers, step } = grounds
  const { widths, last, drawing } = network
  const unitsOf = (/** @type {number} */ layer) => Array.from({ length: widths[layer] }, (_, unit) => unit)
  const outputs = outputsOf(grounds)
  if (outputs.every((output) => output.last === 0)) {
    if (outputs.every(({ y }) => y === 0) && countsTargets(network)) {
      return words("zero targets", `Zero because all targets are 0: ${COUNTED}.`)
    }
    /** @type {SymbolTree} */
    const end = [drawing.fused ? "delta" : "da", last]
    const letters = plainText(step.isErrorTerm ? withMinus(end) : end, network)
    return words("flat loss", `Zero because ${letters} of every output is 0.`)
  }
  for (let layer = source.layer + 1; layer <= last; layer++) {
    const into = layer === last ? "the outputs" : last === 2 ? "the hidden layer" : `hidden layer ${layer}`
    const weights = unitsOf(layer - 1).flatMap((from) => unitsOf(layer).map((to) => ["W", layer, [from, to]]))
    if (weights.every((symbol) => numbers(/** @type {SymbolTree} built so */ (symbol)) === 0)) {
      return words("zero weight", `Zero because all weights into ${into} are 0.`)
    }
    const isFused = layer === last && (drawing.fused || network.couplesUnits(layer))
    if (!isFused && unitsOf(layer).every((unit) => numbers(["slope", layer, [0, unit]]) === 0)) {
      const each = layer === last ? "output" : last === 2 ? "hidden unit" : `unit of hidden layer ${layer}`
      const { name } = drawing.slopes[layer - 1]
      return words("flat layer", `Zero because the ${name} slope of every ${each} is 0.`)
    }
  }
  return null
}

/**
 * Whether the loss leaves out what has a target of 0.
 * @param {NetworkFormulas} network
 */
function countsTargets({ drawing }) {
  return drawing.loss === "Categorical cross-entropy"
}

/**
 * @param {SymbolTree} symbol
 * @param {Grounds} grounds
 * @returns {[cause: string, sentence: string]}
 */
function zeroFactor(symbol, grounds) {
  const { network, numbers, paths } = grounds
  const { symbol: [name, layer, index = []] } = withoutMinus(symbol)
  const letters = plainText(symbol, network)
  switch (name) {
    case "a":
      return [
        layer ? "zero activation" : "zero input",
        `Zero because ${letters} is 0: what is multiplied by it changes nothing.`,
      ]
    case "W":
      return [
        "zero weight",
        `Zero because ${letters}, on ${paths.count === 1 ? "its only path" : "all its paths"}, is 0.`,
      ]
    case "slope": {
      const unit = network.labelOf(layer, index[1])
      const kind = network.drawing.slopes[layer - 1].name
      const z = `z = ${inText(numbers(["z", layer, index]), grounds)}`
      if (numbers(["z", layer, index]) === 0) {
        return [
          "corner",
          `Zero because ${unit} stands at z = 0, the corner of ${kind}, where its slope counts as 0.`,
        ]
      }
      return numbers(["a", layer, index]) === 0
        ? ["off", `Zero because ${unit} is off: at ${z} ${kind} is 0, and so is its slope.`]
        : ["flat", `Zero because the slope of ${unit} is 0: ${kind} is flat at ${z}.`]
    }
    default: {
      const [output] = outputsOf(grounds).filter(({ unit }) => unit === index[1])
      const label = network.labelOf(layer, index[1])
      if (output.error === 0) return ["no error", `Zero because ${label} is equal to its target.`]
      if (name === "delta" && network.couplesUnits(layer) && network.widths[layer] === 1) {
        return [
          "one output",
          `Zero because softmax of one output is 1, whatever its z: ${label} cannot change.`,
        ]
      }
      if (output.y === 0 && countsTargets(network)) {
        return ["zero targets", `Zero because the target of ${label} is 0: ${COUNTED}.`]
      }
      if (name === "da" && LOGARITHMIC.includes(network.drawing.loss)) {
        const [y_hat, y] = [output.y_hat, output.y].map((value) => inText(value, grounds))
        return ["flat loss", `Zero because ${label} is ${y_hat} and its target ${y}: ${CUT_OFF}.`]
      }
      return ["flat loss", `Zero because ${letters} is 0.`]
    }
  }
}

/**
 * @param {Grounds} grounds
 * @returns {Words}
 */
function smallReason(grounds) {
  return cancelingReason("Small because its paths cancel", grounds) ?? productReason(grounds, "small")
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
  const { shared, top, paths, numbers } = grounds
  const begin = size === "large" ? "Large" : `Small${besideOthers(grounds)}`
  const counts = (/** @type {Factor} */ { symbol }) =>
    size === "small" ? Math.abs(numbers(symbol)) < 1 : Math.abs(numbers(symbol)) > 1
  const chosen = extreme(top, numbers, size)
  const isBeside = size === "small" && Math.abs(grounds.value) >= SMALL_SIZE
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
  if (isMost) {
    return words(cause, `${begin}${begin.includes(",") ? "," : ""} mostly because ${clause}${end}.`, named)
  }
  const side = size === "small" ? "below" : "above"
  const where = paths.count > 1 ? " in its largest path" : ""
  return words(
    cause,
    `${begin}${begin.includes(",") ? "," : ""} because ${
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
function shortfallOf(grounds) {
  return Math.log(Math.abs(grounds.value) / largestOfKind(grounds).size)
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
  const { shared, top, network, step, numbers } = grounds
  // The gradient of a prediction is its own only factor.
  if (top.length < 2) return words("beside", `${begin}.`)
  const other = /** @type {Source} every item has one */ (sourceOf(largestOfKind(grounds).id))
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
 * The outputs with their predictions and targets, and the last factor of their paths.
 * @param {Grounds} grounds
 */
function outputsOf({ network, step, numbers }) {
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
 * What the paths above and those below 0 sum to.
 * @param {Grounds} grounds
 */
function partsOf({ paths: { positive, negative }, precision }) {
  const short = { ...precision, digits: Math.min(precision.digits, 4) }
  return `${formatNumber(positive, short)} and ${formatNumber(negative, short)}`
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

/**
 * @param {number} value
 * @param {Grounds} grounds
 */
function inText(value, { precision }) {
  return enteredNumber(value, { ...precision, digits: Math.min(precision.digits, 4) }, CHARACTERS)
}
