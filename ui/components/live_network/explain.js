// Everything about the weight, bias, unit or control looked at: what it is, the derivation of its gradient, and all its
// equations over letters and over numbers.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, formatNumber, htmlLabel } from "../base/format.js"
import { buildDerivation, paintDerivation } from "./derivation_view.js"
import { equationsOf, rowsOf } from "./equations.js"
import { argumentsOf, isConstant, isSymbol } from "./expression.js"
import { factsOf } from "./facts.js"
import { buildFormula, buildFormulaRegion, refillFormula, speakFormula } from "./formula_view.js"
import { numbersOf } from "./formulas.js"
import { speak } from "./mathml.js"
import { withoutMinus } from "./negation.js"
import { sourceOf } from "./paths.js"
import { flawOf } from "./plugged.js"

/** @import { Picture } from "./drawing.js" */
/** @import { Equation } from "./equations.js" */
/** @import { Facts } from "./facts.js" */
/** @import { Expression } from "./model.d.ts" */
/** @import { FormulaView } from "./formula_view.js" */
/** @import { Pointed } from "./light.js" */
/** @import { Markup } from "./mathml.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof buildExplain>} Explain */
/** @typedef {ReturnType<typeof buildEquation>} EquationView */

/** @param {{ point: (pointed: Pointed | null) => void }} on */
export function buildExplain(on) {
  const derivation = buildDerivation(on)
  const title = html("p", { class: "title" })
  const note = html("p", { class: "hint" })
  const head = html("div", { class: "head" }, title, derivation.role)
  const subject = html("div", {}, head, derivation.root, note)
  const content = html("div", { class: "equations" })
  const all = html("details", { class: "all" }, html("summary", {}, "All equations"), content)
  const body = buildFormulaRegion("Numbers and equations")
  const explain = {
    root: html("div", { class: "explain" }, body),
    body,
    subject,
    title,
    note,
    derivation,
    // One for all items: what has been opened stays open.
    all,
    content,
    of: "",
    item: "",
    /** @type {NetworkFormulas | null} */
    network: null,
    /** @type {Scene | null} */
    scene: null,
    facts: /** @type {Element[]} */ ([]),
    equations: /** @type {EquationView[]} */ ([]),
  }
  return explain
}

/**
 * Texts and formulas are laid out once for an item; then only the numbers are written.
 * @param {Explain} explain
 * @param {Picture} picture
 * @param {Scene} scene
 * @param {boolean} isResting whether there is time to name the formulas for those who listen
 */
export function paintExplain(explain, picture, scene, isResting) {
  const { network, precision, explained } = scene
  explain.scene = scene
  const source = picture.byId.has(explained) ? sourceOf(explained) : null
  if (source) paintDerivation(explain.derivation, source, scene, isResting)
  // What is folded is written when the numbers stand still.
  const isFolded = source !== null && !explain.all.open
  if (isFolded && !isResting && explain.network === network && explain.item === explained) return
  explain.item = explained
  const facts = factsOf(explained, picture.nodes, picture.links, scene)
  const equations = facts ? equationsOf(explained, network, scene) : []
  const of = JSON.stringify([
    facts && [facts.title, facts.hint, facts.note, facts.numbers.map(([name]) => name)],
    equations,
    source !== null,
  ])
  if (explain.of !== of || explain.network !== network) {
    explain.of = of
    explain.network = network
    showSubject(explain, facts, equations, source !== null)
  }
  if (!facts) return
  facts.numbers.forEach(([, number], k) => {
    setText(explain.facts[k], formatNumber(number, precision))
    set(explain.facts[k], "title", exactOnScreen(number))
  })
  for (const view of explain.equations) paintEquation(view, scene, isResting)
}

/**
 * @param {Explain} explain
 * @param {Facts | null} facts
 * @param {Equation[]} equations
 * @param {boolean} isDerived whether its derivation stands first and its equations fold
 */
