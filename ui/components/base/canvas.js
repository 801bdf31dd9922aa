// Drawing on a canvas.

// Sharp on fine screens, but not four times the work on the finest.
export const SHARPEST = 2

/**
 * The context to draw on a canvas with; an error where the browser has none.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} settings
 */
export function contextOf(canvas, settings = {}) {
  const context = canvas.getContext("2d", settings)
  if (!context) throw new Error("The browser cannot draw on a canvas")
  return context
}

/**
 * Gives a canvas a size in pixels of the page, in which all is drawn from then on.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 */
export function fitCanvas(context, width, height) {
  const { canvas } = context
  // On a projector the page enlarges what is drawn.
  const ratio = Math.min(devicePixelRatio || 1, SHARPEST) * (canvas.currentCSSZoom ?? 1)
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  // A box of another size than its pixels would blur them.
  canvas.style.width = `${canvas.width / ratio}px`
  canvas.style.height = `${canvas.height / ratio}px`
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
}

/**
 * Gives a canvas that is not on the page the pixels and the transform of one that is.
 * @param {CanvasRenderingContext2D} context
 * @param {CanvasRenderingContext2D} like
 */
export function fitCanvasLike(context, like) {
  context.canvas.width = like.canvas.width
  context.canvas.height = like.canvas.height
  context.setTransform(like.getTransform())
}

/**
 * Shows what another canvas has, pixel by pixel.
 * @param {CanvasRenderingContext2D} context
 * @param {CanvasRenderingContext2D} source of as many pixels
 */
export function copyCanvas(context, source) {
  const transform = context.getTransform()
  context.resetTransform()
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.drawImage(source.canvas, 0, 0)
  context.setTransform(transform)
}
