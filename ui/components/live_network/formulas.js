// The formulas of a network, found by what they are of, and the numbers that their symbols stand for.

import { elementOf, mapSymbols, SCALARS } from "./expression.js"
import { withoutMinus } from "./negation.js"
import { linksOf } from "./step.js"

/** @import { Expression, NetworkModel, NodeArray, Sides, SymbolTree } from "./model.d.ts" */
/** @import { Numbers } from "./expression.js" */
/** @import { StepNumbers } from "./step.js" */

/** @typedef {ReturnType<typeof readFormulas>} NetworkFormulas */

/** @type {Record<string, NodeArray>} */
const NODE_ARRAYS_OF = { a: "a", z: "z", slope: "derivative", da: "da", delta: "delta" }
// Targets that sum to 1 but for rounding make softmax with cross-entropy ŷ − y.
const SUM_ROUNDING = 1e-9

/** @param {Pick<NetworkModel, "drawing" | "convention" | "formulas" | "code">} data */
export function readFormulas({ drawing, convention, formulas, code }) {
  const places = new Map(drawing.nodes.map(({ id }, place) => [id, place]))
  const links = new Map(linksOf(drawing).map((link) => [link.id, link]))
  const widths = Array.from({ length: drawing.layers }, () => 0)
  for (const { layer } of drawing.nodes) widths[layer] += 1
  const nodeAt = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    places.get(`n${layer}.${unit + 1}`) ?? NaN
  const labelOf = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    drawing.nodes[nodeAt(layer, unit)].label
  const last = drawing.layers - 1
  const shapeOf = (/** @type {SymbolTree} */ symbol) => {
    const { symbol: [name, layer] } = withoutMinus(symbol)
    if (SCALARS.includes(name)) return []
    if (name === "y") return [1, widths[last]]
    if (name.endsWith("W")) return [widths[layer - 1], widths[layer]]
    return name.endsWith("b") ? [widths[layer]] : [1, widths[layer]]
  }
  /**
   * Whether the array of a symbol stands otherwise than in the core.
   * @param {SymbolTree} symbol
   */
  const isTurned = ([name]) => {
    if (name.endsWith("W")) return convention.weights_are_turned
    return convention.units_are_columns && !SCALARS.includes(name)
  }
  /**
   * A shape or a place of the core as it stands in the convention.
   * @param {SymbolTree} symbol
   * @param {number[]} axes
   * @param {number} missing what stands for the samples in an array without them
   */
  const asWritten = (symbol, axes, missing) =>
    isTurned(symbol) ? [...(axes.length < 2 ? [missing] : []), ...axes].toReversed() : axes
  return {
    drawing,
    convention,
    code,
    links: [...links.values()],
    last,
    widths,
    nodeAt,
    labelOf,
    couplesUnits: (/** @type {number} */ layer) => drawing.activations[layer - 1] === "softmax",
    /**
     * The weight or bias that a symbol is a number of.
     * @param {SymbolTree} symbol
     */
    linkOf([name, layer, index = []]) {
      return links.get(`${name.endsWith("W") ? "w" : "b"}${layer}.${index.map((k) => k + 1).join(".")}`)
    },
    /**
     * What a number belongs to: a unit, the ends of a weight, or a number of a target.
     * @param {SymbolTree} symbol
     */
    endsOf([name, layer, index = []]) {
      if (name === "y") return widths[last] > 1 ? `${index[1] + 1}` : ""
      if (name.endsWith("W")) {
        const ends = [labelOf(layer - 1, index[0]), labelOf(layer, index[1])]
        return (convention.weights_are_turned ? ends.toReversed() : ends).join(convention.arrow)
      }
      if (name.endsWith("b")) return labelOf(layer, index[0])
      return index.length ? labelOf(layer, index[1]) : ""
    },
    /**
     * Where a number of the core stands in an array of the convention.
     * @param {SymbolTree} symbol
     * @param {number[]} index
     */
    placeOf: (symbol, index) => asWritten(symbol, index, 0),
    /**
     * The shape of a symbol's array for one sample, as the core has it.
     * @param {SymbolTree} symbol
     */
    shapeOf,
    /**
     * One number of a formula's right side, as an expression over numbers; `index` is where the core has it.
     * @param {Expression} expression
     * @param {SymbolTree} left what the formula is of
     * @param {number[]} index
     * @param {number} [most] a sum of more terms stays one
     */
    numberOf(expression, left, index, most) {
      const place = asWritten(left, index, 0)
      const found = elementOf(
        expression,
        place,
        (symbol) => asWritten(withoutMinus(symbol).symbol, shapeOf(symbol), 1),
        most,
      )
      return mapSymbols(found, (symbol) => {
        const [name, layer, written] = symbol
        if (!written || !isTurned(withoutMinus(symbol).symbol)) return symbol
        const placed = written.toReversed()
        return [name, layer, placed.slice(placed.length - shapeOf(symbol).length)]
      })
    },
    /**
     * The formula of a symbol's array; undefined where it has none.
     * @param {string} name
     * @param {number} layer
     * @param {boolean} sumsToOne whether the targets sum to 1
     * @returns {Sides | undefined}
     */
    find(name, layer, sumsToOne) {
      const formula = formulas.find(({ left }) => {
        const { symbol } = withoutMinus(left)
        return symbol[0] === name && symbol[1] === layer
      })
      return (sumsToOne && formula?.if_sums_to_one) || formula
    },
    /**
     * The lines of code of a whole step, in the order of the pass.
     * @param {boolean} sumsToOne whether the targets sum to 1
     */
    linesOfStep: (sumsToOne) =>
      formulas.flatMap((formula) => ((sumsToOne && formula.if_sums_to_one) || formula).code),
  }
}

/**
 * Whether the targets sum to 1.
 * @param {NetworkFormulas} network
 * @param {Pick<StepNumbers, "target">} step
 */
export function targetsSumToOne({ widths, last }, { target }) {
  const total = Array.from({ length: widths[last] }, (_, k) => target(k)).reduce((sum, y) => sum + y)
  return Math.abs(total - 1) <= SUM_ROUNDING
}

/**
 * @param {NetworkFormulas} network
 * @param {StepNumbers} step
 * @returns {Numbers}
 */
export function numbersOf(network, step) {
  const plain = (/** @type {SymbolTree} */ symbol) => {
    const [name, layer, index = []] = symbol
    if (name === "eta") return step.eta
    if (name === "loss") return step.scalar("loss")
    if (name === "y") return step.target(index[1])
    if (name === "rest") return 1 - step.node("a", network.nodeAt(layer, index[1]))
    if (name in NODE_ARRAYS_OF) return step.node(NODE_ARRAYS_OF[name], network.nodeAt(layer, index[1]))
    const link = network.linkOf(symbol)
    if (!link) return NaN
    if (name.startsWith("d")) return step.gradient(link)
    const change = name === "W" || name === "b" ? 0 : step.weightDelta(link)
    return name.startsWith("step_") ? change : step.value(link.id) + change
  }
  return (signed) => {
    const { isNegative, symbol } = withoutMinus(signed)
    return isNegative ? 0 - plain(symbol) : plain(symbol)
  }
}
