// Fingers: a drag starts on the thumb and goes sideways; whatever else a finger does scrolls, and changes nothing.

const REACH = 22
export const SLOP = 6
const SWIPE = 40

/**
 * Follows a finger from the thumb of a horizontal slider. The element's CSS leaves vertical moves to the page.
 * @param {HTMLElement} element
 * @param {object} on
 * @param {(width: number) => number} on.thumb where the thumb's center is, for the element's width in pixels
 * @param {() => void} on.touch the thumb has been touched
 * @param {() => void} on.start the drag begins
 * @param {(pixels: number, width: number) => void} on.move how far the finger is from where it touched
 * @param {() => void} on.end the finger has been lifted after a drag
 * @param {() => void} on.cancel the page has taken the drag for a scroll
 */
export function followFinger(element, on) {
  /** @type {{ x: number, y: number, width: number, moved: boolean } | null} */
  let drag = null
  element.addEventListener("pointerdown", (event) => {
    drag = null
    if (event.pointerType !== "touch" || !event.isPrimary) return
    // Where the element lies is read once: in a frame it would cost a layout.
    const { left, width } = element.getBoundingClientRect()
    if (Math.abs(event.clientX - left - on.thumb(width)) > REACH) return
    drag = { x: event.clientX, y: event.clientY, width, moved: false }
    on.touch()
  })
  element.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerType !== "touch" || !event.isPrimary) return
    const across = event.clientX - drag.x
    if (!drag.moved) {
      if (Math.abs(across) < SLOP || Math.abs(across) < Math.abs(event.clientY - drag.y)) return
      drag.moved = true
      on.start()
    }
    on.move(across, drag.width)
  })
  /** @type {(done: () => void) => (event: PointerEvent) => void} */
  const finish = (done) => (event) => {
    if (!drag || event.pointerType !== "touch" || !event.isPrimary) return
    const { moved } = drag
    drag = null
    if (moved) done()
  }
  element.addEventListener("pointerup", finish(on.end))
  element.addEventListener("pointercancel", finish(on.cancel))
}

/**
 * Follows a finger that is swiped sideways over an element, whose CSS leaves vertical moves to the page.
 * @param {HTMLElement} element
 * @param {(by: 1 | -1) => void} onSwipe on to what comes next, or back
 */
export function followSwipe(element, onSwipe) {
  /** @type {{ x: number, y: number } | null} */
  let from = null
  element.addEventListener("pointerdown", (event) => {
    from = event.pointerType === "touch" && event.isPrimary ? { x: event.clientX, y: event.clientY } : null
  })
  element.addEventListener("pointerup", ({ clientX, clientY }) => {
    const across = from ? clientX - from.x : 0
    if (from && Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(clientY - from.y)) {
      onSwipe(across < 0 ? 1 : -1)
    }
    from = null
  })
  element.addEventListener("pointercancel", () => {
    from = null
  })
}

/**
 * The wording for a screen whose pointer can rest on something, or the one for a touch screen.
 * @param {string} hovering
 * @param {string} touching
 * @returns {string}
 */
export function byPointer(hovering, touching) {
  return matchMedia("(hover: none)").matches ? touching : hovering
}
