// The derivation of a gradient in the panel: the number, what follows from it, its paths with their sum, and the factors
// of one path with a bar each. Rows are built once; then only numbers and bars change.

import { inkOf, share } from "../base/color.js"
import { closestTo, html, set, setText } from "../base/dom.js"
import { atMost, enteredNumber, exactOnScreen, formatNumber, htmlLabel, isNumber } from "../base/format.js"
import { followFocus, makeRoving, moveByKey, replaceDrawing } from "../base/roving.js"
import { derivationOf } from "./derivation.js"
import { rowsOf } from "./equations.js"
import { buildFormula, refillFormula, speakFormula } from "./formula_view.js"
import { numbersOf } from "./formulas.js"
import { operator, overLetters, overNumbers, writeExpression } from "./mathml.js"
import { withoutMinus } from "./negation.js"
import { factorsOf, productOf, sumOfOthers } from "./paths.js"
import { flawOf } from "./plugged.js"
import { reasonOf } from "./reasons.js"

/** @import { Palette } from "../base/color.js" */
/** @import { Roving } from "../base/roving.js" */
/** @import { Derivation, FactorRow } from "./derivation.js" */
/** @import { Equation } from "./equations.js" */
/** @import { FormulaView } from "./formula_view.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Pointed } from "./light.js" */
/** @import { Markup } from "./mathml.js" */
/** @import { SymbolTree } from "./model.d.ts" */
/** @import { Path, Source } from "./paths.js" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof buildDerivation>} DerivationView */
/** @typedef {ReturnType<typeof buildFactor>} FactorView */
/** @typedef {ReturnType<typeof buildPath>} PathView */

/** The numbers beside a bar: what stands above in full has fewer digits here. */
const ROW_DIGITS = 4
const ORIGIN_DIGITS = 3
const ROLE_CHARACTERS = 9
const ALL_PATHS = "all"
// All of a row is in its name.
const UNSPOKEN = { "aria-hidden": "true" }

/** @param {{ point: (pointed: Pointed | null) => void }} on */
export function buildDerivation(on) {
  const parts = {
    role: html("span", { class: "role" }),
    headline: html("p", { class: "headline formula", role: "math" }),
    second: html("p", { class: "second formula", role: "math" }),
    count: html("p", { class: "count" }),
    paths: html("div", {
      class: "paths",
      role: "listbox",
      "aria-label": "Paths to the outputs, largest first",
    }),
    more: html("p", { class: "more" }),
    parts: html("p", { class: "parts" }),
    chain: html("p", { class: "chain formula", role: "math" }),
    reason: html("p", { class: "reason" }),
    along: html("p", { class: "along" }),
    factors: html("div", { class: "factors", role: "listbox" }),
  }
  const { role, ...below } = parts
  const view = {
    root: html("div", { class: "derivation" }, ...Object.values(below)),
    role,
    ...below,
    on,
    /** The item that it is of, and the network. */
    of: "",
    /** @type {NetworkFormulas | null} */
    network: null,
    /** @type {Derivation | null} */
    derivation: null,
    /** @type {Path[] | null} */
    order: null,
    // What the rows are built of.
    built: { head: "", paths: "", factors: "" },
    formulas: /** @type {FormulaView[]} */ ([]),
    pathRows: /** @type {PathView[]} */ ([]),
    factorRows: /** @type {FactorView[]} */ ([]),
    /** @type {Roving | null} */
    pathRoving: null,
    /** @type {Roving | null} */
    factorRoving: null,
    /** @type {{ hovered: string | null, chosen: string | null }} paths by their keys */
    path: { hovered: null, chosen: null },
    /** @type {{ hovered: string | null, focused: string | null }} factors by the items that they belong to */
    factor: { hovered: null, focused: null },
    /** The size of the longest bar. */
    largest: 1,
  }
  followPaths(view)
  followFactors(view)
  return view
}

