// Saves a picture that is given as SVG: as it is, or painted as PNG.

import { contextOf } from "./canvas.js"

const SCALE = 2

/** @typedef {{ text: string, width: number, height: number }} Picture an SVG as text, and its size in pixels */

/**
 * @param {Picture} picture
 * @param {string} kind "svg" or "png"
 * @param {string} name of the file, without its ending
 */
export async function savePicture(picture, kind, name) {
  const blob = kind === "svg" ? new Blob([picture.text], { type: "image/svg+xml" }) : await painted(picture)
  saveBlob(blob, `${name}.${kind}`)
}

/**
 * @param {Picture} picture
 * @returns {Promise<Blob>}
 */
async function painted({ text, width, height }) {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  contextOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => {
      if (blob) done(blob)
      else fail(new Error(`A picture of ${canvas.width} × ${canvas.height} pixels is too large for a PNG`))
    }, "image/png")
  )
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function saveBlob(blob, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}
