// Where the plane is out of sight, a small picture of it beside the slider that is used.

import { contextOf } from "../base/canvas.js"
import { html } from "../base/dom.js"

/** @import { Plane } from "./plane.js" */

const GLANCE_SIZE = 132
const NARROW_PANEL = 720
const LEAST_GAP = 8

/** @typedef {ReturnType<typeof makeGlance>} Glance */

/**
 * @param {HTMLElement} panel whose sliders are followed
 * @param {Plane} plane
 */
export function makeGlance(panel, plane) {
  const canvas = html("canvas", { "aria-hidden": "true" })
  const context = contextOf(canvas)
  // Both are there all along, so that nothing moves when the picture comes.
  const above = html("div", { class: "glance above" })
  const below = html("div", { class: "glance below" })
  panel.append(above, below)
  /** @type {number | null} */
  let frame = null

  function paint() {
    frame = requestAnimationFrame(paint)
    context.clearRect(0, 0, canvas.width, canvas.height)
    for (const { canvas: layer } of [plane.surface, plane.dots]) {
      if (layer.width) context.drawImage(layer, 0, 0, canvas.width, canvas.height)
    }
  }

  function hide() {
    canvas.remove()
    if (frame !== null) cancelAnimationFrame(frame)
    frame = null
  }

  /** @param {HTMLElement} row */
  function show(row) {
    if (frame !== null || panel.clientWidth >= NARROW_PANEL) return
    const { width, height } = plane.size
    const scale = GLANCE_SIZE / Math.max(width, height)
    canvas.width = Math.round(width * scale * devicePixelRatio)
    canvas.height = Math.round(height * scale * devicePixelRatio)
    canvas.style.width = `${width * scale}px`
    canvas.style.height = `${height * scale}px`
    const room = row.getBoundingClientRect().top - above.getBoundingClientRect().top
    const place = room > height * scale + LEAST_GAP ? above : below
    place.append(canvas)
    paint()
  }

  for (const kind of ["focusin", "keydown"]) {
    panel.addEventListener(kind, ({ target }) => {
      if (!(target instanceof HTMLInputElement) || target.type !== "range") return
      if (target.matches(":focus-visible")) show(target)
    })
  }
  panel.addEventListener("focusout", hide)

  return {
    /** @param {HTMLElement | null} row whose slider has been grabbed, null when it is let go */
    grab(row) {
      if (row) show(row)
      else if (!panel.querySelector("input[type=range]:focus-visible")) hide()
    },
  }
}
