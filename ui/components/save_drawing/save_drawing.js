// Saves the drawing on the page as a picture that stands alone: as SVG, or that SVG painted as PNG.

const SCALE = 2

export default function ({ parentElement }) {
  for (const button of parentElement.querySelectorAll("button")) {
    button.onclick = async () => {
      const picture = pictureOfPage()
      const kind = button.dataset.kind
      save(
        kind === "svg" ? new Blob([picture.text], { type: "image/svg+xml" }) : await painted(picture),
        `network.${kind}`,
      )
    }
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

async function painted({ text, width, height }) {
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