/** @param {DerivationView} view */
function followPaths(view) {
  const { paths, path } = view
  const keyOf = (/** @type {Event} */ event) =>
    closestTo(event, "[data-path]")?.getAttribute("data-path") ?? null
  const hover = (/** @type {string | null} */ key) => {
    if (path.hovered === key) return
    path.hovered = key
    point(view)
  }
  const choose = (/** @type {string | null} */ key) => {
    path.chosen = key
    point(view)
  }
  paths.onpointerover = (event) => {
    if (event.pointerType !== "touch") hover(keyOf(event))
  }
  paths.onpointerleave = () => hover(null)
  paths.addEventListener("focusin", (event) => {
    if (view.pathRoving) followFocus(view.pathRoving, event)
    choose(keyOf(event))
  })
  // A press gives the focus first: it lets go of the path that was chosen before it.
  let isPressedAgain = false
  paths.onpointerdown = (event) => {
    isPressedAgain = path.chosen !== null && path.chosen === keyOf(event)
  }
  paths.onclick = (event) => choose(isPressedAgain ? null : keyOf(event))
  paths.onkeydown = (event) => {
    if (event.key === "Escape") choose(null)
    else if (!view.pathRoving || !moveByKey(view.pathRoving, event)) return
    event.preventDefault()
  }
  view.parts.onpointerenter = () => hover(ALL_PATHS)
  view.parts.onpointerleave = () => hover(null)
  // The only path has no row of its own.
  view.chain.onpointerenter = () => hover(view.derivation ? String(view.derivation.path) : null)
  view.chain.onpointerleave = () => hover(null)
}

/** @param {DerivationView} view */
function followFactors(view) {
  const { factors, factor } = view
  const itemAt = (/** @type {Event} */ event) =>
    closestTo(event, "[data-item]")?.getAttribute("data-item") ?? null
  const change = (/** @type {Partial<DerivationView["factor"]>} */ to) => {
    Object.assign(factor, to)
    point(view)
  }
  factors.onpointerover = (event) => {
    if (event.pointerType !== "touch") change({ hovered: itemAt(event) })
  }
  factors.onpointerleave = () => change({ hovered: null })
  factors.addEventListener("focusin", (event) => {
    if (view.factorRoving) followFocus(view.factorRoving, event)
    change({ focused: itemAt(event) })
  })
  factors.addEventListener("focusout", () => change({ focused: null }))
  factors.onkeydown = (event) => {
    if (view.factorRoving && moveByKey(view.factorRoving, event)) event.preventDefault()
  }
}

/**
 * What is pointed at lights up in the drawing: first what is under the pointer, then what has the focus.
 * @param {DerivationView} view
 */
function point({ on, of, path, factor }) {
  const item = factor.hovered ?? (path.hovered === null ? factor.focused : null)
  const key = item === null ? path.hovered ?? path.chosen : null
  if (item === null && key === null) return on.point(null)
  on.point({ of, item, path: key === null || key === ALL_PATHS ? null : key.split(",").map(Number) })
}

/**
 * @param {DerivationView} view
 * @param {Source} source
 * @param {Scene} scene
 * @param {boolean} isResting whether rows may take another order, and there is time for those who listen
 */
export function paintDerivation(view, source, scene, isResting) {
  const { network, precision } = scene
  if (view.of !== scene.explained || view.network !== network) begin(view, scene.explained, network)
  const key = view.path.hovered ?? view.path.chosen
  const derivation = derivationOf(source, network, scene, {
    order: isResting ? null : view.order,
    path: key === null || key === ALL_PATHS ? null : key.split(",").map(Number),
  })
  view.derivation = derivation
  view.order = derivation.order
  buildHead(view, derivation, network)
  buildPaths(view, derivation, network)
  buildFactors(view, derivation, network)
  const numbers = numbersOf(network, scene)
  setText(view.role, roleOf(source, scene))
  for (const formula of view.formulas) refillFormula(formula, numbers, precision)
  paintPaths(view, derivation, scene, isResting)
  paintFactors(view, derivation, scene, isResting)
  const reason = reasonOf(source, network, scene, precision)
  setText(view.along, `factors along ${wayText(derivation.path, source, network)}`)
  setText(view.reason, reason.sentence)
  set(view.reason, "data-cause", reason.cause)
  if (isResting) nameFormulas(view, scene)
}

