// Why a gradient is 0.

import { inText, outputsOf, partsOf, words } from "./grounds.js"
import { withMinus, withoutMinus } from "./negation.js"
import { plainText } from "./notation.js"

/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Grounds, Words } from "./grounds.js" */
/** @import { SymbolTree } from "./model.d.ts" */

const COUNTED = "categorical cross-entropy counts only the outputs whose target is not 0"
const LOGARITHMIC = ["Binary cross-entropy", "Categorical cross-entropy"]
const CUT_OFF = "the logarithm in the loss is cut off below 1e−100, and so flat there"

/**
 * @param {Grounds} grounds
 * @returns {Words}
 */
export function zeroReason(grounds) {
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
