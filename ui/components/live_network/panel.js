// The controls: a slider and a number box for every number, grouped by layer.

import { html, set, setText } from "../base/dom.js"
import { htmlLabel, short, significant, typed } from "../base/format.js"
import { followFinger } from "../base/touch.js"

const MANY = 20
const HOVER_MS = 30
const KEY_MS = 250
const BOX_CHARACTERS = 8
const THUMB = 22

export function buildPanel(controls, on) {
  const root = html("div", { class: "panel", role: "group", "aria-label": "Numbers of the network" })
  const chosen = buildGroup("Selected")
  root.append(chosen.root)
  const groups = new Map()
  const rows = new Map()
  for (const control of controls) {
    if (!groups.has(control.group)) {
      const group = buildGroup(control.group)
      groups.set(control.group, group)
      root.append(group.root)
    }
    const row = buildRow(control, on)
    row.home = groups.get(control.group)
    row.home.body.append(row.root)
    rows.set(control.id, row)
  }
  return { root, rows, chosen, groups, shown: null }
}

function buildGroup(name) {
  const title = html("summary", {}, name)
  const body = html("div", { class: "rows" })
  return { root: html("details", { open: "" }, title, body), title, body }
}

function buildRow(control, on) {
  const { id } = control
  const range = html("input", { type: "range", "aria-label": control.name, "data-control": id })
  const number = html("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": `${control.name}, exact value`,
    "data-number": id,
  })
  const message = html("p", { class: "rejected", role: "alert" })
  const label = html("span", { class: "label" }, htmlLabel(control.label))
  // What lies in a grid itself cannot be laid out without the grid; what is one level deeper can.
  const root = html("div", { class: "row" }, label, html("div", {}, range), html("div", {}, number), message)
  const row = {
    root,
    range,
    number,
    message,
    value: control.value,
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
    on.grab(id, true)
    if (!row.pressed) on.leave()
  }
  range.onkeydown = () => (row.byKey = true)
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
  range.onblur = () => committing && release()

  let before = ""
  const finish = () => {
    row.editing = false
    if (number.value === before) return showNumber(row)
    row.sent = number.value
    on.type(id, number.value)
  }
  number.oninput = () => (row.editing = true)
  number.onfocus = () => {
    on.grab(id, true)
    on.leave()
    if (row.refused === null) number.value = row.sent ?? typed(row.value)
    before = number.value
    number.select()
  }
  number.onblur = finish
  number.onkeydown = (event) => {
    if (event.key === "Enter") {
      finish()
      before = number.value
    }
    if (event.key === "Escape") {
      if (row.refused !== null) on.type(id, typed(row.value))
      row.editing = false
      row.refused = null
      before = number.value = typed(row.value)
      number.select()
    }
  }
  return row
}

// What the browser makes of a finger on a slider is passed over, up to the mouse events that it makes of a tap.
function followRow(row, id, on) {
  const { range } = row
  let start = 0
  range.ontouchend = (event) => {
    if (event.cancelable) event.preventDefault()
  }
  const lift = () => setTimeout(() => (row.touched = false))
  for (const name of ["pointerup", "pointercancel"]) range.addEventListener(name, lift)
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

// As many digits as the box has room for; all of them show while it has the focus.
function fitting(value) {
  for (let digits = 6; digits > 2; digits -= 1) {
    const text = significant(value, digits)
    if (text.length <= BOX_CHARACTERS) return text
  }
  return short(value)
}

function showNumber(row) {
  // What somebody is typing is theirs until they leave the box or press Enter, and stands until it is answered.
  if (row.editing) return
  const text = row.sent ?? row.refused ?? (isFocused(row.number) ? typed(row.value) : fitting(row.value))
  if (row.number.value !== text) row.number.value = text
  row.number.title = typed(row.value)
}

export function showAnswered(panel) {
  for (const row of panel.rows.values()) {
    if (row.sent === null) continue
    row.sent = null
    showNumber(row)
  }
}

// Limits, value and refused text of every control, as Python sent them.
export function updatePanel(panel, controls, ranges, rejected) {
  for (const control of controls) {
    const row = panel.rows.get(control.id)
    const { low, high, step } = ranges.get(control.id)
    row.low = low
    row.high = high
    set(row.range, "min", control.id === "eta" ? step : low)
    set(row.range, "max", high)
    set(row.range, "step", step)
    const refusal = rejected[control.id]
    row.refused = refusal ? refusal.text : null
    setText(row.message, refusal ? refusal.message : "")
    set(row.number, "aria-invalid", refusal ? "true" : "false")
    slideRow(row, control.value)
    tellRow(row)
  }
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

export function tellRow(row) {
  set(row.range, "aria-valuetext", typed(row.value))
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
  for (const row of panel.rows.values()) row.home.body.append(row.root)
  const lifted = lift ? ids.map((id) => panel.rows.get(id)).filter(Boolean) : []
  panel.chosen.root.hidden = !lifted.length
  panel.chosen.title.replaceChildren("Selected: ", htmlLabel(title))
  panel.chosen.body.append(...lifted.map((row) => row.root))
  for (const group of panel.groups.values()) {
    group.root.hidden = !group.body.children.length
    if (panel.folded !== fold) group.root.open = !fold || group.title.textContent.startsWith("Target")
  }
  panel.folded = fold
}

export function highlightRow(panel, id) {
  if (panel.highlighted === id) return
  panel.rows.get(panel.highlighted)?.root.classList.remove("chosen")
  panel.rows.get(id)?.root.classList.add("chosen")
  panel.highlighted = id
}