function showSubject(explain, facts, equations, isDerived) {
  const { body, network, subject, title, note, all, content } = explain
  if (!facts || !network) {
    explain.equations = []
    return body.replaceChildren(html("p", { class: "hint" }, "Select a weight or a unit to see its numbers."))
  }
  const list = html(
    "dl",
    { class: "facts" },
    ...facts.numbers.map(([name]) => html("div", {}, html("dt", {}, name), html("dd"))),
  )
  explain.facts = [...list.querySelectorAll("dd")]
  explain.equations = equations.map((equation) => buildEquation(equation, network))
  const text = [
    ...(facts.hint ? [html("p", { class: "hint" }, facts.hint)] : []),
    ...explain.equations.map(({ root }) => root),
  ]
  if (isDerived) {
    title.replaceChildren(htmlLabel(facts.title))
    content.replaceChildren(list, ...text)
    // What is in the page already is not put there again: it would lose the focus.
    if (subject.parentNode !== body) body.replaceChildren(subject, all)
    setText(note, facts.note)
    return
  }
  const head = html("div", { class: "head" }, html("p", { class: "title" }, htmlLabel(facts.title)), list)
  body.replaceChildren(head, ...text)
}

/**
 * @param {Equation} equation
 * @param {NetworkFormulas} network
 */
export function buildEquation(equation, network) {
  const rows = rowsOf(equation, network)
  const letters = buildFormula(rows.letters, "letters")
  const plugged = rows.plugged && buildFormula(rows.plugged, "plugged")
  const result = rows.result && buildFormula(rows.result, "result")
  const flaw = html("span", { class: "flaw" })
  const unknown = html("span", { class: "result", hidden: "" }, "= ?")
  const shown = [letters, plugged, result].filter((part) => part !== null)
  const formula = html("span", { class: "formula", role: "math" }, ...shown.map(({ run }) => run), unknown)
  const root = html("div", { class: "equation" }, formula, flaw)
  if (rows.because) root.append(buildReason(rows.because))
  return { root, formula, flaw, equation, letters, plugged, result, unknown }
}

/** @param {Markup[]} because */
function buildReason(because) {
  return html(
    "details",
    { class: "because" },
    html("summary", {}, "because f′(z) cancels"),
    html(
      "span",
      { class: "formula", role: "math", "aria-label": speak(because, String) },
      buildFormula(because, "letters").run,
    ),
  )
}

/**
 * @param {EquationView} view
 * @param {Scene} scene
 * @param {boolean} isResting
 * @param {((name: string, layer: number) => boolean) | null} [isUnknown] which arrays are not shown yet, if any
 */
export function paintEquation(view, scene, isResting, isUnknown = null) {
  const { formula, flaw, equation, letters, plugged, result, unknown } = view
  const { network, precision } = scene
  const numbers = numbersOf(network, scene)
  const why = equation.right ? flawOf(equation.right, numbers(equation.result), numbers, precision) : ""
  setText(flaw, why && why !== "overflow" && !isUnknown ? `(${why})` : "")
  /** @type {FormulaView[]} */
  const shown = [letters]
  if (plugged) {
    const isHidden = Boolean(why) || (isUnknown !== null && hasUnknown(equation.right, isUnknown))
    set(plugged.run, "class", isHidden ? "plugged unused" : "plugged")
    if (!isHidden) shown.push(plugged)
  }
  if (result) {
    set(result.run, "class", isUnknown ? "result unused" : "result")
    unknown.hidden = !isUnknown
    if (!isUnknown) shown.push(result)
  }
  for (const part of shown) refillFormula(part, numbers, precision)
  if (isResting) {
    set(formula, "aria-label", shown.map((part) => speakFormula(part, numbers, precision)).join(" "))
  }
}

/**
 * @param {Expression | null} expression
 * @param {(name: string, layer: number) => boolean} isUnknown
 * @returns {boolean}
 */
function hasUnknown(expression, isUnknown) {
  if (expression === null || isConstant(expression)) return false
  if (!isSymbol(expression)) return argumentsOf(expression).some((part) => hasUnknown(part, isUnknown))
  const [name, layer] = withoutMinus(expression).symbol
  return isUnknown(name, layer)
}
