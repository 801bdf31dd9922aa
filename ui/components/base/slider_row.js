// The row of a control: its name, a slider, a number box, and why a text could not be taken.

import { focusedBeside, html, set, setText } from "./dom.js"
import { enteredNumber, exact, htmlLabel, ROUND } from "./format.js"
import { followFinger } from "./touch.js"
import { shareOf, trackOf, valueAt } from "./track.js"

/** @import { Precision } from "./format.js" */
/** @import { Refusal, SliderControl, SliderRange } from "./slider.d.ts" */

const HOVER_MS = 30
const KEY_MS = 250
const BOX_CHARACTERS = 9
const THUMB = 22

/**
 * What a row calls when its control is used.
 * @typedef {{
 *   grab: (id: string, pressed: boolean) => void,
 *   move: (id: string, value: number, dragged: boolean) => void,
 *   release: (id: string) => void,
 *   cancel: (id: string) => void,
 *   leave: () => void,
 *   type: (id: string, text: string) => void,
 * }} ControlEvents
 */

/** @typedef {{ rearranging: boolean }} Arrangement while rows are moved it is the browser that moves the focus */

/** @typedef {ReturnType<typeof makeRow>} Row */

/**
 * @param {SliderControl} control
 * @param {string | undefined} term
 */
function makeRow({ id, value, low, high, step, scale }, term) {
  const range = html("input", { type: "range", "data-control": id })
  const number = html("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "data-number": id,
  })
  const message = html("p", { class: "rejected", role: "alert", id: `rejected-${id}` })
  const label = html("span", { class: "label", ...(term ? { "data-term": term } : {}) })
  // What lies in a grid itself cannot be laid out without the grid; what is one level deeper can.
  const root = html("div", { class: "row" }, label, html("div", {}, range), html("div", {}, number), message)
  return {
    id,
    root,
    label,
    range,
    number,
    message,
    value,
    /** @type {SliderRange} */
    limits: { low, high, step, scale },
    /** @type {Precision} */
    precision: ROUND,
    name: "",
    /** What the row was filled with. */
    filled: "",
    /** The text in the box when it got the focus. */
    before: "",
    /** @type {string | null} */
    refused: null,
    /** @type {string | null} a text that has not been acknowledged */
    sent: null,
    byKey: false,
    pressed: false,
    touched: false,
    editing: false,
  }
}

/**
 * @param {SliderControl} control
 * @param {ControlEvents} on
 * @param {Arrangement} arrangement
 * @param {string} [term] the key of what the label stands for in the glossary
 */
export function buildRow(control, on, arrangement, term) {
  const row = makeRow(control, term)
  followPointer(row, on)
  followThumb(row, on)
  followSlider(row, on, arrangement)
  followBox(row, on, arrangement)
  return row
}

/**
 * @param {Row} row
 * @param {ControlEvents} on
 */
function followPointer(row, on) {
  const { id, range } = row
  /** @type {number | undefined} */
  let hovering
  range.onpointerenter = () => {
    hovering = setTimeout(() => on.grab(id, false), HOVER_MS)
  }
  range.onpointerleave = () => clearTimeout(hovering)
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
}

/**
 * What the browser makes of a finger on a slider is passed over, however late it comes, until a key or another pointer
 * is used.
 * @param {Row} row
 * @param {ControlEvents} on
 */
function followThumb(row, on) {
  const { id, range } = row
  let start = 0
  range.ontouchend = (event) => {
    if (event.cancelable) event.preventDefault()
  }
  followFinger(range, {
    thumb: (width) => THUMB / 2 + (width - THUMB) * shareOf(row.limits, row.value),
    touch: () => on.grab(id, false),
    start: () => {
      row.sent = null
      start = trackOf(row.limits.scale, row.value)
      on.grab(id, true)
    },
    move: (pixels, width) => {
      const length = Number(range.max) - Number(range.min)
      range.value = String(start + pixels * length / (width - THUMB))
      on.move(id, valueAt(row.limits.scale, Number(range.value)), true)
    },
    end: () => {
      on.release(id)
      on.leave()
    },
    cancel: () => on.cancel(id),
  })
}

/**
 * @param {Row} row
 * @param {ControlEvents} on
 * @param {Arrangement} arrangement
 */
