// The slider of a film: a key or a mouse moves it as any, a finger from its thumb alone.

import { html } from "../base/dom.js"
import { followFinger } from "../base/touch.js"

// As wide as in drawing.css, for a pointer that is a finger.
const SLIDER_THUMB = 22

/** @param {(index: number) => void} look what is done with each place that it is moved to */
export function buildSweepRange(look) {
  const range = html("input", { type: "range", min: 0, step: 1 })
  /** The place that is shown: what the browser makes of a finger is passed over. */
  let shown = 0
  let isTouched = false
  let start = 0
  /** @param {number} index */
  const move = (index) => {
    if (index !== shown) look(index)
  }
  range.addEventListener("pointerdown", (event) => {
    isTouched = event.pointerType === "touch"
  })
  range.onkeydown = () => {
    isTouched = false
  }
  range.oninput = () => {
    if (isTouched) range.value = String(shown)
    else look(Number(range.value))
  }
  range.ontouchend = (event) => {
    if (event.cancelable) event.preventDefault()
  }
  followFinger(range, {
    thumb: (width) => SLIDER_THUMB / 2 + (width - SLIDER_THUMB) * shown / Number(range.max),
    touch: () => {},
    start: () => {
      start = shown
    },
    move: (pixels, width) => {
      const last = Number(range.max)
      const place = Math.round(start + pixels * last / (width - SLIDER_THUMB))
      move(Math.min(Math.max(place, 0), last))
    },
    end: () => {},
    cancel: () => move(start),
  })
  return {
    range,
    /** @param {number} index @param {number} last */
    show(index, last) {
      shown = index
      range.max = String(last)
      range.value = String(index)
      range.style.setProperty("--from", "0%")
      range.style.setProperty("--to", `${100 * index / last}%`)
    },
  }
}
