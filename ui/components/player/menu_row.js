// A choice of the panel among few words, as the browser's own menu.

import { html } from "../base/dom.js"
import { takeAtRest } from "./rest.js"

/** @import { SentMenu } from "./model.d.ts" */

/** @typedef {ReturnType<typeof buildMenu>} MenuRow */

/**
 * @param {SentMenu} field
 * @param {(id: string, text: string) => void} change
 */
export function buildMenu({ id, label, name }, change) {
  const select = html("select", { "aria-label": name, "data-control": id })
  const rest = takeAtRest(select, () => change(id, select.value))
  select.onchange = () => rest.choose()
  return {
    root: html("label", { class: "menu" }, html("span", { class: "label" }, label), select),
    select,
    rest,
    /** What the options were made from. */
    of: "",
  }
}

/**
 * @param {MenuRow} menu
 * @param {SentMenu} field
 */
export function fillMenu(menu, { options, value }) {
  const of = JSON.stringify(options)
  if (menu.of !== of) {
    menu.of = of
    menu.select.replaceChildren(...options.map(([option, label]) => html("option", { value: option }, label)))
  }
  if (!menu.rest.isWaiting) menu.select.value = value
}
