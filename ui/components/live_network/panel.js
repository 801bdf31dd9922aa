// The controls: a slider and a number box for every number, grouped by layer.

import { html, set, setText } from "../base/dom.js"
import { enteredNumber, exact, htmlLabel } from "../base/format.js"
import { followFinger } from "../base/touch.js"

const MANY = 20
const HOVER_MS = 30
const KEY_MS = 250
const BOX_CHARACTERS = 9
const THUMB = 22

export function buildPanel(on) {
  const root = html("div", { class: "panel", role: "group", "aria-label": "Numbers of the network" })
  return {
    root,
    on,
    rows: new Map(),
    chosen: buildGroup("Selected"),
    groups: new Map(),
    layout: null,
    shown: null,
    rearranging: false,
  }
}

function buildGroup(name) {
  const title = html("summary", {}, name)
  const body = html("div", { class: "rows" })
  return { root: html("details", { open: "" }, title, body), title, body, folded: false }
}

function buildRow({ id, value }, panel) {
  const { on } = panel
  const range = html("input", { type: "range", "data-control": id })
  const number = html("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "data-number": id,
  })
  const message = html("p", { class: "rejected", role: "alert" })
  const label = html("span", { class: "label" })
  // What lies in a grid itself cannot be laid out without the grid; what is one level deeper can.
  const root = html("div", { class: "row" }, label, html("div", {}, range), html("div", {}, number), message)
  const row = {
    root,
    label,
    range,
    number,
    message,
    value,
    name: null,
    filled: null,
    before: "",
    refused: null,
    sent: null,
    byKey: false,
    pressed: false,
    touched: false,
    editing: false,
  }
  let waiting = null

  range.onpointerenter = () => (waiting = setTimeout(() => on.grab(id, false), HOVER_MS))
  range.onpointerleave = () => clearTimeout(waiting)
  // The change that a pointer has made comes after it was lifted, wherever that was.
  const lift = () => {
    row.pressed = false
    setTimeout(on.leave)
  }
  range.onpointerdown = (event) => {
    row.byKey = false
    row.touched = event.pointerType === "touch"
    if (row.touched) return
    row.pressed = true
    on.grab(id, true)
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, lift, { once: true })
  }
  range.onfocus = () => {
    if (panel.rearranging) return
    on.grab(id, true)
    if (!row.pressed) on.leave()
  }
  range.onkeydown = () => {
    row.byKey = true
    row.touched = false
  }
  range.oninput = () => {
    // The browser moves the thumb to wherever a finger comes down, be it to scroll.
    if (row.touched) return (range.value = row.value)
    row.sent = null
    on.move(id, Number(range.value))
  }
  followRow(row, id, on)
  // Held arrow keys commit once; leaving the slider does not wait for that.
  let committing = null
  const release = () => {
    clearTimeout(committing)
    committing = null
    on.release(id)
  }
  range.onchange = () => {
    if (row.touched) return
    clearTimeout(committing)
    if (row.byKey) committing = setTimeout(release, KEY_MS)
    else release()
  }
  range.onblur = () => committing && !panel.rearranging && release()

  const finish = () => {
    row.editing = false
    if (number.value === row.before) return showNumber(row)
    row.sent = number.value
    on.type(id, number.value)
  }
  number.oninput = () => (row.editing = true)
  number.onfocus = () => {
    if (panel.rearranging) return
    on.grab(id, true)
    on.leave()
    if (row.refused === null) number.value = row.sent ?? exact(row.value)
    row.before = number.value
    number.select()
  }
  number.onblur = () => panel.rearranging || finish()
  number.onkeydown = (event) => {
    if (event.key === "Enter") {
      finish()
      row.before = number.value
    }
    if (event.key === "Escape") {
      if (row.refused !== null) on.type(id, exact(row.value))
      row.editing = false
      row.refused = null
      row.before = number.value = row.sent ?? exact(row.value)
      number.select()
    }
  }
  return row
}

// What the browser makes of a finger on a slider is passed over, however late it comes, until a key or another pointer
// is used.
function followRow(row, id, on) {
  const { range } = row
  let start = 0
  range.ontouchend = (event) => {
    if (event.cancelable) event.preventDefault()
  }
  followFinger(range, {
    thumb: (width) => THUMB / 2 + (width - THUMB) * (row.value - row.low) / (row.high - row.low),
    touch: () => on.grab(id, false),
    start: () => {
      row.sent = null
      start = row.value
      on.grab(id, true)
    },
    move: (pixels, width) => {
      range.value = start + pixels * (row.high - row.low) / (width - THUMB)
      on.move(id, Number(range.value))
    },
    end: () => {
      on.release(id)
      on.leave()
    },
    cancel: () => on.cancel(id),
  })
}

function isFocused(input) {
  return input.getRootNode().activeElement === input
}

// A box that has the focus stays as ready to be typed into as it was.
function rewrite(row, text) {
  const { number } = row
  const whole = number.selectionEnd - number.selectionStart === number.value.length
  number.value = text
  if (!isFocused(number)) return
  row.before = text
  if (whole) number.select()
}

