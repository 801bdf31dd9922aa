// Saves a picture that is given as SVG: as it is, or painted as PNG.

const SCALE = 2

/**
 * @param {{ text: string, width: number, height: number }} picture
 * @param {string} kind "svg" or "png"
 * @param {string} name of the file, without its ending
 */
export async function savePicture(picture, kind, name) {
  const blob = kind === "svg" ? new Blob([picture.text], { type: "image/svg+xml" }) : await painted(picture)
  saveBlob(blob, `${name}.${kind}`)
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

function saveBlob(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}
