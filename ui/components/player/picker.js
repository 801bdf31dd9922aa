// The classes that a click on the plane can place, behind a button where the samples are no points yet.

import { html, set } from "../base/dom.js"
import { rgb } from "./palette.js"
import { markerSample } from "./plane_points.js"

/** @import { SentPlacing } from "./model.d.ts" */
/** @import { Colors } from "./palette.js" */

/** @typedef {ReturnType<typeof buildPicker>} Picker */

/** @param {(isOpen: boolean) => void} opened called with whether a click places a point */
export function buildPicker(opened) {
  const add = html("button", { type: "button", class: "quiet", "aria-pressed": "false" }, "Add points")
  const classes = html("div", { class: "classes", role: "group", "aria-label": "Class of the next point" })
  const picker = {
    root: html("div", { class: "picker" }, add, classes),
    add,
    classes,
    opened,
    /** What it was made from. */
    of: "",
    /** Whether a click places a point. */
    isOpen: false,
    /** The place of the chosen class. */
    label: 0,
  }
  open(picker, false)
  add.hidden = true
  add.onclick = () => open(picker, !picker.isOpen)
  return picker
}

/** @param {Picker} picker @param {boolean} isOpen */
function open(picker, isOpen) {
  picker.isOpen = isOpen
  set(picker.add, "aria-pressed", isOpen)
  picker.classes.hidden = !isOpen
  picker.root.classList.toggle("open", isOpen)
  picker.opened(isOpen)
}

/** @param {Picker} picker @param {SentPlacing | null} placing @param {Colors} colors */
export function arrangePicker(picker, placing, colors) {
  const names = placing?.names ?? []
  const optional = placing?.optional ?? true
  const of = JSON.stringify([names, optional, colors.placing])
  if (picker.of === of) return
  picker.of = of
  if (picker.label >= names.length) picker.label = 0
  const buttons = names.map((name, k) => {
    const button = html(
      "button",
      { type: "button", class: "quiet", "aria-pressed": String(k === picker.label) },
      markerSample(rgb(colors.placing.classes[k]), colors.placing.markers[k]),
      name,
    )
    button.onclick = () => {
      picker.label = k
      buttons.forEach((other, place) => set(other, "aria-pressed", String(place === k)))
    }
    return button
  })
  picker.classes.replaceChildren(
    ...(optional ? [] : [html("span", { class: "muted" }, "Click to add")]),
    ...buttons,
  )
  if (!names.length) open(picker, false)
  else if (!optional) open(picker, true)
  // Of the points from before, which other samples have taken the place of.
  else if (picker.add.hidden) open(picker, false)
  picker.add.hidden = !names.length || !optional
}
