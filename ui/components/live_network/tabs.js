// Tabs: one of several parts in the same place. The arrow keys move from tab to tab, and each is one stop of the Tab key.

import { html, query, set } from "../base/dom.js"
import { followFocus, makeRoving, moveByKey, stopAtKey } from "../base/roving.js"

/** @typedef {ReturnType<typeof buildTabs>} Tabs */

/**
 * @template {string} Name
 * @param {string} label of them all
 * @param {Record<Name, string>} names
 * @param {Record<Name, Element>} parts
 * @param {(name: Name) => void} onPick
 */
export function buildTabs(label, names, parts, onPick) {
  const entries = /** @type {[Name, string][]} */ (Object.entries(names))
  const all = entries.map(([name, text]) => {
    const tab = html("button", { type: "button", role: "tab", id: `tab-${name}` }, text)
    const panel = html(
      "div",
      { class: "tab-panel", role: "tabpanel", "aria-labelledby": `tab-${name}`, "data-panel": name },
      parts[name],
    )
    tab.onclick = () => onPick(name)
    return { name, tab, panel }
  })
  const list = html(
    "div",
    { class: "tabs", role: "tablist", "aria-label": label },
    ...all.map(({ tab }) => tab),
  )
  const roving = makeRoving(all.map(({ name, tab }) => ({ key: name, group: tab })), undefined)
  list.addEventListener("focusin", (event) => followFocus(roving, event))
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !moveByKey(roving, event)) return
    event.preventDefault()
    query(list, ":focus", HTMLElement).click()
  })
  const root = html("div", { class: "detail" }, list, ...all.map(({ panel }) => panel))
  return { root, all, roving }
}

/**
 * @param {Tabs} tabs
 * @param {string} name the tab that is shown
 */
export function paintTabs({ all, roving }, name) {
  for (const { name: own, tab, panel } of all) {
    const isShown = own === name
    set(tab, "aria-selected", String(isShown))
    panel.hidden = !isShown
  }
  stopAtKey(roving, name)
}
