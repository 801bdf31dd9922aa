// Formulas on the page: elements that are built once, in which then only the numbers are written.

import { html, mathml, setText } from "../base/dom.js"
import { formatNumber } from "../base/format.js"
import { breakLines, speak } from "./mathml.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Numbers } from "./expression.js" */
/** @import { Markup } from "./mathml.js" */
/** @import { SymbolTree } from "./model.d.ts" */

/**
 * A number in a formula: its element, and those of its brackets where it has any.
 * @typedef {{ symbol: SymbolTree, number: Element, brackets: Element[] }} NumberLeaf
 */
/** @typedef {ReturnType<typeof buildFormula>} FormulaView */

/** @type {WeakMap<Element, SymbolTree>} what each leaf stands for */
const symbolsOfLeaves = new WeakMap()

// Names of its own would be read in pieces, and are for the whole formula.
const SILENT = { "aria-hidden": "true" }
// Brackets, whose place stays as wide as they are: none where there are none.
const STIFF = { stretchy: "false", lspace: 0, rspace: 0 }

/**
 * A formula as a run of MathML whose lines break before its operators.
 * @param {Markup[]} parts
 * @param {string} name the class of the run
 */
export function buildFormula(parts, name) {
  /** @type {NumberLeaf[]} */
  const leaves = []
  const run = html(
    "span",
    { class: name },
    ...breakLines(parts).map((factors) =>
      html("span", { class: "term" }, ...factors.map((row) => mathml("math", SILENT, ...row.map(build))))
    ),
  )

  /**
   * @param {Markup} markup
   * @returns {Element}
   */
  function build(markup) {
    const { tag, text, children = [], leaf, number, bracketed, name: kind, form } = markup
    const attributes = { ...(tag === "mo" ? form ? { form } : STIFF : {}), ...(kind ? { class: kind } : {}) }
    const node = mathml(tag, attributes, ...(text === undefined ? children.map(build) : [text]))
    if (leaf) symbolsOfLeaves.set(node, leaf)
    if (leaf && number) {
      const value = mathml("mn")
      const brackets = bracketed ? [1, 2].map(() => mathml("mo", STIFF)) : []
      node.append(...(bracketed ? [brackets[0], value, brackets[1]] : [value]))
      leaves.push({ symbol: leaf, number: value, brackets })
    }
    return node
  }

  return { run, parts, leaves }
}

/**
 * @param {FormulaView} view
 * @param {Numbers} numbers
 * @param {Precision} precision
 */
export function refillFormula({ leaves }, numbers, precision) {
  for (const { symbol, number, brackets } of leaves) {
    const text = formatNumber(numbers(symbol), precision)
    setText(number, text)
    const isBracketed = text.startsWith("−")
    brackets.forEach((bracket, k) => setText(bracket, isBracketed ? "()"[k] : ""))
  }
}

/**
 * @param {FormulaView} view
 * @param {Numbers} numbers
 * @param {Precision} precision
 */
export function speakFormula({ parts }, numbers, precision) {
  return speak(parts, (symbol) => formatNumber(numbers(symbol), precision))
}

/**
 * A region for formulas. What does not fit scrolls, and the arrow keys scroll only what can be focused.
 * @param {string} name
 */
export function buildFormulaRegion(name) {
  return html("div", {
    class: "body",
    tabindex: 0,
    role: "region",
    "aria-label": name,
    "aria-description": "The left and right arrow keys explain each symbol.",
  })
}

/**
 * What a letter or number of a formula stands for.
 * @param {Element} leaf
 */
export function symbolOfLeaf(leaf) {
  return symbolsOfLeaves.get(leaf)
}
