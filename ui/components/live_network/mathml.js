// Expressions as MathML, over letters or over the numbers that their symbols stand for, before it is on any page.

import { argumentsOf, isArray, isConstant, isSymbol } from "./expression.js"
import { arrayLettersOf, lettersOf, meaningOf } from "./notation.js"
import { exactOnScreen } from "../base/format.js"

/** @import { Expression, OperationTree, SymbolTree } from "./model.d.ts" */
/** @import { NetworkFormulas } from "./formulas.js" */

/**
 * An element of MathML: a text, or children. `leaf` is the symbol that it stands for, and where `number` is set its
 * present number stands there, in brackets where that is negative and `bracketed`. Before an operator with `breaks` a
 * line may end.
 * @typedef {{
 *   tag: "mi" | "mn" | "mo" | "mtext" | "mrow" | "msub" | "msup" | "mfrac",
 *   text?: string, children?: Markup[], name?: string, breaks?: "term" | "factor",
 *   leaf?: SymbolTree, number?: boolean, bracketed?: boolean, form?: "infix" | "prefix",
 * }} Markup
 */

/** @typedef {{ parts: Markup[], holds: number, signed?: boolean }} Written */
/**
 * Writes a symbol. Over arrays a product of two of them, number by number, has a sign of its own.
 * @typedef {((symbol: SymbolTree, isBracketed: boolean) => Written) & { isOverArrays?: boolean }} SymbolWriter
 */

const LEAST_BREAKS = 2
const TIMES = "·"
const INVISIBLE_TIMES = "\u2062"
// Between arrays, number by number.
const ELEMENTWISE = "⊙"
/** @type {Markup} between a function and its argument */
const SPACE = { tag: "mtext", text: "\u2009" }
// How tightly what is written holds together, from a sum to one letter; looser parts stand in brackets.
const [SUM, PRODUCT, FUNCTION, POWER, ATOM] = [1, 2, 3, 4, 5]

/**
 * Letters with their meaning.
 * @param {NetworkFormulas} network
 * @param {SymbolTree | null} [own] what the formula is of, whose index goes without saying
 * @returns {SymbolWriter}
 */
export function overLetters(network, own = null) {
  return (symbol) => {
    const { parts, isSigned } = lettersOf(symbol, network, { own })
    const { role } = meaningOf(symbol, network)
    return {
      parts: [{ tag: "mrow", children: parts, leaf: symbol, name: `leaf ${role}` }],
      holds: isSigned ? PRODUCT : ATOM,
      signed: isSigned,
    }
  }
}

/**
 * Letters of whole arrays.
 * @param {NetworkFormulas} network
 * @returns {SymbolWriter}
 */
export function overArrays(network) {
  /** @type {SymbolWriter} */
  const write = (symbol) => {
    const { parts, isSigned } = arrayLettersOf(symbol, network)
    const { role } = meaningOf(symbol, network)
    return {
      parts: [{ tag: "mrow", children: parts, leaf: symbol, name: `leaf ${role}` }],
      holds: isSigned ? PRODUCT : ATOM,
      signed: isSigned,
    }
  }
  write.isOverArrays = true
  return write
}

/**
 * Numbers that change while the formula stands.
 * @param {NetworkFormulas} network
 * @returns {SymbolWriter}
 */
export function overNumbers(network) {
  return (symbol, isBracketed) => ({
    parts: [{
      tag: "mrow",
      leaf: symbol,
      number: true,
      bracketed: isBracketed,
      name: `leaf ${meaningOf(symbol, network).role}`,
    }],
    holds: ATOM,
  })
}

/**
 * An expression as a row of MathML, whose operators of the outermost brackets are all in that row.
 * @param {Expression} expression
 * @param {SymbolWriter} writeSymbol
 * @returns {Markup[]}
 */
export function writeExpression(expression, writeSymbol) {
  return write(expression, writeSymbol, false).parts
}

/**
 * @param {string} text
 * @param {Partial<Markup>} [options]
 * @returns {Markup}
 */
export function operator(text, options = {}) {
  return { tag: "mo", text, ...options }
}

/**
 * @param {Markup[]} parts
 * @returns {Markup}
 */
function row(parts) {
  return parts.length === 1 ? parts[0] : { tag: "mrow", children: parts }
}

/**
 * @param {Markup[]} parts
 * @returns {Markup[]}
 */
function inBrackets(parts) {
  return [operator("("), ...parts, operator(")")]
}

/**
 * @param {string} text
 * @returns {Markup}
 */
function word(text) {
  return { tag: "mi", text, name: "upright" }
}

