// The controls beside the drawing: a row for each number, a menu for each choice. What is chosen leaves as a text, by
// the id of its field; rows stay where they are, so that none loses the focus.

import { focusedBeside, html, set } from "../base/dom.js"
import { exact } from "../base/format.js"
import { buildRow, describeRow, fillRow, showAcknowledged, slideRow } from "../base/slider_row.js"
import { buildMenu, fillMenu } from "./menu_row.js"

/** @import { Row } from "../base/slider_row.js" */
/** @import { FieldText, SentField, SentPanel } from "./model.d.ts" */
/** @import { MenuRow } from "./menu_row.js" */

/**
 * What the panel calls: `change` with what was chosen, `move` while a slider is on its way.
 * @typedef {{ change: (id: string, text: string) => void, move: (id: string, value: number | null) => void }} PanelEvents
 */

/** @typedef {{ row: Row, shown: number } | { menu: MenuRow }} PanelRow */
/** @typedef {ReturnType<typeof buildPanel>} Panel */

/** @param {PanelEvents} on */
export function buildPanel(on) {
  const root = html("div", { class: "panel", role: "group", "aria-label": "Settings", hidden: "" })
  return {
    root,
    on,
    /** @type {Map<string, PanelRow>} */
    rows: new Map(),
    /** @type {Map<string, HTMLElement>} */
    groups: new Map(),
    /** @type {{ id: string, value: number } | null} a slider on its way */
    moving: null,
  }
}

/**
 * Shows what Python has sent; what is on its way to it stays as it was chosen.
 * @param {Panel} panel
 * @param {SentPanel | null} sent
 * @param {FieldText[]} pending what has not been acknowledged
 */
export function fillPanel(panel, sent, pending) {
  panel.root.hidden = !sent
  if (!sent) return
  const kept = new Set(sent.fields.map(({ id }) => id))
  for (const field of sent.fields) {
    const row = panel.rows.get(field.id) ?? addRow(panel, field)
    const isOnItsWay = pending.some(({ id }) => id === field.id) || panel.moving?.id === field.id
    if (!isOnItsWay) fillField(row, field, sent)
  }
  for (const [id, row] of panel.rows) rootOf(row).hidden = !kept.has(id)
  for (const group of panel.groups.values()) group.hidden = ![...group.children].some(isShownRow)
}

/** @param {Element} child */
function isShownRow(child) {
  return child instanceof HTMLElement && child.tagName !== "H2" && !child.hidden
}

/** @param {PanelRow} row */
function rootOf(row) {
  return "menu" in row ? row.menu.root : row.row.root
}

/**
 * @param {PanelRow} row
 * @param {SentField} field
 * @param {SentPanel} sent
 */
function fillField(row, field, { rejected }) {
  if ("menu" in row && field.kind === "menu") fillMenu(row.menu, field)
  if (!("row" in row) || field.kind !== "slider") return
  row.shown = field.value
  showAcknowledged(row.row)
  fillRow(row.row, field, field, rejected[field.id])
}

/**
 * @param {Panel} panel
 * @param {SentField} field
 */
function addRow(panel, field) {
  const row = field.kind === "slider"
    ? { row: buildRow(field, sliderEvents(panel), { rearranging: false }), shown: field.value }
    : { menu: buildMenu(field, panel.on.change) }
  panel.rows.set(field.id, row)
  groupOf(panel, field.group).append(rootOf(row))
  return row
}

/**
 * @param {Panel} panel
 * @param {string} name
 */
function groupOf(panel, name) {
  const known = panel.groups.get(name)
  if (known) return known
  const group = html("section", { class: "group" }, html("h2", {}, name))
  set(group, "aria-label", name)
  panel.groups.set(name, group)
  panel.root.append(group)
  return group
}

/** @param {Panel} panel */
function sliderEvents(panel) {
  const { on } = panel
  /** @param {string} id */
  const find = (id) => {
    const row = panel.rows.get(id)
    return row && "row" in row ? row : null
  }
  return {
    grab: () => {},
    leave: () => {},
    /** @param {string} id @param {number} value */
    move: (id, value) => {
      const found = find(id)
      if (!found) return
      panel.moving = { id, value }
      slideRow(found.row, value)
      describeRow(found.row)
      on.move(id, value)
    },
    /** @param {string} id */
    release: (id) => {
      if (panel.moving?.id !== id) return
      const { value } = panel.moving
      panel.moving = null
      on.change(id, exact(value))
    },
    /** @param {string} id */
    cancel: (id) => {
      const found = find(id)
      panel.moving = null
      if (!found) return
      slideRow(found.row, found.shown)
      describeRow(found.row)
      on.move(id, null)
    },
    /** @param {string} id @param {string} text */
    type: (id, text) => on.change(id, text),
  }
}

/**
 * Puts the panel before the drawing or behind all, so that Tab reaches what is seen in the order in which it stands.
 * @param {Panel} panel
 * @param {Element} card
 * @param {boolean} beside
 */
export function placePanel({ root }, card, beside) {
  if (card.classList.contains("beside") === beside && root.isConnected) return
  card.classList.toggle("beside", beside)
  const focused = focusedBeside(root)
  if (beside) card.prepend(root)
  else card.append(root)
  if (focused instanceof HTMLElement && root.contains(focused)) focused.focus({ preventScroll: true })
}
