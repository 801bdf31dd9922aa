// Saves the drawing on the page as a picture that stands alone: an SVG with its styles written into it, or that
// SVG painted as a PNG.

const SCALE = 2
const STYLES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "fill-opacity",
  "opacity",
  "visibility",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "text-anchor",
]

export default function ({ parentElement }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = async () => {
      const drawing = find(document, "svg.network")
      const text = standalone(drawing)
      const kind = button.dataset.kind
      save(
        kind === "svg" ? new Blob([text], { type: "image/svg+xml" }) : await painted(text, drawing),
        `network.${kind}`,
      )
    }
  }
}

// Components live in shadow trees of their own, which a selector does not enter.
function find(root, selector) {
  return root.querySelector(selector) ??
    [...root.querySelectorAll("*")].map((node) => node.shadowRoot && find(node.shadowRoot, selector)).find(
      Boolean,
    )
}

function standalone(drawing) {
  const copy = drawing.cloneNode(true)
  const shown = [drawing, ...drawing.querySelectorAll("*")]
  ;[copy, ...copy.querySelectorAll("*")].forEach((node, k) => {
    const style = getComputedStyle(shown[k])
    for (const name of STYLES) node.style.setProperty(name, style.getPropertyValue(name))
    for (const name of ["class", "tabindex", "role", "data-id", "data-item", "aria-label"]) {
      node.removeAttribute(name)
    }
  })
  const { width, height } = size(drawing)
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg")
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`)
  const part = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag)
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
    return node
  }
  const background = getComputedStyle(drawing).getPropertyValue("--st-background-color")
  // The player draws what moves on a canvas below its SVG.
  const canvas = drawing.previousElementSibling
  const below = canvas ? [part("image", { width, height, href: canvas.toDataURL() })] : []
  copy.prepend(part("rect", { width, height, fill: background }), ...below)
  return new XMLSerializer().serializeToString(copy)
}

function size(drawing) {
  return { width: Number(drawing.getAttribute("width")), height: Number(drawing.getAttribute("height")) }
}

async function painted(text, drawing) {
  const { width, height } = size(drawing)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, "image/png"))
}

function save(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}
