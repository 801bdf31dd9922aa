// Saves the drawing on the page as a picture that stands alone: as SVG, or that SVG painted as PNG.

import { savePicture } from "../base/save_picture.js"

export default function ({ parentElement }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = () => savePicture(pictureOfPage(), button.dataset.kind, "network")
  }
}

// The component that draws gives the picture, within this call.
function pictureOfPage() {
  let picture = null
  const take = (drawn) => (picture = drawn)
  find(document, "svg.network").dispatchEvent(new CustomEvent("picture", { bubbles: true, detail: { take } }))
  return picture
}

// Components live in shadow trees of their own, which a selector does not enter.
function find(root, selector) {
  return root.querySelector(selector) ??
    [...root.querySelectorAll("*")].map((node) => node.shadowRoot && find(node.shadowRoot, selector)).find(
      Boolean,
    )
}
