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
  const ratio = Math.min((devicePixelRatio || 1) * (canvas.currentCSSZoom ?? 1), SHARPEST)
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  canvas.style.width = `${width}px`
  canvas.style.height = `${height}px`
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
}
