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

/** @type {Record<string, Role>} */
const ROLES = {
  a: "activation",
  rest: "activation",
  slope: "slope",
  W: "weight",
  b: "weight",
  da: "gradient",
  dW: "gradient",
  db: "gradient",
  delta: "delta",
  eta: "rate",
  y: "target",
}

/**
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @returns {{ role: Role, meaning: string }}
 */
export function meaningOf(symbol, network) {
  const { symbol: [name, layer] } = withoutMinus(symbol)
  if (name === "a" && layer === 0) return { role: "input", meaning: "input" }
  if (name === "a" && layer === network.last) return { role: "activation", meaning: "prediction" }
  return { role: ROLES[name] ?? "other", meaning: network.convention.meanings[symbol[0]] }
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
  const { letters } = network.convention
  const isOwn = own && own[0].at(-1) === name.at(-1) && own[1] === layer && String(own[2]) === String(index)
  const pieces = name === "slope" && network.couplesUnits(layer) ? letters.slope_coupled : letters[name]
  return piecesOf(pieces, index && !isOwn ? network.endsOf(symbol) : "", () => unitLetters(symbol, network))
}

/**
 * A whole array as letters, with its layer as a subscript: W₁.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @returns {{ parts: Markup[], isSigned: boolean }}
 */
export function arrayLettersOf(symbol, network) {
  const { isNegative, symbol: [name, layer] } = withoutMinus(symbol)
  const isHidden = layer > 0 && layer < network.last
  const unit = () => isHidden ? withSubscript(letter("a"), `${layer}`) : letter(layer ? "ŷ" : "x")
  const parts = piecesOf(network.convention.array_letters[name], layer ? `${layer}` : "", unit)
  return { parts: isNegative ? [sign("−"), ...parts] : parts, isSigned: isNegative }
}

/**
 * @param {string} pieces
 * @param {string} subscript
 * @param {() => Markup} unit
 * @returns {Markup[]}
 */
function piecesOf(pieces, subscript, unit) {
  return pieces.split(" ").map((piece) => {
    if (piece === "@") return unit()
    if (piece.endsWith("_")) return withSubscript(letter(piece.slice(0, -1)), subscript)
    if (/^[/()+]$/.test(piece)) return sign(piece)
    return piece === "Δ" ? upright(piece) : letter(piece)
  })
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