/**
 * @param {DerivationView} view
 * @param {string} of
 * @param {NetworkFormulas} network
 */
function begin(view, of, network) {
  view.of = of
  view.network = network
  view.order = null
  view.built = { head: "", paths: "", factors: "" }
  view.path.hovered = view.path.chosen = null
  view.factor.hovered = view.factor.focused = null
  view.largest = 1
}

/**
 * What an item is, with the number that it stands for.
 * @param {Source} source
 * @param {Scene} scene
 */
function roleOf({ result: [name, layer, index = []], link }, scene) {
  const short = atMost(scene.precision, ROW_DIGITS)
  const entered = (/** @type {number} */ value) => enteredNumber(value, short, ROLE_CHARACTERS)
  if (link) return `${name === "dW" ? "weight" : "bias"} ${entered(scene.value(link))}`
  const a = scene.node("a", scene.network.nodeAt(layer, index[1]))
  if (!layer) return `input ${entered(a)}`
  return `${layer === scene.network.last ? "prediction" : "activation"} ${formatNumber(a, short)}`
}

/**
 * @param {Path} path
 * @param {Source} source
 * @param {NetworkFormulas} network
 */
function wayText(path, { layer }, network) {
  return path.map((unit, k) => network.labelOf(layer + k, unit)).join("→")
}

/**
 * The units of a path, which break into lines behind the arrows.
 * @param {Path} path
 * @param {Source} source
 * @param {NetworkFormulas} network
 */
function labelOfPath(path, { layer }, network) {
  const units = path.map((unit, k) => htmlLabel(network.labelOf(layer + k, unit)))
  return html(
    "span",
    { class: "way" },
    ...units.flatMap((unit, k) => (k ? ["→", html("wbr"), unit] : [unit])),
  )
}

/**
 * The gradient with its number, and what follows from it.
 * @param {DerivationView} view
 * @param {Derivation} derivation
 * @param {NetworkFormulas} network
 */
function buildHead(view, { result, second, paths, factors }, network) {
  const chain = paths.count === 1 && factors.length > 1 ? factors.map(({ letters }) => letters) : null
  const built = JSON.stringify([result, second, chain])
  if (view.built.head === built) return
  view.built.head = built
  const equals = operator("=", { form: "infix", breaks: "term" })
  const own = result[0].endsWith("W") || result[0].endsWith("b") ? withoutMinus(result).symbol : null
  const headline = [...writeExpression(result, overLetters(network, own)), equals, ...number(result, network)]
  const step = second && rowsOf(second, network)
  const rows = {
    headline,
    second: step && [...step.letters, ...(step.result ?? [])],
    chain: chain && [equals, ...writeExpression(["multiply", ...chain], overLetters(network))],
  }
  view.formulas = []
  for (const name of /** @type {const} */ (["headline", "second", "chain"])) {
    const parts = rows[name]
    view[name].hidden = !parts
    const formula = parts && buildFormula(parts, "letters")
    view[name].replaceChildren(...(formula ? [formula.run] : []))
    if (formula) view.formulas.push(formula)
  }
}

/**
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @returns {Markup[]}
 */
function number(symbol, network) {
  return writeExpression(symbol, overNumbers(network))
}

/**
 * @param {DerivationView} view
 * @param {Derivation} derivation
 * @param {NetworkFormulas} network
 */
function buildPaths(view, { order, paths, source }, network) {
  const built = JSON.stringify([paths.count, order])
  if (view.built.paths === built) return
  view.built.paths = built
  const isSum = paths.count > 1
  for (const part of [view.count, view.paths, view.more, view.parts, view.along]) part.hidden = !isSum
  setText(view.count, `sum of ${paths.count} paths to the outputs, largest first`)
  if (!isSum) {
    view.pathRows = []
    view.pathRoving = null
    return view.paths.replaceChildren()
  }
  const rows = order.map((path) => buildPath(String(path), labelOfPath(path, source, network)))
  const all = buildPath(ALL_PATHS, html("span", {}, `all ${paths.count} paths`))
  view.pathRows = [...rows, all]
  view.pathRoving = makeRoving(
    view.pathRows.map(({ key, root }) => ({ key, group: root })),
    view.path.chosen ?? view.pathRoving?.current.key,
  )
  replaceDrawing(view.paths, view.pathRows.map(({ root }) => root), view.pathRoving)
}