function showNumber(row) {
  // What somebody is typing is theirs until they leave the box or press Enter, and stands until it is acknowledged.
  if (row.editing) return
  const text = row.sent ?? row.refused ??
    (isFocused(row.number) ? exact(row.value) : enteredNumber(row.value, row.precision, BOX_CHARACTERS))
  if (row.number.value !== text) rewrite(row, text)
  row.number.title = exact(row.value)
}

export function showAcknowledged(panel) {
  for (const row of panel.rows.values()) {
    if (row.sent === null) continue
    row.sent = null
    showNumber(row)
  }
}

// Rows, limits, values and refused texts, as Python sent them. The row of a control that `moves` stays as it is.
export function updatePanel(panel, controls, ranges, rejected, precision, moves) {
  layRows(panel, controls)
  for (const control of controls) {
    panel.rows.get(control.id).precision = precision
    if (control.id !== moves) {
      fillRow(panel.rows.get(control.id), control, ranges.get(control.id), rejected[control.id])
    }
  }
}

// A row lives as long as its control does: what is being typed into it stays.
function layRows(panel, controls) {
  const layout = JSON.stringify(controls.map(({ id, group }) => [id, group]))
  if (panel.layout === layout) return
  panel.layout = layout
  panel.shown = null
  const kept = panel.rows
  panel.rows = new Map(
    controls.map((control) => [control.id, kept.get(control.id) ?? buildRow(control, panel)]),
  )
  const names = [...new Set(controls.map(({ group }) => group))]
  panel.groups = new Map(names.map((name) => [name, panel.groups.get(name) ?? buildGroup(name)]))
  for (const { id, group } of controls) panel.rows.get(id).home = panel.groups.get(group)
}

// What a row shows is compared with what it is to show, whatever was sent before.
function fillRow(row, control, range, refusal) {
  const filled = JSON.stringify([control, range, refusal])
  if (row.filled === filled && row.value === control.value) return
  row.filled = filled
  if (row.name !== control.label) {
    row.name = control.label
    row.label.replaceChildren(htmlLabel(control.label))
  }
  set(row.range, "aria-label", control.name)
  set(row.number, "aria-label", `${control.name}, exact value`)
  row.low = range.low
  row.high = range.high
  set(row.range, "min", control.id === "eta" ? range.step : range.low)
  set(row.range, "max", range.high)
  set(row.range, "step", range.step)
  row.refused = refusal ? refusal.text : null
  setText(row.message, refusal ? refusal.message : "")
  set(row.number, "aria-invalid", refusal ? "true" : "false")
  slideRow(row, control.value)
  describeRow(row)
}

export function slideRow(row, value) {
  row.value = value
  if (Number(row.range.value) !== value) row.range.value = value
  const place = (number) =>
    (100 * (Math.min(Math.max(number, row.low), row.high) - row.low)) / (row.high - row.low)
  const [from, to] = [place(0), place(value)].sort((a, b) => a - b)
  row.range.style.setProperty("--from", `${from}%`)
  row.range.style.setProperty("--to", `${to}%`)
}

export function describeRow(row) {
  set(row.range, "aria-valuetext", exact(row.value))
  showNumber(row)
}

// With many controls, or little room, those of the selection stand first and the groups fold.
export function arrangePanel(panel, ids, title, compact) {
  const fold = panel.rows.size > MANY
  const lift = fold || compact
  const key = `${lift}|${fold}|${ids.join()}`
  if (panel.shown === key) return
  panel.shown = key
  panel.root.classList.toggle("folded", fold)
  const lifted = lift ? ids.map((id) => panel.rows.get(id)).filter(Boolean) : []
  panel.chosen.root.hidden = !lifted.length
  panel.chosen.title.replaceChildren("Selected: ", htmlLabel(title))
  const groups = [...panel.groups.values()]
  keepFocus(panel, () => {
    place(panel.chosen.body, lifted)
    for (const group of groups) {
      place(group.body, [...panel.rows.values()].filter((row) => row.home === group && !lifted.includes(row)))
    }
    placeNodes(panel.root, [panel.chosen.root, ...groups.map(({ root }) => root)])
  })
  for (const group of groups) {
    group.root.hidden = !group.body.children.length
    if (group.folded !== fold) group.root.open = !fold || group.title.textContent.startsWith("Target")
    group.folded = fold
  }
}

function place(body, rows) {
  placeNodes(body, rows.map(({ root }) => root))
}

// Puts nodes into a parent, in this order; what stands right already is not moved.
function placeNodes(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove()
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null)
  })
}

// A browser takes the focus from what is moved: it is given back with the selection, as if nothing had been.
function keepFocus(panel, rearrange) {
  const input = panel.root.getRootNode().activeElement
  const inside = input && panel.root.contains(input)
  const range = inside && input.type === "text" ? [input.selectionStart, input.selectionEnd] : null
  panel.rearranging = true
  rearrange()
  if (inside && panel.root.contains(input) && !isFocused(input)) {
    input.focus({ preventScroll: true })
    if (range) input.setSelectionRange(...range)
  }
  panel.rearranging = false
}

export function highlightRow(panel, id) {
  const row = panel.rows.get(id)
  if (panel.highlighted === row) return
  panel.highlighted?.root.classList.remove("chosen")
  row?.root.classList.add("chosen")
  panel.highlighted = row
}