/**
 * @param {Expression} expression
 * @param {SymbolWriter} writeSymbol
 * @param {boolean} isBracketed whether a negative number stands in brackets
 * @returns {Written}
 */
function write(expression, writeSymbol, isBracketed) {
  if (isSymbol(expression)) return writeSymbol(expression, isBracketed)
  if (isConstant(expression)) {
    const { value, text } = expression
    return {
      parts: [{ tag: "mn", text: text || exactOnScreen(value) }],
      holds: value < 0 ? PRODUCT : ATOM,
      signed: value < 0,
    }
  }
  return writeOperation(expression, writeSymbol, isBracketed)
}

/**
 * A part, in brackets where it holds less tightly, or begins with a sign behind an operator.
 * @param {Expression} part
 * @param {SymbolWriter} writeSymbol
 * @param {number} least
 * @param {boolean} [isBehind]
 * @returns {Written}
 */
function atLeast(part, writeSymbol, least, isBehind = false) {
  const written = write(part, writeSymbol, isBehind || least > PRODUCT)
  return written.holds < least || (isBehind && written.signed)
    ? { parts: inBrackets(together(written.parts)), holds: ATOM }
    : written
}

/**
 * What is short stays on one line.
 * @param {Markup[]} parts
 * @returns {Markup[]}
 */
function together(parts) {
  const isShort = parts.filter((part) => part.breaks === "term").length < LEAST_BREAKS
  return isShort ? parts.map((part) => part.breaks ? { ...part, breaks: undefined } : part) : parts
}

/**
 * @param {OperationTree} expression
 * @param {SymbolWriter} writeSymbol
 * @param {boolean} isBracketed whether a negative number that it begins with stands in brackets
 * @returns {Written}
 */
function writeOperation(expression, writeSymbol, isBracketed) {
  const [name] = expression
  const parts = argumentsOf(expression)
  const [first, ...others] = parts
  const plain = (/** @type {Expression} */ part) => write(part, writeSymbol, false).parts
  switch (name) {
    case "add":
    case "subtract":
      return writeSum(parts, name === "add" ? "+" : "−", writeSymbol)
    case "multiply":
      return writeProduct(parts, writeSymbol, isBracketed)
    case "matmul":
      return writeProduct(parts, writeSymbol, isBracketed, INVISIBLE_TIMES)
    case "transpose":
      return {
        parts: [{
          tag: "msup",
          children: [row(atLeast(first, writeSymbol, ATOM, true).parts), { tag: "mi", text: "T" }],
        }],
        holds: POWER,
      }
    case "divide":
      return { parts: [{ tag: "mfrac", children: parts.map((part) => row(plain(part))) }], holds: FUNCTION }
    case "negative":
      return {
        parts: [operator("−", { form: "prefix" }), ...atLeast(first, writeSymbol, PRODUCT, true).parts],
        holds: PRODUCT,
        signed: true,
      }
    case "power":
      return {
        parts: [{
          tag: "msup",
          children: [row(atLeast(first, writeSymbol, ATOM, true).parts), row(plain(others[0]))],
        }],
        holds: POWER,
      }
    case "exp":
      return {
        parts: [{ tag: "msup", children: [{ tag: "mi", text: "e" }, row(plain(first))] }],
        holds: POWER,
      }
    case "abs":
      return { parts: [operator("|"), ...plain(first), operator("|")], holds: ATOM }
    case "maximum":
    case "minimum":
      return {
        parts: [word(name.slice(0, 3)), ...inBrackets([...plain(first), operator(","), ...plain(others[0])])],
        holds: FUNCTION,
      }
    case "where_greater":
      return writeCases(parts, plain)
    case "sum_outputs":
    case "sum_samples":
    case "sum_all":
    case "sum_row":
    case "sum_column":
      return {
        parts: [operator("Σ", { form: "prefix" }), ...atLeast(first, writeSymbol, PRODUCT, true).parts],
        holds: FUNCTION,
      }
    default: {
      const argument = write(first, writeSymbol, true)
      const isShort = argument.holds === ATOM && !argument.signed
      return {
        parts: [word(name), ...(isShort ? [SPACE, ...argument.parts] : inBrackets(plain(first)))],
        holds: FUNCTION,
      }
    }
  }
}

/**
 * Terms with a sign are subtracted.
 * @param {Expression[]} terms
 * @param {string} sign
 * @param {SymbolWriter} writeSymbol
 * @returns {Written}
 */
