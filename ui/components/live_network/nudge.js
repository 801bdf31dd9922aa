// A nudge: one number of the network moved by h, what that changes in every unit and in the loss, and how close ΔL/h
// comes to the gradient of the core. Plain data in and out.

import { formatNumber, isNumber } from "../base/format.js"
import { compilePass, symbolOfLink } from "./forward_pass.js"

/** @import { Precision } from "../base/format.js" */
/** @import { SymbolTree } from "./model.d.ts" */
/** @import { ForwardPass, Passed } from "./forward_pass.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { StepNumbers } from "./step.js" */

/**
 * What is moved: its letter, and where it comes in. Of a layer that is reached in one unit only, `unit` is that one;
 * a target reaches no layer.
 * @typedef {{ symbol: SymbolTree, letter: string, label: string, layer: number, unit: number | null }} NudgeSubject
 */

/** @typedef {{ layer: number, unit: number }} UnitPlace */
/** @typedef {"exact" | "digits" | "rounding" | "curve" | "kink" | "overflow" | "unknown"} VerdictKind */
/** @typedef {{ kind: VerdictKind, sentence: string }} Verdict */
/** @typedef {NonNullable<ReturnType<typeof readNudge>>} Nudge */

/**
 * All that a verdict is made of; `kink` is where the formulas change their case between w and w + h, "" for nowhere,
 * `halfway` the loss at w + h/2, null where they keep their case between w − h and w + h, `known` how many digits of
 * the gradient are known, and `isLeast` and `isMost` whether there is no smaller, or larger, h.
 * @typedef {{
 *   letter: string, h: number, present: number, halfway: number | null, above: number, below: number,
 *   gradient: number, kink: string, isFinite: boolean, known: number, isLeast: boolean, isMost: boolean,
 * }} Compared
 */

const TINY = 2.2250738585072014e-308
const EPSILON = 2 ** -52
// So much of a gradient is no error of the quotient, but of the last digits of both.
const EXACT = 1e-13
const FEW_DIGITS = 3
const NO_BREAK = "\u00a0"
const MOST_DIGITS = 15
// Its two formulas have one slope where they meet.
const SMOOTH = "elu"
/** @type {Precision} */
const USUAL_PRECISION = { digits: 6, decimals: null }
const ACTIVATION_NAMES = new Map([["relu", "ReLU"], ["leaky_relu", "leaky ReLU"]])

/** @type {WeakMap<NetworkFormulas, ForwardPass>} */
const passes = new WeakMap()

/** @param {NetworkFormulas} network */
export function passOf(network) {
  const pass = passes.get(network) ?? compilePass(network)
  passes.set(network, pass)
  return pass
}

/**
 * What is moved where an item or a control is selected; null for what is in no forward pass. A unit is moved at its z,
 * whose slope is δ.
 * @param {string} id
 * @param {NetworkFormulas} network
 * @returns {NudgeSubject | null}
 */
export function subjectOfNudge(id, network) {
  const { drawing } = network
  const link = [...drawing.edges, ...drawing.biases].find((each) => each.id === id)
  if (link) {
    const symbol = symbolOfLink(id)
    const [name, layer, index = []] = symbol
    return {
      symbol,
      letter: name === "W" ? "w" : "b",
      label: link.label,
      layer,
      unit: index[index.length - 1],
    }
  }
  const node = drawing.nodes.find((each) => each.id === id) ??
    drawing.nodes.find((each) => !each.layer && id === `x${each.unit + 1}`)
  if (node) {
    const { layer, unit, label } = node
    const at = [0, unit]
    return layer
      ? { symbol: ["z", layer, at], letter: "z", label: `z of ${label}`, layer, unit }
      : { symbol: ["a", 0, at], letter: "x", label, layer: 1, unit: null }
  }
  const target = Array.from({ length: network.widths[network.last] }, (_, k) => k).find((k) =>
    id === `y${k + 1}`
  )
  if (target === undefined) return null
  const label = network.widths[network.last] > 1 ? `y${target + 1}` : "y"
  return { symbol: ["y", 0, [0, target]], letter: "y", label, layer: Infinity, unit: null }
}