function followSlider(row, on, arrangement) {
  const { id, range } = row
  range.onfocus = () => {
    if (arrangement.rearranging) return
    on.grab(id, true)
    if (!row.pressed) on.leave()
  }
  range.onkeydown = () => {
    row.byKey = true
    row.touched = false
  }
  range.oninput = () => {
    // The browser moves the thumb to wherever a finger comes down, be it to scroll.
    if (row.touched) {
      range.value = String(trackOf(row.limits.scale, row.value))
      return
    }
    row.sent = null
    on.move(id, valueAt(row.limits.scale, Number(range.value)), row.pressed)
  }
  // Held arrow keys commit once, and at the latest when the slider is left.
  /** @type {number | null} */
  let committing = null
  const release = () => {
    if (committing !== null) clearTimeout(committing)
    committing = null
    on.release(id)
  }
  range.onchange = () => {
    if (row.touched) return
    if (committing !== null) clearTimeout(committing)
    if (row.byKey) committing = setTimeout(release, KEY_MS)
    else release()
  }
  range.onblur = () => {
    if (committing !== null && !arrangement.rearranging) release()
  }
}

/**
 * @param {Row} row
 * @param {ControlEvents} on
 * @param {Arrangement} arrangement
 */
function followBox(row, on, arrangement) {
  const { id, number } = row
  const finish = () => {
    // A text typed again before it was acknowledged may be one behind Back.
    const again = row.editing && row.sent !== null
    row.editing = false
    if (number.value === row.before && !again) return showNumber(row)
    row.sent = number.value
    on.type(id, number.value)
  }
  number.oninput = () => {
    row.editing = true
  }
  number.onfocus = () => {
    if (arrangement.rearranging) return
    on.grab(id, true)
    on.leave()
    if (row.refused === null) number.value = row.sent ?? exact(row.value)
    row.before = number.value
    number.select()
  }
  number.onblur = () => {
    if (!arrangement.rearranging) finish()
  }
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
}

/** @param {HTMLElement} element */
export function isFocused(element) {
  return focusedBeside(element) === element
}

/**
 * A box that has the focus stays as ready to be typed into as it was.
 * @param {Row} row
 * @param {string} text
 */
function rewrite(row, text) {
  const { number } = row
  const { selectionStart, selectionEnd } = number
  const whole = Number(selectionEnd) - Number(selectionStart) === number.value.length
  number.value = text
  if (!isFocused(number)) return
  row.before = text
  if (whole) number.select()
}

/** @param {Row} row */
function showNumber(row) {
  // What is being typed stays until the box is left or Enter pressed, and then until it is acknowledged.
  if (row.editing) return
  const text = row.sent ?? row.refused ??
    (isFocused(row.number) ? exact(row.value) : enteredNumber(row.value, row.precision, BOX_CHARACTERS))
  if (row.number.value !== text) rewrite(row, text)
  row.number.title = exact(row.value)
}

/**
 * Shows the number that the control has where one has been typed.
 * @param {Row} row
 */
export function showAcknowledged(row) {
  if (row.sent === null) return
  row.sent = null
  showNumber(row)
}

/**
 * What a row shows is compared with what it is to show, whatever was sent before.
 * @param {Row} row
 * @param {SliderControl} control
 * @param {SliderRange} range
 * @param {Refusal | undefined} refusal
 */
export function fillRow(row, control, range, refusal) {
  const filled = JSON.stringify([control, range, refusal, row.precision])
  if (row.filled === filled && row.value === control.value) return
  row.filled = filled
  if (row.name !== control.label) {
    row.name = control.label
    row.label.replaceChildren(control.isWord ? control.label : htmlLabel(control.label))
  }
  set(row.range, "aria-label", control.name)
  set(row.number, "aria-label", `${control.name}, exact value`)
  row.limits = range
  set(row.range, "min", trackOf(range.scale, range.low))
  set(row.range, "max", trackOf(range.scale, range.high))
  set(row.range, "step", range.step)
  row.refused = refusal ? refusal.text : null
  setText(row.message, refusal ? refusal.message : "")
  set(row.number, "aria-invalid", refusal ? "true" : "false")
  set(row.number, "aria-describedby", refusal ? row.message.id : "")
  slideRow(row, control.value)
  describeRow(row)
}

/**
 * @param {Row} row
 * @param {number} value
 */
export function slideRow(row, value) {
  row.value = value
  const place = trackOf(row.limits.scale, value)
  if (Number(row.range.value) !== place) row.range.value = String(place)
  const percent = (/** @type {number} */ number) => 100 * shareOf(row.limits, number)
  const [from, to] = [percent(0), percent(value)].sort((a, b) => a - b)
  row.range.style.setProperty("--from", `${from}%`)
  row.range.style.setProperty("--to", `${to}%`)
}

/** @param {Row} row */
export function describeRow(row) {
  set(row.range, "aria-valuetext", exact(row.value))
  showNumber(row)
}
