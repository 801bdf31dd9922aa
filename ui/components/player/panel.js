// The controls beside the drawing: a row for each number, a menu or pictures for each choice. What is chosen leaves as a
// text, by the id of its field; rows stay where they are, so that none loses the focus.

import { isDark } from "../base/color.js"
import { focusedBeside, html, setText } from "../base/dom.js"
import { exact } from "../base/format.js"
import { buildRow, describeRow, fillRow, showAcknowledged, slideRow } from "../base/slider_row.js"
import { buildLayers, fillLayers } from "./layer_buttons.js"
import { buildMenu, fillMenu } from "./menu_row.js"
import { makeColors } from "./palette.js"
import { settingsLine } from "./settings_line.js"
import { buildTiles, fillTiles, paintTiles } from "./tiles.js"

/** @import { Refusal } from "../base/slider.d.ts" */
/** @import { FieldText, PlayerModel, SentField, SentMenu, SentPanel, SentSlider, SentTiles } from "./model.d.ts" */
/** @import { Tiles } from "./tiles.js" */

/**
 * What the panel calls: `change` with what was chosen, `move` while a slider is on its way, `grab` when one has been
 * grabbed, and with null when it is let go.
 * @typedef {{
 *   change: (id: string, text: string) => void, move: () => void, grab: (row: HTMLElement | null) => void,
 * }} PanelEvents
 */

/** @typedef {{ root: HTMLElement, fill: (field: SentField, refusal: Refusal | undefined) => void }} PanelRow */
/** @typedef {{ root: HTMLElement, chosen: HTMLElement }} PanelGroup `chosen` stands beside the heading */
/** @typedef {ReturnType<typeof buildPanel>} Panel */

/** @param {PanelEvents} on */
export function buildPanel(on) {
  return {
    root: html("div", { class: "panel", role: "group", "aria-label": "Settings", hidden: "" }),
    layers: buildLayers(on.change),
    line: html("p", { class: "settings-line" }),
    on,
    /** @type {Map<string, PanelRow>} */
    rows: new Map(),
    /** @type {Map<string, PanelGroup>} */
    groups: new Map(),
    /** @type {Tiles[]} */
    tiles: [],
    /** @type {Map<string, number>} where each slider stands, be it on its way */
    numbers: new Map(),
    /** @type {Map<string, number>} where Python has them */
    acknowledged: new Map(),
    /** What stands for the data without noise and split. */
    data: "",
    note: "",
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
  panel.root.hidden = panel.layers.root.hidden = !sent
  panel.note = sent?.note ?? ""
  if (!sent) return
  panel.data = sent.data
  setText(panel.line, settingsLine(sent))
  for (const field of sent.fields) {
    const isOnItsWay = pending.some(({ id }) => id === field.id) || panel.moving?.id === field.id
    if (field.kind === "layers") fillLayers(panel.layers, field, isOnItsWay)
    else {
      const row = panel.rows.get(field.id) ?? addRow(panel, field)
      if (!isOnItsWay) row.fill(field, sent.rejected[field.id])
      row.root.hidden = !field.shown
    }
  }
  for (const [name, { root }] of panel.groups) {
    root.hidden = !sent.fields.some(({ group, shown }) => group === name && shown)
  }
}

/**
 * Whether a field stands in the panel, or on the drawing.
 * @param {Panel} panel
 * @param {string} id
 */
export function isOfPanel({ rows, layers }, id) {
  return rows.has(id) || layers.sent?.id === id
}

/**
 * Paints the pictures of the tiles where the colors of the page are others than before.
 * @param {Panel} panel
 * @param {HTMLElement} host
 * @param {PlayerModel["palette"]} palettes
 */
export function colorPanel(panel, host, palettes) {
  const palette = palettes[isDark(host) ? "dark" : "light"]
  const look = JSON.stringify([getComputedStyle(host).getPropertyValue("--st-background-color"), palette])
  const [signs, classes] = [makeColors(host, palette, "binary"), makeColors(host, palette, "classes")]
  for (const tiles of panel.tiles) paintTiles(tiles, look, (several) => several ? classes : signs)
}

/**
 * @param {Panel} panel
 * @param {SentField} field not of the drawing
 */
function addRow(panel, field) {
  const group = groupOf(panel, field.group)
  const row = makePanelRow(panel, group, field)
  panel.rows.set(field.id, row)
  group.root.append(row.root)
  return row
}

/**
 * @param {Panel} panel
 * @param {PanelGroup} group
 * @param {SentField} field
 * @returns {PanelRow}
 */
function makePanelRow(panel, group, field) {
  if (field.kind === "tiles") return tilesRow(panel, group, field)
  if (field.kind === "slider") return sliderRow(panel, field)
  if (field.kind === "menu") return menuRow(panel, field)
  throw new TypeError(`${field.kind} is no row of the panel`)
}

/** @param {Panel} panel @param {SentMenu} field @returns {PanelRow} */
function menuRow({ on }, field) {
  const menu = buildMenu(field, on.change)
  return { root: menu.root, fill: (now) => now.kind === "menu" && fillMenu(menu, now) }
}

/** @param {Panel} panel @param {PanelGroup} group @param {SentTiles} field @returns {PanelRow} */
function tilesRow(panel, group, field) {
  const tiles = buildTiles(field, panel.on.change)
  panel.tiles.push(tiles)
  return {
    root: tiles.root,
    fill: (now, refusal) => {
      if (now.kind !== "tiles") return
      fillTiles(tiles, now)
      setText(tiles.message, refusal?.message ?? "")
      const label = now.options.find(({ value }) => now.chosen.includes(value))?.label
      setText(group.chosen, now.many ? "" : label ?? "")
    },
  }
}

/** @param {Panel} panel @param {SentSlider} field @returns {PanelRow} */
function sliderRow(panel, field) {
  const { on } = panel
  let shown = field.value
  /** @param {number} value */
  const show = (value) => {
    panel.numbers.set(field.id, value)
    slideRow(row, value)
    describeRow(row)
  }
  const row = buildRow(field, {
    grab: (_, pressed) => pressed && on.grab(row.root),
    leave: () => on.grab(null),
    move: (id, value) => {
      panel.moving = { id, value }
      show(value)
      on.move()
    },
    release: (id) => {
      if (panel.moving?.id !== id) return
      const { value } = panel.moving
      panel.moving = null
      on.change(id, exact(value))
    },
    cancel: () => {
      panel.moving = null
      on.grab(null)
      show(shown)
      on.move()
    },
    type: on.change,
  }, { rearranging: false })
  return {
    root: row.root,
    fill: (now, refusal) => {
      if (now.kind !== "slider") return
      shown = now.value
      panel.numbers.set(now.id, shown)
      panel.acknowledged.set(now.id, shown)
      showAcknowledged(row)
      fillRow(row, now, now, refusal)
    },
  }
}

/**
 * @param {Panel} panel
 * @param {string} name
 */
function groupOf(panel, name) {
  const known = panel.groups.get(name)
  if (known) return known
  const chosen = html("span", { class: "chosen" })
  const root = html("section", { class: "group", "aria-label": name }, html("h2", {}, name, " ", chosen))
  panel.groups.set(name, { root, chosen })
  panel.root.append(root)
  return { root, chosen }
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
