// Which sample is drawn: its number and what it is, with the one before and the next.

import { html, set, setText } from "../base/dom.js"
import { icon } from "./controls.js"

/** @import { Sample } from "./pixels.js" */

/** @typedef {ReturnType<typeof buildChooser>} Chooser */

/** @param {{ choose: (by: number) => void }} actions */
export function buildChooser(actions) {
  /** @type {(by: number, name: string, picture: "back" | "on") => HTMLButtonElement} */
  const button = (by, name, picture) => {
    const made = html(
      "button",
      { type: "button", class: "quiet", "aria-label": name, title: name },
      icon(picture, true).root,
    )
    made.onclick = () => actions.choose(by)
    return made
  }
  const back = button(-1, "Sample before", "back")
  const on = button(1, "Next sample", "on")
  const text = html("span", { class: "title" })
  return { root: html("div", { class: "chooser", hidden: "" }, back, on, text), back, on, text }
}

/**
 * @param {Chooser} chooser
 * @param {Sample | null} sample
 * @param {boolean} free whether another one can be chosen: in a saved page there is no other
 */
export function showChosen({ root, back, on, text }, sample, free) {
  root.hidden = !sample
  back.hidden = on.hidden = !free
  if (!sample) return
  const { number, samples, label } = sample
  setText(text, `Sample ${number.toLocaleString("en-US")} of ${samples.toLocaleString("en-US")}: ${label}`)
  set(back, "aria-disabled", number <= 1)
  set(on, "aria-disabled", number >= samples)
}
