// The letters of a network's numbers, and what each stands for.

import { labelPieces } from "../base/format.js"
import { withoutMinus } from "./negation.js"

/** @import { Markup } from "./mathml.js" */
/** @import { SymbolTree } from "./model.d.ts" */
/** @import { NetworkFormulas } from "./formulas.js" */

/**
 * What colors a number, whatever its size: so that an input, a weight and a learning rate of 0.5 are told apart.
 * @typedef {"input" | "activation" | "weight" | "rate" | "target" | "slope" | "delta" | "gradient" | "other"} Role
 */

/** @type {Record<string, { role: Role, meaning: string }>} */
const MEANINGS = {
  a: { role: "activation", meaning: "activation" },
  rest: { role: "activation", meaning: "1 − activation" },
  z: { role: "other", meaning: "pre-activation" },
  slope: { role: "slope", meaning: "slope of the activation function" },
  W: { role: "weight", meaning: "weight" },
  b: { role: "weight", meaning: "bias" },
  da: { role: "gradient", meaning: "gradient" },
  dW: { role: "gradient", meaning: "gradient" },
  db: { role: "gradient", meaning: "gradient" },
  delta: { role: "delta", meaning: "δ = dL/dz" },
  step_W: { role: "other", meaning: "weight delta" },
  step_b: { role: "other", meaning: "bias delta" },
  new_W: { role: "other", meaning: "weight after the step" },
  new_b: { role: "other", meaning: "bias after the step" },
  eta: { role: "rate", meaning: "learning rate" },
  loss: { role: "other", meaning: "loss" },
  y: { role: "target", meaning: "target" },
}

/**
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 */
export function meaningOf(symbol, network) {
  const { isNegative, symbol: [name, layer] } = withoutMinus(symbol)
  if (name === "a" && layer === 0) return { role: /** @type {Role} */ ("input"), meaning: "input" }
  if (name === "a" && layer === network.last) {
    return { role: /** @type {Role} */ ("activation"), meaning: "prediction" }
  }
  if (isNegative && name === "delta") return { ...MEANINGS.delta, meaning: "error term, −δ = −dL/dz" }
  const { role, meaning } = MEANINGS[name]
  return { role, meaning: isNegative ? `negative ${meaning}` : meaning }
}

/**
 * A symbol as letters, with its unit or ends as a subscript if it has an index. Of a weight's own numbers, `own`
 * has the index: they need no subscript.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @param {{ own?: SymbolTree | null }} [options]
 * @returns {{ parts: Markup[], isSigned: boolean }}
 */
export function lettersOf(symbol, network, { own = null } = {}) {
  const { isNegative, symbol: plain } = withoutMinus(symbol)
  const parts = plainLetters(plain, network, own)
  return { parts: isNegative ? [sign("−"), ...parts] : parts, isSigned: isNegative }
}

/**
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @param {SymbolTree | null} own
 * @returns {Markup[]}
 */
function plainLetters(symbol, network, own) {
  const [name, layer, index] = symbol
  const isOwn = own && own[0].at(-1) === name.at(-1) && own[1] === layer && String(own[2]) === String(index)
  const ends = index && !isOwn ? network.endsOf(symbol) : ""
  const unit = () => unitLetters(symbol, network)
  switch (name) {
    case "a":
      return [unit()]
    case "slope":
      if (network.couplesUnits(layer)) {
        return [letter("∂"), unit(), sign("/"), letter("∂"), withSubscript(letter("z"), ends)]
      }
      return [letter("f′"), sign("("), withSubscript(letter("z"), ends), sign(")")]
    case "da":
      return [letter("dL"), sign("/"), letter("d"), unit()]
    case "dW":
      return [letter("dL"), sign("/"), withSubscript(letter("dw"), ends)]
    case "db":
      return [letter("dL"), sign("/"), withSubscript(letter("db"), ends)]
    case "step_W":
    case "step_b":
      return [upright("Δ"), withSubscript(letter(name === "step_W" ? "w" : "b"), ends)]
    case "W":
      return [withSubscript(letter("w"), ends)]
    case "delta":
      return [withSubscript(letter("δ"), ends)]
    case "loss":
      return [letter("L")]
    case "eta":
      return [letter("η")]
    default:
      return [withSubscript(letter(name), ends)]
  }
}

/**
 * The activation of a unit: x₁, ŷ, or a with the unit as its subscript.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 */
function unitLetters([, layer, index], network) {
  const isHidden = layer > 0 && layer < network.last
  if (!index) return letter(isHidden ? "a" : layer ? "ŷ" : "x")
  const label = network.labelOf(layer, index[1] ?? 0)
  if (isHidden) return withSubscript(letter("a"), label)
  const [{ name, index: number }] = labelPieces(label)
  return withSubscript(letter(name), number)
}

/**
 * @param {string} text
 * @returns {Markup}
 */
function letter(text) {
  return { tag: "mi", text }
}

/**
 * @param {string} text
 * @returns {Markup}
 */
function upright(text) {
  return { tag: "mi", text, name: "upright" }
}

/**
 * @param {string} text
 * @returns {Markup}
 */
function sign(text) {
  return { tag: "mo", text }
}

/**
 * @param {Markup} base
 * @param {string} text
 * @returns {Markup}
 */
function withSubscript(base, text) {
  return text ? { tag: "msub", children: [base, { tag: "mtext", text }] } : base
}

/**
 * The letters of a symbol as text: w x1→h1.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 */
export function plainText(symbol, network) {
  return lettersOf(symbol, network).parts.map(textOf).join("")
}

/**
 * @param {Markup} markup
 * @returns {string}
 */
function textOf({ tag, text = "", children = [] }) {
  const texts = children.map(textOf)
  // A number is the index of a letter; a name stands beside it.
  return text || texts.join(tag === "msub" && !/^\d+$/.test(texts[1]) ? " " : "")
}
