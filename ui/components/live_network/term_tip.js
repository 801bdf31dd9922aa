// What a term or symbol means, beside it: on hovering, on a tap, and where it has the focus.

import { closestTo, html, setText } from "../base/dom.js"
import { exactOnScreen } from "../base/format.js"
import { arrayEquation, equationOf, rowsOf } from "./equations.js"
import { buildFormula, symbolOfLeaf } from "./formula_view.js"
import { numbersOf } from "./formulas.js"
import { overLetters, speak, writeExpression } from "./mathml.js"
import { withoutMinus } from "./negation.js"
import { meaningOf } from "./notation.js"

/** @import { FormulaView } from "./formula_view.js" */
/** @import { NetworkModel, SymbolTree } from "./model.d.ts" */
/** @import { Scene } from "./scene.js" */

/** @typedef {NetworkModel["glossary"]} Glossary */
/** @typedef {ReturnType<typeof buildTermTip>} TermTip */
/** @typedef {{ scene: Scene, glossary: Glossary }} Named what the terms are of at present */

const TERM = "[data-term]"
const LEAF = ".leaf"
const REGION = ".body"
/** @type {Record<string, number | undefined>} */
const WALK = { ArrowRight: 1, ArrowLeft: -1 }
const TIP_GAP = 6
const TIP = "term-tip"

/**
 * The key of a symbol's entry.
 * @param {SymbolTree} symbol
 * @param {number} last the layer of the outputs
 * @param {Glossary} glossary
 */
export function termOf(symbol, last, glossary) {
  const { symbol: [plain, layer] } = withoutMinus(symbol)
  if (plain === "a" && layer === 0) return "input"
  if (plain === "a" && layer === last) return "prediction"
  const keys = Object.keys(glossary)
  return keys.find((key) => glossary[key].symbol === symbol[0]) ??
    keys.find((key) => glossary[key].symbol === plain) ?? NEW_TERMS[plain] ?? ""
}

/** @type {Record<string, string | undefined>} */
const NEW_TERMS = { new_W: "new_weight", new_b: "new_bias" }

/**
 * @param {HTMLElement} host
 * @param {() => Named | null} read
 * @param {(text: string) => void} announce what a symbol stands for that keys have led to, as that has no focus itself
 */
export function buildTermTip(host, read, announce) {
  const term = html("p", { class: "title" })
  const sentence = html("p")
  const formula = html("div", { class: "equation" })
  const root = html(
    "div",
    { class: "term-tip", id: TIP, popover: "manual", role: "tooltip" },
    term,
    sentence,
    formula,
  )
  const tip = {
    root,
    term,
    sentence,
    formula,
    /** @type {Element | null} */
    of: null,
    place: "",
    stop: () => document.removeEventListener("pointerdown", leave),
  }
  const leave = (/** @type {Event} */ event) => event.composedPath().includes(host) || hideTip(tip)
  const show = (/** @type {Event} */ event) => {
    const target = closestTo(event, `${LEAF}, ${TERM}`)
    const named = target && read()
    if (named && target !== tip.of) showTip(tip, target, named)
    if (!target) hideTip(tip)
  }
  host.addEventListener("pointerover", show)
  // A finger does not hover.
  host.addEventListener("pointerdown", (event) => event.pointerType === "touch" ? show(event) : hideTip(tip))
  host.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.matches(`${TERM}:focus-visible`)) show(event)
  })
  // A tap on another term has shown that one before.
  host.addEventListener("focusout", ({ target }) => target === tip.of && hideTip(tip))
  host.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && hideTip(tip))
  host.addEventListener("scroll", () => hasMoved(tip) && hideTip(tip), true)
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip(tip)
    const { key, target } = event
    const move = WALK[key]
    if (!move || !(target instanceof Element && target.matches(REGION))) return
    event.preventDefault()
    walk(target, move)
  })
  document.addEventListener("pointerdown", leave)

  /**
   * Shows the tip of the next or previous symbol of a region that scrolls, each symbol once.
   * @param {Element} region
   * @param {number} move
   */
  function walk(region, move) {
    const named = read()
    const leaves = named ? explainedLeaves(region, named) : []
    if (!named || !leaves.length) return
    const at = leaves.findIndex((leaf) => leaf === tip.of)
    const next = at < 0 && move < 0 ? leaves.length - 1 : (at + move + leaves.length) % leaves.length
    leaves[next].scrollIntoView({ block: "nearest" })
    const spoken = showTip(tip, leaves[next], named)
    leaves[next].classList.add("shown")
    announce(spoken)
  }

  return tip
}

