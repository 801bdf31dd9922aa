// Copies a link, or the address of the page; shows it in a field where the browser forbids copying.

import { query } from "../base/dom.js"

/** @import { Component } from "../base/component.d.ts" */

const SHOWN_MS = 2000
// A number typed just now reaches the address a moment after its box is left.
const SETTLE_MS = 400

/** @param {Component<{ link: string | null }>} component a link, or null for the address of the page */
export default function ({ parentElement, data }) {
  const button = query(parentElement, "button", HTMLButtonElement)
  const field = query(parentElement, "input", HTMLInputElement)
  button.onclick = async () => {
    if (!data.link) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    const link = data.link ?? location.href
    try {
      await navigator.clipboard.writeText(link)
      button.textContent = "Link copied"
    } catch {
      field.value = link
      field.hidden = false
      field.focus()
      field.select()
      button.textContent = document.execCommand("copy") ? "Link copied" : "Press Ctrl+C"
    }
    setTimeout(() => (button.textContent = "Copy link"), SHOWN_MS)
  }
}