/**
 * @param {string} key
 * @param {HTMLElement} label
 */
function buildPath(key, label) {
  const bar = buildBar("signed bar")
  const number = html("span", { class: "number" })
  const seen = html("span", { class: "seen", ...UNSPOKEN }, label, bar.root, number)
  const root = html("div", { class: "path", role: "option", "data-path": key }, seen)
  return { key, root, name: nameWithin(root), bar, number }
}

/**
 * The name of a row, as a text in it: what is seen of the row is read in pieces.
 * @param {HTMLElement} root
 */
function nameWithin(root) {
  const name = html("span", { class: "spoken" })
  root.prepend(name)
  return name
}

/** @param {string} name */
function buildBar(name) {
  const fill = html("i")
  return { root: html("span", { class: name }, fill), fill }
}

/**
 * @param {DerivationView} view
 * @param {Derivation} derivation
 * @param {NetworkFormulas} network
 */
function buildFactors(view, { factors }, network) {
  const built = JSON.stringify(factors)
  if (view.built.factors === built) return
  view.built.factors = built
  view.factorRows = factors.map((factor, k) => buildFactor(factor, k, network))
  view.factorRoving = makeRoving(
    view.factorRows.map(({ root }, k) => ({ key: String(k), group: root })),
    view.factorRoving?.current.key,
  )
  replaceDrawing(view.factors, view.factorRows.map(({ root }) => root), view.factorRoving)
}

/**
 * @param {FactorRow} factor
 * @param {number} place
 * @param {NetworkFormulas} network
 */
function buildFactor(factor, place, network) {
  const { letters, origin, item } = factor
  const written = buildFormula(writeExpression(letters, overLetters(network)), "letters")
  const from = buildOrigin(origin, network)
  const bar = buildBar("bar")
  const number = html("span", { class: "number" })
  const root = html(
    "div",
    { class: "factor", role: "option", "data-item": item, "data-place": place },
    html(
      "span",
      { class: "seen", ...UNSPOKEN },
      html("span", { class: "formula" }, written.run),
      bar.root,
      number,
      html(
        "span",
        { class: "origin formula" },
        ...(from ? [from.run] : "word" in origin ? [origin.word] : []),
      ),
    ),
  )
  return { root, name: nameWithin(root), factor, from, bar, number }
}

/**
 * @param {FactorRow["origin"]} origin
 * @param {NetworkFormulas} network
 */
function buildOrigin(origin, network) {
  if ("word" in origin) return null
  if ("right" in origin) return buildFormula(writeExpression(origin.right, overNumbers(network)), "plugged")
  const letter = { tag: /** @type {const} */ ("mi"), text: "z" }
  return buildFormula([letter, operator("=", { form: "infix" }), ...number(origin.z, network)], "plugged")
}

/**
 * @param {DerivationView} view
 * @param {Derivation} derivation
 * @param {Scene} scene
 * @param {boolean} isResting
 */
