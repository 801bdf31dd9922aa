// The lines of code that compute the gradient of what is selected, and the one number of it.

import { html, set, setText } from "../base/dom.js"
import { formatNumber } from "../base/format.js"
import { symbolOfLink } from "./forward_pass.js"
import { numbersOf, targetsSumToOne } from "./formulas.js"
import { withMinus } from "./negation.js"

/** @import { SymbolTree } from "./model.d.ts" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Explained, Scene } from "./scene.js" */
/** @import { StepNumbers } from "./step.js" */

/** @typedef {ReturnType<typeof buildCode>} CodeView */

const STEP = ["step_W", "step_b", "new_W", "new_b"]
// Further down than any text reaches.
const BOTTOM = 1e6
// More lines than these are not read one by one.
const MOST_LINES = 12
const NAME = /[A-Za-z_]\w*(?:\.(?:grad|data))?/g
const NOTHING_SELECTED = "Select a weight, bias, input or unit to see the code of its gradient."

export function buildCode() {
  const lines = html("pre", { tabindex: 0, role: "region" })
  const hint = html("p", { class: "hint" }, NOTHING_SELECTED)
  return { root: html("div", { class: "code" }, lines, hint), lines, hint, of: "" }
}

/**
 * @param {CodeView} view
 * @param {Scene} scene
 */
export function paintCode(view, scene) {
  const lines = readCode(scene.explained, scene.network, scene)
  view.lines.hidden = !lines.length
  view.hint.hidden = lines.length > 0
  set(view.lines, "aria-label", `Code, ${scene.network.convention.code}`)
  setText(view.lines, lines.join("\n"))
  const of = `${scene.explained} ${lines.length}`
  if (view.of === of) return
  view.of = of
  // The gradient itself is at the end of all that it needs.
  if (view.root.parentElement) view.root.parentElement.scrollTop = BOTTOM
}

/**
 * @param {string} id an item or a control
 * @param {NetworkFormulas} network
 * @param {StepNumbers & Pick<Explained, "precision">} scene
 * @returns {string[]}
 */
export function readCode(id, network, scene) {
  const { convention, last, shapeOf } = network
  const sumsToOne = targetsSumToOne(network, scene)
  const sidesOf = (/** @type {SymbolTree} */ [name, layer]) => network.find(name, layer, sumsToOne)
  const isSingle = convention.code === "Python"

  /**
   * The lines of an array, or over single numbers those of one of it.
   * @param {SymbolTree} symbol
   */
  const linesOf = (symbol) => {
    const lines = sidesOf(symbol)?.code ?? []
    const [, , index] = symbol
    if (!isSingle || !index) return lines
    const shape = shapeOf(symbol)
    const size = lines.length / shape.reduce((product, axis) => product * axis, 1)
    const place = index.reduce((sum, at, axis) => sum * shape[axis] + at, 0)
    return lines.slice(place * size, (place + 1) * size)
  }

  if (id === "eta") {
    const layers = Array.from({ length: last }, (_, k) => k + 1)
    return shortenedLines(STEP.flatMap((name) => layers.flatMap((layer) => linesOf([name, layer]))))
  }
  const symbol = gradientOf(id, network)
  if (!symbol || !sidesOf(symbol)) return []
  const own = linesOf(symbol)
  const signed = convention.delta.sign < 0 ? withMinus(symbol) : symbol
  const number = formatNumber(numbersOf(network, scene)(signed), scene.precision).replaceAll("−", "-")
  const held = targetOf(own[0])
  const [, , index = []] = symbol
  const place = index.length && !isSingle ? `[${network.placeOf(symbol, index).join(", ")}]` : ""
  const needed = neededFor(held, network.linesOfStep(sumsToOne))
  return [...givenFor(needed, network, scene), ...needed, `${held}${place}  # ${number}`]
}

/**
 * What a line gives a number or numbers to.
 * @param {string} line
 */
function targetOf(line) {
  return line.split(/ [+-]?= /)[0]
}

/**
 * The object that a name is of: z1 of z1.grad.
 * @param {string} name
 */
function ownerOf(name) {
  return name.split(".")[0]
}

/**
 * All lines that a name depends on, and those of what they are of, in their order.
 * @param {string} held
 * @param {string[]} lines
 */
function neededFor(held, lines) {
  const names = new Set([held, ownerOf(held)])
  const end = lines.findLastIndex((line) => targetOf(line) === held)
  return lines.slice(0, end + 1).reverse().filter((line) => {
    const target = targetOf(line)
    if (!names.has(target)) return false
    for (const name of line.match(NAME) ?? []) names.add(name).add(ownerOf(name))
    return true
  }).reverse()
}

/**
 * The heading, and the present numbers of what some lines read and do not compute.
 * @param {string[]} lines
 * @param {NetworkFormulas} network
 * @param {StepNumbers} scene
 */
function givenFor(lines, network, scene) {
  const { heading, array, given, computed } = network.code
  const names = new Set(lines.flatMap((line) => line.match(NAME) ?? []).map(ownerOf))
  const written = (/** @type {SymbolTree} */ symbol) =>
    array.replace("{}", numbersText(symbol, network, scene))
  return [
    ...heading,
    ...given.filter(([, name]) => names.has(name)).map(([symbol, name]) => `${name} = ${written(symbol)}`),
    ...computed.filter((name) => names.has(name)).map((name) => `${name} = ${array.replace("{}", "")}`),
    "",
  ]
}

/**
 * The numbers of an array as it stands in the convention, or one number, as Python has them.
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 * @param {StepNumbers} scene
 */
function numbersText(symbol, network, scene) {
  const numbers = numbersOf(network, scene)
  const [name, layer, index] = symbol
  if (index) return floatText(numbers(symbol))
  const [rows, columns] = network.shapeOf(symbol)
  const indices = columns === undefined
    ? Array.from({ length: rows }, (_, k) => [k])
    : Array.from({ length: rows * columns }, (_, k) => [Math.floor(k / columns), k % columns])
  /** @type {string[][]} */
  const table = []
  for (const each of indices) {
    const place = network.placeOf(symbol, each)
    const [row, column] = place.length === 1 ? [0, place[0]] : place
    table[row] ??= []
    table[row][column] = floatText(numbers([name, layer, each]))
  }
  const texts = table.map((row) => `[${row.join(", ")}]`)
  const isFlat = network.placeOf(symbol, indices[0]).length === 1
  return isFlat ? texts[0] : `[${texts.join(", ")}]`
}

/**
 * With a point, as torch takes a number without one for a whole one.
 * @param {number} value
 */
function floatText(value) {
  const text = String(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

/** @param {string[]} lines */
function shortenedLines(lines) {
  if (lines.length <= MOST_LINES) return lines
  const rest = lines.length - MOST_LINES + 1
  return [...lines.slice(0, MOST_LINES - 1), `# and ${rest} more lines like these`]
}

/**
 * The gradient that belongs to an item or control: of a target the loss itself.
 * @param {string} id
 * @param {NetworkFormulas} network
 * @returns {SymbolTree | null}
 */
function gradientOf(id, { drawing }) {
  if ([...drawing.edges, ...drawing.biases].some((link) => link.id === id)) {
    const [name, layer, index] = symbolOfLink(id)
    return [`d${name}`, layer, index]
  }
  if (id.startsWith("y")) return ["loss", 0, []]
  const node = drawing.nodes.find((each) => each.id === id)
  return node ? [node.layer ? "delta" : "da", node.layer, [0, node.unit]] : null
}
