// The classes that a click on the plane can place.

import { html, set } from "../base/dom.js"
import { rgb } from "./palette.js"
import { markerSample } from "./plane_points.js"

/** @import { Colors } from "./palette.js" */

/** @typedef {ReturnType<typeof buildPicker>} Picker */

export function buildPicker() {
  return {
    root: html("div", { class: "picker", role: "group", "aria-label": "Class of the next point" }),
    /** What the buttons were made from. */
    of: "",
    /** @type {string[]} */
    names: [],
    /** The place of the chosen class among them. */
    label: 0,
  }
}

/** @param {Picker} picker @param {string[]} names @param {Colors} colors */
export function arrangePicker(picker, names, { placing }) {
  const of = JSON.stringify([names, placing])
  if (picker.of === of) return
  picker.of = of
  picker.names = names
  if (picker.label >= names.length) picker.label = 0
  const buttons = names.map((name, k) => {
    const button = html(
      "button",
      { type: "button", class: "quiet", "aria-pressed": String(k === picker.label) },
      markerSample(rgb(placing.classes[k]), placing.markers[k]),
      name,
    )
    button.onclick = () => {
      picker.label = k
      buttons.forEach((other, place) => set(other, "aria-pressed", String(place === k)))
    }
    return button
  })
  picker.root.replaceChildren(
    ...(buttons.length ? [html("span", { class: "muted" }, "Click to add"), ...buttons] : []),
  )
}
