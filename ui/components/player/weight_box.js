// The box that an edge opens, for its weight before the first step.

import { html, setText } from "../base/dom.js"

/** @import { Edge, Reel } from "./reel.js" */

const BOX_WIDTH = 160
const ABOVE_EDGE = 40

/** @typedef {ReturnType<typeof buildWeightBox>} WeightBox */

/** @param {(index: number, text: string) => void} entered called with the place of the weight in θ */
export function buildWeightBox(entered) {
  const name = html("span", {})
  const input = html("input", { type: "text", inputmode: "decimal", autocomplete: "off" })
  const root = html("form", { class: "weight", hidden: "" }, html("label", {}, name, input))
  const box = {
    root,
    name,
    input,
    index: 0,
    shown: "",
    /** @type {SVGElement | null} the edge that has opened it */
    edge: null,
  }
  root.onsubmit = (event) => {
    event.preventDefault()
    commit()
    close()
  }
  input.onkeydown = (event) => {
    if (event.key === "Escape") close()
    event.stopPropagation()
  }
  root.addEventListener("focusout", (event) => {
    if (root.hidden || (event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) return
    commit()
    root.hidden = true
  })

  function commit() {
    if (input.value.trim() !== box.shown) entered(box.index, input.value)
    box.shown = input.value.trim()
  }

  function close() {
    box.shown = input.value.trim()
    root.hidden = true
    box.edge?.focus()
  }

  return box
}

/**
 * @param {WeightBox} box
 * @param {Reel} reel
 * @param {Edge} edge
 * @param {SVGElement} group the edge as it is drawn
 */
export function openWeightBox(box, reel, edge, group) {
  const around = box.root.parentElement
  if (!around) return
  setText(box.name, `w ${reel.nodes[edge.from].label}→${reel.nodes[edge.to].label} at step 0`)
  box.index = edge.index
  box.edge = group
  box.shown = box.input.value = weightText(reel.theta, edge.index)
  box.root.hidden = false
  const [place, room] = [group.getBoundingClientRect(), around.getBoundingClientRect()]
  const left = place.left + place.width / 2 - room.left - BOX_WIDTH / 2
  box.root.style.left = `${Math.max(0, Math.min(left, room.width - BOX_WIDTH))}px`
  box.root.style.top = `${Math.max(0, place.top + place.height / 2 - room.top - ABOVE_EDGE)}px`
  box.input.focus()
  box.input.select()
}

/**
 * A weight of the first key frame in as few digits as its type tells apart.
 * @param {Float32Array | Float64Array} theta
 * @param {number} index
 */
export function weightText(theta, index) {
  return String(theta instanceof Float32Array ? Number(theta[index].toPrecision(7)) : theta[index])
}