function writeSum([first, ...others], sign, writeSymbol) {
  const { parts, signed } = atLeast(first, writeSymbol, SUM)
  const row = [...parts]
  for (const term of others) {
    const isSubtracted = sign === "+" && !isConstant(term) && !isSymbol(term) && term[0] === "negative"
    const size = isSubtracted ? argumentsOf(term)[0] : term
    row.push(
      operator(isSubtracted ? "−" : sign, { form: "infix", breaks: "term" }),
      ...atLeast(size, writeSymbol, PRODUCT, true).parts,
    )
  }
  return { parts: row, holds: SUM, signed }
}

/**
 * @param {Expression[]} factors
 * @param {SymbolWriter} writeSymbol
 * @param {boolean} isBehind whether it stands behind an operator
 * @param {string} [sign] what stands between factors
 * @returns {Written}
 */
function writeProduct([first, ...others], writeSymbol, isBehind, sign = TIMES) {
  const { parts, signed } = atLeast(first, writeSymbol, PRODUCT, isBehind)
  const row = [...parts]
  let hasArray = isArray(first)
  for (const factor of others) {
    const { parts } = atLeast(factor, writeSymbol, FUNCTION, true)
    const isElementwise = writeSymbol.isOverArrays && sign === TIMES && hasArray && isArray(factor)
    hasArray ||= isArray(factor)
    // As in ½ Σ, where no dot is usual.
    const times = parts[0].text === "Σ" ? INVISIBLE_TIMES : isElementwise ? ELEMENTWISE : sign
    row.push(operator(times, { form: "infix", breaks: "factor" }), ...parts)
  }
  return { parts: row, holds: PRODUCT, signed }
}

/**
 * @param {Expression[]} parts
 * @param {(part: Expression) => Markup[]} plain
 * @returns {Written}
 */
function writeCases([left, right, then, otherwise], plain) {
  return {
    parts: [
      ...plain(then),
      { tag: "mtext", text: "\u00a0if\u00a0", name: "upright" },
      ...plain(left),
      operator(">", { form: "infix" }),
      ...plain(right),
      { tag: "mtext", text: ", else\u00a0", name: "upright" },
      ...plain(otherwise),
    ],
    holds: SUM,
  }
}

/**
 * Rows between which a line may end, each with the operator before it: terms, each of its factors.
 * @param {Markup[]} parts
 * @returns {Markup[][][]}
 */
export function breakLines(parts) {
  /** @type {Markup[][][]} */
  const terms = [[[]]]
  for (const part of parts) {
    if (part.breaks === "term") terms.push([[]])
    else if (part.breaks === "factor") terms[terms.length - 1].push([])
    const factors = terms[terms.length - 1]
    factors[factors.length - 1].push(part)
  }
  return terms.map((factors) => factors.filter(({ length }) => length)).filter(({ length }) => length)
}

/** @type {Record<string, string>} */
const SPOKEN = {
  "·": "times",
  "⊙": "times, number by number,",
  "\u2062": "times",
  "−": "minus",
  "+": "plus",
  "=": "equals",
  "/": "over",
  ">": "is greater than",
}

/**
 * A formula in words, as it is read aloud.
 * @param {Markup[]} parts
 * @param {(symbol: SymbolTree) => string} number the number of a symbol as text
 * @returns {string}
 */
export function speak(parts, number) {
  return parts.map((part) => speakPart(part, number)).join(" ").replaceAll(/\s+/g, " ").replaceAll("( ", "(")
    .replaceAll(" )", ")").replaceAll(" ,", ",").trim()
}

/**
 * "−3.5e−5" as a sentence has it.
 * @param {string} text
 */
function speakNumber(text) {
  return text.replace(/e(−?)(\d+)/, (_, sign, power) => ` times 10 to the ${sign && "minus "}${power}`)
    .replace("−", "minus ")
}

/**
 * @param {Markup} part
 * @param {(symbol: SymbolTree) => string} number
 * @returns {string}
 */
function speakPart({ tag, text = "", children = [], leaf, number: isNumber }, number) {
  if (isNumber && leaf) return speakNumber(number(leaf))
  if (tag === "mo") return SPOKEN[text] ?? text
  if (tag === "mtext") return text.replace("→", " to ")
  const [first, second] = children.map((child) => speakPart(child, number))
  if (tag === "mfrac") return `(${first}) over (${second})`
  if (tag === "msup" && second === "T") return `${first} transposed`
  if (tag === "msup") return second === "2" ? `${first} squared` : `${first} to the power ${second}`
  return children.length ? speak(children, number) : text.replace("−", "minus ")
}
