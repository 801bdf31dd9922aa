// The settings of the panel as a sentence, for paper.

/** @import { SentField, SentPanel } from "./model.d.ts" */

import { exact } from "../base/format.js"

/** @param {SentPanel} sent */
export function settingsLine({ fields }) {
  const parts = fields.filter(({ shown }) => shown).map((field) => `${field.name}: ${chosenText(field)}`)
  return `${parts.join(" · ")}`
}

/** @param {SentField} field */
function chosenText(field) {
  if (field.kind === "slider") return exact(field.value)
  if (field.kind === "layers") return field.widths.join("-") || "none"
  if (field.kind === "menu") return field.options.find(([value]) => value === field.value)?.[1] ?? field.value
  const labels = new Map([
    ...field.options.map(({ value, label }) => /** @type {[string, string]} */ ([value, label])),
    ...field.more,
  ])
  return field.chosen.map((value) => labels.get(value) ?? value).join(", ")
}