/**
 * The gradient by a number, which the core has; that by a target is in no frame.
 * @param {SymbolTree} symbol
 * @returns {SymbolTree}
 */
export function gradientSymbol([name, layer, index]) {
  return [{ W: "dW", b: "db", z: "delta", a: "da" }[name] ?? "dy", layer, index]
}

/**
 * The pass as it stands, with h added, and with h taken away: all by the same formulas.
 * @param {NetworkFormulas} network
 * @param {Pick<StepNumbers, "value" | "scalar">} step
 * @param {string} id the item or control that is selected
 * @param {{ h: number, gradient: number, known?: number, precision?: Precision, all?: number[] }} given the gradient of
 *   the core, how many digits of it are known, and all h that there are
 */
export function readNudge(network, { value, scalar }, id, given) {
  const { h, gradient, known = MOST_DIGITS, precision = USUAL_PRECISION, all = [0, Infinity] } = given
  const subject = subjectOfNudge(id, network)
  if (!subject) return null
  const pass = passOf(network)
  const place = pass.placeOf(subject.symbol)
  const movedBy = (/** @type {number} */ by) => pass.run(value, place, by)
  const [now, raised, lowered] = [0, h, -h].map(movedBy)
  const lossPlace = pass.placeOf(["loss", 0, []])
  const [present, above, below] = [now, raised, lowered].map(({ numbers }) => numbers[lossPlace])
  const isKinked = kinkOf(network, pass, lowered, raised) !== ""
  const quotient = (above - present) / h
  /**
   * @param {"z" | "a"} name
   * @param {UnitPlace} unit
   */
  const change = (name, { layer, unit }) => {
    const at = pass.placeOf([name, layer, [0, unit]])
    return raised.numbers[at] - now.numbers[at]
  }
  return {
    subject,
    h,
    present,
    above,
    lossChange: above - present,
    quotient,
    gradient,
    relativeError: relativeErrorOf(quotient, gradient),
    verdict: verdictOf({
      letter: subject.letter,
      h,
      present,
      halfway: isKinked ? movedBy(h / 2).numbers[lossPlace] : null,
      above,
      below,
      gradient,
      kink: kinkOf(network, pass, now, raised),
      isFinite: isNumber(scalar("loss")),
      known,
      isLeast: h <= Math.min(...all),
      isMost: h >= Math.max(...all),
    }, precision),
    /** Whether a unit is downstream of what is moved. */
    reaches: (/** @type {UnitPlace} */ { layer, unit }) =>
      layer > subject.layer ||
      (layer === subject.layer &&
        (subject.unit === null || subject.unit === unit || network.couplesUnits(layer))),
    zChange: (/** @type {UnitPlace} */ node) => change("z", node),
    aChange: (/** @type {UnitPlace} */ node) => change("a", node),
  }
}

/**
 * |a − b| / max(|a| + |b|, tiny)
 * @param {number} a
 * @param {number} b
 */
export function relativeErrorOf(a, b) {
  return Math.abs(a - b) / Math.max(Math.abs(a) + Math.abs(b), TINY)
}

/**
 * The first place where a formula changes its case, and with it its slope at once; "" where none does.
 * @param {NetworkFormulas} network
 * @param {ForwardPass} pass
 * @param {Passed} now
 * @param {Passed} raised
 */