/**
 * Where each symbol that has an entry stands first of what is seen in a region.
 * @param {Element} region
 * @param {Named} named
 */
function explainedLeaves(region, { scene, glossary }) {
  /** @type {Map<string, Element>} */
  const leaves = new Map()
  for (const leaf of region.querySelectorAll(LEAF)) {
    const symbol = symbolOfLeaf(leaf)
    if (!symbol || !termOf(symbol, scene.network.last, glossary) || !leaf.checkVisibility()) continue
    const name = JSON.stringify(symbol)
    if (!leaves.has(name)) leaves.set(name, leaf)
  }
  return [...leaves.values()]
}

/** @param {Element} target */
function placeOf(target) {
  const { left, top } = target.getBoundingClientRect()
  return `${left} ${top}`
}

/**
 * Whether what the tip is about stands elsewhere by now. A browser scrolls to what is hovered or focused before it is.
 * @param {TermTip} tip
 */
function hasMoved({ of, place }) {
  return of !== null && placeOf(of) !== place
}

/** @param {TermTip} tip */
export function hideTip(tip) {
  if (tip.root.matches(":popover-open")) tip.root.hidePopover()
  tip.of?.removeAttribute("aria-describedby")
  tip.of?.classList.remove("shown")
  tip.of = null
}

/**
 * Shows the tip of a term or symbol, and returns what is read of it aloud: "" where it has no entry.
 * @param {TermTip} tip
 * @param {Element} target
 * @param {Named} named
 */
function showTip(tip, target, { scene, glossary }) {
  const symbol = symbolOfLeaf(target)
  const key = symbol ? termOf(symbol, scene.network.last, glossary) : target.getAttribute("data-term") ?? ""
  const entry = glossary[key]
  hideTip(tip)
  if (!entry) return ""
  const meaning = symbol ? meaningOf(symbol, scene.network).meaning : entry.term
  const letters = symbol ? writeExpression(symbol, overLetters(scene.network)) : []
  const number = symbol ? `${numberOf(symbol, scene)}: ` : ""
  tip.term.replaceChildren(...(symbol ? [buildFormula(letters, "letters").run] : []), number, meaning)
  setText(tip.sentence, entry.sentence)
  const rows = definitionRows(symbol ?? arrayOf(key, entry.symbol, scene), scene)
  tip.formula.replaceChildren(...rows.map(({ run }) => run))
  tip.of = target
  if (!symbol) target.setAttribute("aria-describedby", TIP)
  tip.place = placeOf(target)
  tip.root.showPopover()
  placeTip(tip.root, target)
  return `${speak(letters, String)}${number}${meaning}. ${entry.sentence}`
}

/**
 * @param {SymbolTree} symbol
 * @param {Scene} scene
 */
function numberOf(symbol, scene) {
  return symbol[2] ? ` = ${exactOnScreen(numbersOf(scene.network, scene)(symbol))}` : ""
}

/**
 * The array that a term without a number of its own is shown by: of the outputs where there are several.
 * @param {string} key
 * @param {string} symbol
 * @param {Scene} scene
 * @returns {SymbolTree | null}
 */
function arrayOf(key, symbol, { network }) {
  if (key === "prediction") return ["a", network.last]
  if (!symbol) return null
  return symbol === "loss" ? ["loss", 0] : [symbol, network.last]
}

/**
 * @param {SymbolTree | null} symbol
 * @param {Scene} scene
 * @returns {FormulaView[]}
 */
function definitionRows(symbol, scene) {
  if (!symbol) return []
  const { network } = scene
  const plain = withoutMinus(symbol).symbol
  const rows = plain[2]
    ? equationOf(plain, network, scene, null).map((equation) => rowsOf(equation, network).letters)
    : [arrayEquation(plain, network, scene)]
  return rows.flatMap((row) => row ? buildFormula(row, "letters") : [])
}

/**
 * Above what it is about, as what follows is read next, or below where there is no room, within the window.
 * @param {HTMLElement} root
 * @param {Element} target
 */
function placeTip(root, target) {
  const at = target.getBoundingClientRect()
  const { width, height } = root.getBoundingClientRect()
  const left = Math.max(TIP_GAP, Math.min(at.left, innerWidth - width - TIP_GAP))
  const above = at.top - TIP_GAP - height
  const top = above >= TIP_GAP ? above : Math.min(at.bottom + TIP_GAP, innerHeight - height - TIP_GAP)
  root.style.left = `${left}px`
  root.style.top = `${top}px`
}
