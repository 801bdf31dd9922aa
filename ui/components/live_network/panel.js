// The controls: a row for every number, grouped by layer.

import { focusedBeside, html } from "../base/dom.js"
import { htmlLabel } from "../base/format.js"
import { buildRow, describeRow, fillRow, isFocused, showAcknowledged, slideRow } from "../base/slider_row.js"

/** @import { Precision } from "../base/format.js" */
/** @import { Refusal } from "../base/slider.d.ts" */
/** @import { Control } from "./model.d.ts" */
/** @import { ControlEvents, Row } from "../base/slider_row.js" */
/** @import { Range } from "./state.js" */

const MANY = 20
/** @type {Record<string, string>} */
const TERM_OF = { x: "input", w: "weight", b: "bias", y: "target", e: "learning_rate" }

/** @typedef {ReturnType<typeof buildGroup>} Group */
/** @typedef {ReturnType<typeof buildPanel>} Panel */

/** @param {ControlEvents} on */
export function buildPanel(on) {
  const root = html("div", { class: "panel", role: "group", "aria-label": "Numbers of the network" })
  return {
    root,
    on,
    /** @type {Map<string, Row>} */
    rows: new Map(),
    chosen: buildGroup("Selected"),
    /** @type {Map<string, Group>} */
    groups: new Map(),
    /** @type {Map<Row, string>} the name of the group that a row belongs to */
    homes: new Map(),
    /** Which controls there are, and in which groups. */
    layout: "",
    /** Where the rows stand; null where that is to be found anew. */
    shown: /** @type {string | null} */ (null),
    /** @type {Row | undefined} */
    highlighted: undefined,
    rearranging: false,
  }
}

/** @param {string} name */
function buildGroup(name) {
  const title = html("summary", {}, name)
  const body = html("div", { class: "rows" })
  return { root: html("details", { open: "" }, title, body), title, body, folded: false }
}

/**
 * Rows, limits, values and refused texts, as Python sent them. The row of a control that `moves` stays as it is.
 * @param {Panel} panel
 * @param {Control[]} controls those that are shown
 * @param {Map<string, Range>} ranges
 * @param {Record<string, Refusal>} rejected
 * @param {Precision} precision
 * @param {string | undefined} moves
 */
export function updatePanel(panel, controls, ranges, rejected, precision, moves) {
  for (const row of panel.rows.values()) showAcknowledged(row)
  layRows(panel, controls)
  for (const control of controls) {
    const row = panel.rows.get(control.id)
    if (!row) continue
    row.precision = precision
    const range = ranges.get(control.id) ?? control
    if (control.id !== moves) fillRow(row, control, range, rejected[control.id])
  }
}

/**
 * A row lives as long as its control does: what is being typed into it stays.
 * @param {Panel} panel
 * @param {Control[]} controls
 */
function layRows(panel, controls) {
  const layout = JSON.stringify(controls.map(({ id, group }) => [id, group]))
  if (panel.layout === layout) return
  panel.layout = layout
  panel.shown = null
  const kept = panel.rows
  const rows = controls.map((control) =>
    kept.get(control.id) ?? buildRow(control, panel.on, panel, TERM_OF[control.id[0]])
  )
  panel.rows = new Map(rows.map((row) => [row.id, row]))
  const names = [...new Set(controls.map(({ group }) => group))]
  panel.groups = new Map(names.map((name) => [name, panel.groups.get(name) ?? buildGroup(name)]))
  panel.homes = new Map(rows.map((row, k) => [row, controls[k].group]))
}

/**
 * Moves the slider of a control and the bar along it.
 * @param {Panel} panel
 * @param {string} id
 * @param {number} value
 */
export function slideControl(panel, id, value) {
  const row = panel.rows.get(id)
  if (row) slideRow(row, value)
}

/**
 * Writes the number of a control.
 * @param {Panel} panel
 * @param {string} id
 */
export function describeControl(panel, id) {
  const row = panel.rows.get(id)
  if (row) describeRow(row)
}

/**
 * With many controls, or little room, those of the selection stand first and the groups fold.
 * @param {Panel} panel
 * @param {string[]} ids the controls of the selection
 * @param {string} title what is selected
 * @param {boolean} compact
 */
export function arrangePanel(panel, ids, title, compact) {
  const fold = panel.rows.size > MANY
  const lift = fold || compact
  const key = `${lift}|${fold}|${ids.join()}`
  if (panel.shown === key) return
  panel.shown = key
  panel.root.classList.toggle("folded", fold)
  const lifted = lift ? ids.map((id) => panel.rows.get(id)).filter((row) => row !== undefined) : []
  panel.chosen.root.hidden = !lifted.length
  panel.chosen.title.replaceChildren("Selected: ", htmlLabel(title))
  keepFocus(panel, () => {
    place(panel.chosen.body, lifted)
    for (const [name, group] of panel.groups) {
      const rows = [...panel.rows.values()].filter((row) =>
        panel.homes.get(row) === name && !lifted.includes(row)
      )
      place(group.body, rows)
    }
    placeNodes(panel.root, [panel.chosen, ...panel.groups.values()].map(({ root }) => root))
  })
  for (const [name, group] of panel.groups) {
    group.root.hidden = !group.body.children.length
    if (group.folded !== fold) group.root.open = !fold || name.startsWith("Target")
    group.folded = fold
  }
}

/**
 * @param {Element} body
 * @param {Row[]} rows
 */
function place(body, rows) {
  placeNodes(body, rows.map(({ root }) => root))
}

/**
 * Puts nodes into a parent, in this order; what stands right already is not moved.
 * @param {Element} parent
 * @param {Element[]} nodes
 */
function placeNodes(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove()
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null)
  })
}

/**
 * A browser takes the focus from what is moved: it is given back with the selection, as if nothing had been.
 * @param {Panel} panel
 * @param {() => void} rearrange
 */
function keepFocus(panel, rearrange) {
  const focused = focusedBeside(panel.root)
  const inside = focused instanceof HTMLElement && panel.root.contains(focused) ? focused : null
  const box = inside instanceof HTMLInputElement && inside.type === "text" ? inside : null
  const [start, end] = [box?.selectionStart ?? null, box?.selectionEnd ?? null]
  panel.rearranging = true
  rearrange()
  if (inside && panel.root.contains(inside) && !isFocused(inside)) {
    inside.focus({ preventScroll: true })
    box?.setSelectionRange(start, end)
  }
  panel.rearranging = false
}

/**
 * @param {Panel} panel
 * @param {string | null} id
 */
export function highlightRow(panel, id) {
  const row = id === null ? undefined : panel.rows.get(id)
  if (panel.highlighted === row) return
  panel.highlighted?.root.classList.remove("chosen")
  row?.root.classList.add("chosen")
  panel.highlighted = row
}