function kinkOf(network, pass, now, raised) {
  const { drawing, labelOf } = network
  for (const [at, before] of now.cases.entries()) {
    const after = raised.cases[at]
    if (before === after || before < 0 || after < 0) continue
    const { name, layer, unit } = pass.stepOfCase(at)
    if (name === "loss") {
      if (drawing.loss !== "Huber") return "within the step ŷ crosses an end of the logarithm"
      return "within the step |ŷ − y| is 1, where Huber’s parabola becomes a line"
    }
    const activation = drawing.activations[layer - 1]
    if (activation === SMOOTH) continue
    const place = pass.placeOf(["z", layer, [0, unit]])
    const [begin, end] = [now, raised].map(({ numbers }) => numbers[place])
    const z = `z of ${labelOf(layer, unit)}`
    const moves = begin === 0
      ? `${z} stands at 0`
      : `within the step ${z} ${end === 0 ? "reaches" : "crosses"} 0`
    return `${moves}, where ${ACTIVATION_NAMES.get(activation) ?? activation} changes its slope`
  }
  return ""
}

/**
 * How close ΔL/h comes to the gradient, in one sentence, with the reason.
 * @param {Compared} compared
 * @param {Precision} precision
 * @returns {Verdict}
 */
function verdictOf(compared, precision = USUAL_PRECISION) {
  const { letter, h, present, halfway, above, below, gradient, kink, known } = compared
  if (!isNumber(present) || !isNumber(above)) {
    const sentence = compared.isFinite && !isNumber(present)
      ? "A number on the way overflowed; the page computes its loss by other forms of the formulas."
      : "The loss overflowed."
    return { kind: "overflow", sentence }
  }
  if (!isNumber(gradient)) return { kind: "unknown", sentence: "" }
  const quotient = (above - present) / h
  const central = (above - below) / (2 * h)
  const error = Math.abs(quotient - gradient)
  if (quotient === gradient) {
    const sentence = gradient === 0
      ? `Exact: both are 0, as the loss is the same at ${letter} and ${letter} + h.`
      : "Exact, to the last digit."
    return { kind: "exact", sentence }
  }
  if (relativeErrorOf(quotient, gradient) <= EXACT) {
    return { kind: "exact", sentence: `Exact: along ${letter} the loss is a straight line over this step.` }
  }
  const digits = Math.min(digitsOf(error, gradient), known)
  if (kink && digits < FEW_DIGITS) return { kind: "kink", sentence: `A kink: ${kink}.` }
  const rounded = EPSILON * Math.max(Math.abs(present), Math.abs(above)) / h
  // Across a kink the loss on the other side of w bends otherwise than within the step.
  const [curved, noise] = halfway === null
    ? [Math.abs(above - 2 * present + below) / (2 * h), 4 * rounded]
    : [2 * Math.abs(above - 2 * halfway + present) / h, 16 * rounded]
  const isRounded = !(curved > noise)
  const both = `L(${letter}) and L(${letter}${NO_BREAK}+${NO_BREAK}h)`
  if (digits >= FEW_DIGITS) {
    const better = isRounded ? `at a larger h less of ${both} cancels` : "at a smaller h the loss bends less"
    const isEnd = isRounded ? compared.isMost : compared.isLeast
    return { kind: "digits", sentence: `Agrees to ${digits} digits${isEnd ? "" : `; ${better}`}.` }
  }
  if (isRounded) {
    const cause = compared.isMost ? "Rounding:" : "Rounding: h is too small,"
    const sentence = above === present
      ? `${cause} ${both} are the same in 64 bits.`
      : `${cause} most digits of ${both} cancel.`
    return { kind: "rounding", sentence }
  }
  // Not broken into lines.
  const mean = `(L(${letter} + h) − L(${letter} − h)) / 2h`.replaceAll(" ", NO_BREAK)
  return {
    kind: "curve",
    sentence: `${compared.isLeast ? "T" : "h is too large: t"}he loss bends within the step. ${mean} is ${
      formatNumber(central, precision)
    }.`,
  }
}

/**
 * To how many digits a number of that error is known.
 * @param {number} error
 * @param {number} size
 */
function digitsOf(error, size) {
  return Math.min(Math.max(Math.floor(-Math.log10(error / Math.abs(size))), 0), MOST_DIGITS)
}
