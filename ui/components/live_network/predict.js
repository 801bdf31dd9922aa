// Predict first: what a stage computes is withheld until a guess of one of its numbers has been typed.

import { html, set, setText } from "../base/dom.js"
import { exactOnScreen, formatNumber, isNumber } from "../base/format.js"
import { buildFormula } from "./formula_view.js"
import { withoutMinus } from "./negation.js"
import { lettersOf } from "./notation.js"
import { WHOLE_STEP } from "./stages.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Equation } from "./equations.js" */
/** @import { StageText, SymbolTree } from "./model.d.ts" */
/** @import { NetworkFormulas } from "./formulas.js" */

/** @typedef {ReturnType<typeof buildPrediction>} Prediction */

/** @typedef {{ name: string, value: number }} Predicted what a number is called, and what it is */

// As parse_number in ui/text/numbers.py reads what is typed into the other boxes.
const DIGITS_TYPED = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,4})?$/i
const TWO_WAYS = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/

/**
 * The number that a text stands for: 0.5, 0,5, −1e-3 or 1/3; null where it is none, or can be read in two ways.
 * @param {string} text
 */
export function readGuess(text) {
  const plain = text.trim().replace("−", "-")
  const parts = plain.split("/").map((part) => part.trim())
  if (TWO_WAYS.test(plain) || parts.length > 2 || !parts.every((part) => DIGITS_TYPED.test(part))) return null
  const [number, divisor = 1] = parts.map((part) => Number(part.replace(",", ".")))
  const quotient = number / divisor
  return isNumber(quotient) ? quotient : null
}

/**
 * How good a guess is, as a sentence with the number itself.
 * @param {number} guess
 * @param {Predicted} predicted
 * @param {Precision} precision
 */
export function judgeGuess(guess, { name, value }, precision) {
  const shown = formatNumber(value, precision)
  const is = `${name} = ${shown}`
  if (formatNumber(guess, precision) === shown) return `Right: ${is}.`
  const digits = sharedDigits(guess, value)
  if (digits > 0) return `Right to ${digits} ${digits === 1 ? "digit" : "digits"}: ${is}.`
  if (sharedDigits(-guess, value) > 0) return `The size is right, the sign is not: ${is}.`
  return `${is}; your guess was ${exactOnScreen(guess)}.`
}

/**
 * To how many significant digits two numbers agree.
 * @param {number} left
 * @param {number} right
 */
function sharedDigits(left, right) {
  const apart = Math.abs(left - right) / Math.abs(right)
  return isNumber(apart) ? Math.floor(-Math.log10(2 * apart)) : 0
}

/**
 * Whether the numbers of a stage are withheld. The inputs are given: there is nothing to predict.
 * @param {{ predict: boolean, stage: string }} view
 * @param {string} guessed the stage at which a guess has been typed
 * @param {StageText[]} stages
 */
export function isWithheld({ predict, stage }, guessed, stages) {
  const shown = stages.find(({ id }) => id === stage)
  return predict && stage !== WHOLE_STEP && guessed !== stage && shown !== undefined && shown.name !== "x"
}

/**
 * The number to predict at a stage: the one of the selected item, or else the first, of what the stage is called after.
 * @param {Equation[]} equations
 * @param {string} stage the name of the stage
 * @param {string} selected
 * @returns {SymbolTree | null}
 */
export function predictedAt(equations, stage, selected) {
  const all = equations.map(({ result }) => result)
  const named = all.filter((symbol) => withoutMinus(symbol).symbol[0].startsWith(stage))
  return named.find((symbol) => itemOfNumber(symbol) === selected) ?? named[0] ?? all[0] ?? null
}

/** @param {SymbolTree} symbol */
function itemOfNumber([name, layer, index = []]) {
  const places = index.map((place) => place + 1)
  if (/[Wb]$/.test(name)) return `${name.at(-1)?.toLowerCase()}${layer}.${places.join(".")}`
  return `n${layer}.${places[1]}`
}

/**
 * @param {{ predict: (isOn: boolean) => void, guess: (text: string) => void }} on
 */
export function buildPrediction(on) {
  const toggle = html("input", { type: "checkbox" })
  const letters = html("span", { class: "formula" })
  const box = html("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false" })
  const form = html("form", { hidden: "" }, letters, " = ", box, html("button", { type: "submit" }, "Check"))
  const verdict = html("p", { class: "verdict", role: "status" })
  toggle.onchange = () => on.predict(toggle.checked)
  form.onsubmit = (event) => {
    event.preventDefault()
    on.guess(box.value)
    // What is hidden would take the focus with it.
    if (form.hidden) toggle.focus()
  }
  const root = html("div", { class: "prediction" }, html("label", {}, toggle, "Predict first"), form, verdict)
  return { root, toggle, form, letters, box, verdict, named: "" }
}

/**
 * @param {Prediction} prediction
 * @param {{
 *   isOn: boolean, isAwaited: boolean, name: string, symbol: SymbolTree | null, network: NetworkFormulas,
 *   verdict: string,
 * }} shown
 */
export function paintPrediction(prediction, shown) {
  const { root, toggle, form, letters, box, verdict: line } = prediction
  const { isOn, isAwaited, name, symbol, network, verdict } = shown
  root.hidden = !name
  toggle.checked = isOn
  form.hidden = !isAwaited
  if (prediction.named !== name) {
    prediction.named = name
    letters.replaceChildren(symbol ? buildFormula(lettersOf(symbol, network).parts, "letters").run : name)
  }
  set(box, "aria-label", `Your guess for ${name}`)
  set(box, "aria-invalid", String(isAwaited && verdict !== ""))
  setText(line, verdict)
}
