// Shows a picture as large as the screen; Escape or a click closes it.

import { query } from "../base/dom.js"

/** @import { Component } from "../base/component.d.ts" */

/** @param {Component<{ picture: string }>} component an SVG element as text */
export default function ({ parentElement, data }) {
  const large = query(parentElement, "dialog", HTMLDialogElement)
  large.innerHTML = data.picture
  const button = query(parentElement, "button", HTMLButtonElement)
  button.disabled = false
  button.onclick = () => {
    large.showModal()
    // Where a page may not fill the screen, it fills its window.
    large.requestFullscreen?.().catch(() => {})
  }
  const close = () => {
    if (large.open) large.close()
    if (document.fullscreenElement) document.exitFullscreen()
  }
  large.onclick = close
  // Escape is for this picture alone: the dialog below it stays.
  large.onkeydown = (event) => {
    event.stopPropagation()
    if (event.key === "Escape") close()
  }
  large.onfullscreenchange = () => {
    if (!large.matches(":fullscreen")) close()
  }
}
