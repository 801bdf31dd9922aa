// Drawing on a canvas.

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
