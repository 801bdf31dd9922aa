// The box that an edge opens: for its weight, and the bias of the unit that it leads to, at the shown step.

import { html, set, setText } from "../base/dom.js"

/** @import { Refusal } from "../base/slider.d.ts" */
/** @import { Edge, Reel, Unit } from "./reel.js" */

const BOX_WIDTH = 172
const ABOVE_EDGE = 40
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
const LOWERED = "₀₁₂₃₄₅₆₇₈₉"

/** @typedef {ReturnType<typeof buildWeightBox>} WeightBox */

/** @param {(index: number, text: string) => void} entered called with the place of the number in θ */
export function buildWeightBox(entered) {
  const title = html("span", { class: "step" })
  const rows = [buildNumberBox(), buildNumberBox()]
  const root = html("div", { class: "weight", hidden: "" }, title, ...rows.map(({ root }) => root))
  const box = {
    root,
    title,
    weight: rows[0],
    bias: rows[1],
    /** @type {SVGElement | null} the edge that has opened it */
    edge: null,
    /** @type {Record<string, Refusal>} texts that could not be taken, by their places in θ */
    refused: {},
  }
  root.onkeydown = (event) => {
    if (event.key === "Enter") commit()
    if (event.key === "Enter" || event.key === "Escape") close()
    event.stopPropagation()
  }
  root.addEventListener("focusout", (event) => {
    if (root.hidden || (event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) return
    commit()
    root.hidden = true
  })

  function commit() {
    for (const row of rows) {
      const text = row.input.value.trim()
      if (!row.root.hidden && text !== row.shown) {
        // What has been entered since is on its way.
        const { [row.index]: _, ...others } = box.refused
        box.refused = others
        entered(row.index, text)
      }
      row.shown = text
    }
  }

  function close() {
    for (const row of rows) row.shown = row.input.value.trim()
    root.hidden = true
    box.edge?.focus()
  }

  return box
}

function buildNumberBox() {
  const name = html("span", {})
  const message = html("span", { class: "refused" })
  const input = html("input", { type: "text", inputmode: "decimal", autocomplete: "off" })
  return { root: html("label", {}, name, input, message), name, input, message, index: 0, shown: "" }
}

/**
 * @param {WeightBox} box
 * @param {Reel} reel
 * @param {number} frame the key frame that is shown
 * @param {Edge} edge
 * @param {SVGElement} group the edge as it is drawn
 * @param {boolean} isFocused whether the focus is to come to it
 */
export function openWeightBox(box, reel, frame, edge, group, isFocused = true) {
  const around = box.root.parentElement
  if (!around) return
  const [from, to] = [reel.nodes[edge.from], reel.nodes[edge.to]]
  setText(box.title, `at step ${reel.steps[frame].toLocaleString("en")}`)
  box.edge = group
  fillNumberBox(
    box,
    box.weight,
    `${weightSymbol(from, to)}, ${from.label}→${to.label}`,
    reel,
    frame,
    edge.index,
  )
  box.bias.root.hidden = to.biasIndex === null
  if (to.biasIndex !== null) {
    fillNumberBox(box, box.bias, `${biasSymbol(to)}, bias of ${to.label}`, reel, frame, to.biasIndex)
  }
  box.root.hidden = false
  const [place, room] = [group.getBoundingClientRect(), around.getBoundingClientRect()]
  const left = place.left + place.width / 2 - room.left - BOX_WIDTH / 2
  box.root.style.left = `${Math.max(0, Math.min(left, room.width - BOX_WIDTH))}px`
  box.root.style.top = `${Math.max(0, place.top + place.height / 2 - room.top - ABOVE_EDGE)}px`
  if (!isFocused) return
  const { input } = [box.weight, box.bias].find(({ index }) => box.refused[index]) ?? box.weight
  input.focus()
  input.select()
}

/**
 * @param {WeightBox} box
 * @param {ReturnType<typeof buildNumberBox>} row
 * @param {string} name
 * @param {Reel} reel
 * @param {number} frame
 * @param {number} index of the number in θ
 */
function fillNumberBox({ refused }, row, name, reel, frame, index) {
  setText(row.name, name)
  row.index = index
  const refusal = refused[index]
  row.shown = row.input.value = refusal?.text ?? weightText(reel.theta, frame * reel.parameters + index)
  setText(row.message, refusal?.message ?? "")
  set(row.input, "aria-invalid", refusal ? "true" : "false")
}

/**
 * The weight between two units as formulas have it: w¹₂₁ leads from unit 2 to unit 1 of layer 1.
 * @param {Pick<Unit, "unit">} from
 * @param {Pick<Unit, "layer" | "unit">} to
 */
export function weightSymbol(from, to) {
  const units = [from.unit + 1, to.unit + 1]
  const between = units.some((unit) => unit > 9) ? "," : ""
  return `w${inDigits(to.layer, RAISED)}${units.map((unit) => inDigits(unit, LOWERED)).join(between)}`
}

/** @param {Pick<Unit, "layer" | "unit">} unit */
export function biasSymbol({ layer, unit }) {
  return `b${inDigits(layer, RAISED)}${inDigits(unit + 1, LOWERED)}`
}

/** @param {number} number @param {string} digits */
function inDigits(number, digits) {
  return [...String(number)].map((digit) => digits[Number(digit)]).join("")
}

/**
 * A number of θ in as few digits as its type tells apart.
 * @param {Float32Array | Float64Array} theta
 * @param {number} place
 */
export function weightText(theta, place) {
  return String(theta instanceof Float32Array ? Number(theta[place].toPrecision(7)) : theta[place])
}
