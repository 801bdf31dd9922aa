// How the edges are colored, and the legend of it.

import { html, set, setText } from "../base/dom.js"
import { formatNumber, ROUND } from "../base/format.js"
import { barBackground, MARKS } from "../base/legend.js"

/** @import { Choices, View } from "./model.d.ts" */
/** @import { Scene } from "./scene.js" */

/** @typedef {ReturnType<typeof buildToolbar>} Toolbar */

/**
 * @param {Choices} choices
 * @param {(change: Partial<Pick<View, "color" | "scale" | "labels">>) => void} onChange
 */

export function buildToolbar(choices, onChange) {
  const color = buildSelect("Edge color", choices.colors, (value) => onChange({ color: value }))
  const scale = buildSelect("Scale", choices.scales, (value) => onChange({ scale: value }))
  scale.root.title = "How size becomes color: in proportion, or by its logarithm over three powers of ten"
  const box = html("input", { type: "checkbox" })
  box.onchange = () => onChange({ labels: box.checked })
  const legend = {
    low: html("span", { class: "end" }),
    high: html("span", { class: "end" }),
    marks: html("span", {}, MARKS),
  }
  const colors = html("i", {})
  const bar = html(
    "span",
    { class: "bar", role: "img" },
    legend.low,
    colors,
    legend.high,
    legend.marks,
  )
  const carried = html("b", {})
  const root = html(
    "div",
    { class: "toolbar" },
    color.root,
    html("span", { class: "carried" }, "Edges carry: ", carried),
    scale.root,
    html("label", { title: "Write each edge's number on it" }, box, "numbers"),
    html(
      "span",
      { class: "legend" },
      html("span", {}, "width: |w|"),
      html("span", {}, "dashed: negative"),
      bar,
    ),
  )
  return { root, color: color.select, scale: scale.select, carried, box, legend, bar, colors }
}

/**
 * @template {string} Option
 * @param {string} name
 * @param {Record<Option, string>} options the labels by what they stand for
 * @param {(option: Option) => void} onPick
 */
function buildSelect(name, options, onPick) {
  const entries = /** @type {[Option, string][]} */ (Object.entries(options))
  const select = html(
    "select",
    {},
    ...entries.map(([value, label]) => html("option", { value }, label)),
  )
  select.onchange = () => onPick(entries[select.selectedIndex][0])
  return { select, root: html("label", {}, name, select) }
}

/**
 * @param {Toolbar} toolbar
 * @param {Scene} scene
 */
export function paintToolbar(toolbar, scene) {
  const { view, largest, palette, stage } = scene
  toolbar.root.classList.toggle("at-stage", stage !== null)
  toolbar.root.classList.toggle("without-colors", stage !== null && stage.carried === null)
  setText(toolbar.carried, stage ? stage.carried?.name ?? "nothing" : "")
  if (toolbar.color.value !== view.color) toolbar.color.value = view.color
  if (toolbar.scale.value !== view.scale) toolbar.scale.value = view.scale
  toolbar.color.disabled = !view.answers
  toolbar.box.checked = view.labels
  setText(toolbar.legend.low, formatNumber(-largest, ROUND))
  setText(toolbar.legend.high, formatNumber(largest, ROUND))
  set(toolbar.colors, "style", `background: ${barBackground(palette, view.scale)}`)
  set(toolbar.legend.marks, "class", view.scale === "linear" ? "unused" : "")
  set(
    toolbar.bar,
    "aria-label",
    `Edge color: ${stage?.carried?.name ?? toolbar.color.selectedOptions[0].text} from blue, ${
      formatNumber(-largest, ROUND)
    }, to orange, ${formatNumber(largest, ROUND)}; where it is negative, edges are dashed`,
  )
}