function paintPaths(view, { order, paths, source, result }, scene, isResting) {
  if (paths.count === 1) return
  const { network, palette } = scene
  const numbers = numbersOf(network, scene)
  const short = atMost(scene.precision, ROW_DIGITS)
  const values = order.map((path) => productOf(factorsOf(source, path, network, scene.isErrorTerm), numbers))
  const total = numbers(result)
  const largest = Math.max(...[...values, total].map(Math.abs).filter(isNumber), 0)
  view.pathRows.forEach(({ key, root, name, bar, number }, k) => {
    const value = k < values.length ? values[k] : total
    const text = formatNumber(value, short)
    setText(number, text)
    paintBar(bar, share(value, largest || 1, "linear") / 2, value, palette)
    set(root, "aria-selected", key === view.path.chosen)
    if (!isResting) return
    const way = key === ALL_PATHS
      ? `all ${paths.count} paths`
      : `path ${k + 1} of ${paths.count}: ${wayText(order[k], source, network)}`
    setText(name, `${way}, ${text}`)
    set(root, "title", exactOnScreen(value))
  })
  const hidden = paths.count - order.length
  view.more.hidden = !hidden
  if (hidden) {
    const rest = formatNumber(sumOfOthers(source, order, network, numbers, scene.isErrorTerm), short)
    setText(view.more, `${hidden} more ${hidden === 1 ? "path" : "paths"}, together ${rest}`)
  }
  setText(view.parts, partsText(paths, total, (value) => formatNumber(value, short)))
}

/**
 * What the paths above and those below 0 sum to, and what part of that cancels.
 * @param {Derivation["paths"]} paths
 * @param {number} total
 * @param {(value: number) => string} shown
 */
function partsText({ positive, negative }, total, shown) {
  const size = positive - negative
  const isMixed = positive > 0 && negative < 0 && isNumber(size)
  if (!isMixed) return "No paths of opposite sign: nothing cancels."
  const canceled = Math.round(100 * (1 - Math.abs(total) / size))
  return `above 0 ${shown(positive)}, below 0 ${shown(negative)}: ${canceled} % cancels`
}

/**
 * @param {DerivationView} view
 * @param {Derivation} derivation
 * @param {Scene} scene
 * @param {boolean} isResting
 */
function paintFactors(view, { factors }, scene, isResting) {
  const { network, precision, palette } = scene
  const numbers = numbersOf(network, scene)
  const short = atMost(precision, ROW_DIGITS)
  const values = factors.map(({ symbol }) => numbers(symbol))
  const top = 10 ** Math.ceil(Math.log10(Math.max(1, ...values.map(Math.abs).filter(isNumber))))
  // While a control moves the scale only grows: bars would jump.
  view.largest = isResting ? top : Math.max(top, view.largest)
  view.factorRows.forEach(({ root, name, factor, from, bar, number }, k) => {
    const text = formatNumber(values[k], short)
    setText(number, text)
    paintBar(bar, Math.abs(share(values[k], view.largest, "log")), Math.min(values[k], 0), palette)
    if (from && !("word" in factor.origin)) {
      const few = atMost(precision, ORIGIN_DIGITS)
      // As every equation, only where it is true to its digits.
      const isTrue = !("right" in factor.origin) || !flawOf(factor.origin.right, values[k], numbers, few)
      set(from.run, "class", isTrue ? "plugged" : "plugged unused")
      if (isTrue) refillFormula(from, numbers, few)
    }
    set(root, "aria-selected", factor.item === view.factor.focused)
    if (!isResting) return
    setText(name, `factor ${k + 1} of ${factors.length}: ${factor.name}, ${text}`)
    set(number, "title", exactOnScreen(values[k]))
  })
  if (isResting) set(view.factors, "aria-label", view.chain.hidden ? "Factors of this path" : "Factors")
}

/**
 * @param {{ fill: HTMLElement }} bar
 * @param {number} part of its length, below 0 to the left
 * @param {number} value whose sign it shows
 * @param {Palette} palette
 */
function paintBar({ fill }, part, value, palette) {
  const color = inkOf(value, palette)
  set(fill, "style", `transform: scaleX(${part.toFixed(3)})${color ? `; background-color: ${color}` : ""}`)
}

/**
 * @param {DerivationView} view
 * @param {Scene} scene
 */
function nameFormulas({ headline, second, chain, formulas }, { network, precision, ...step }) {
  const numbers = numbersOf(network, step)
  const shown = [headline, second, chain].filter(({ hidden }) => !hidden)
  shown.forEach((part, k) => set(part, "aria-label", speakFormula(formulas[k], numbers, precision)))
}
