// Saves the drawing on the page as a picture that stands alone: as SVG, or that SVG painted as PNG.

import { savePicture } from "../base/save_picture.js"

/** @import { Component } from "../base/component.d.ts" */
/** @import { Picture } from "../base/save_picture.js" */

/** @param {Component<unknown>} component */
export default function ({ parentElement }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.disabled = false
    button.onclick = () => {
      const picture = pictureWithin(document)
      if (picture) savePicture(picture, button.dataset.kind ?? "svg", "network")
    }
  }
}

/**
 * The component that draws gives the picture, within this call; null while there is no drawing yet.
 * @param {ParentNode} root
 * @returns {Picture | null}
 */
export function pictureWithin(root) {
  /** @type {Picture[]} */
  const pictures = []
  const take = (/** @type {Picture} */ drawn) => pictures.push(drawn)
  find(root, "svg.network")?.dispatchEvent(
    new CustomEvent("picture", { bubbles: true, detail: { take } }),
  )
  return pictures[0] ?? null
}

/**
 * Components live in shadow trees of their own, which a selector does not enter.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Element | null}
 */
function find(root, selector) {
  const here = root.querySelector(selector)
  if (here) return here
  for (const { shadowRoot } of root.querySelectorAll("*")) {
    const inside = shadowRoot && find(shadowRoot, selector)
    if (inside) return inside
  }
  return null
}
