// How the timeline is moved: by mouse, finger and keys. A step counts once the pointer or the key is let go.

import { followFinger } from "../base/touch.js"
import { pixelOfStep, stepAtPixel } from "./loss_timeline_axis.js"

/** @import { StepAxis } from "./loss_timeline_axis.js" */

const PAGE = 10
/** @type {Record<string, number | undefined>} */
const DISTANCES = {
  ...{ ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 },
  ...{ PageUp: PAGE, PageDown: -PAGE, Home: -Infinity, End: Infinity },
}

/**
 * `at` is the step shown now, `most` the last that can be reached, `width` the track's in the pixels of its axis.
 * @typedef {{ axis: StepAxis, at: number, most: number, width: number }} Track
 */

/** @typedef {{ seek: (step: number) => void, arrive: () => void, leaveTimeline: () => void }} TimelineMoves */

/**
 * The step that a key leads to; null for any other key.
 * @param {string} key
 * @param {number} at
 * @param {number} most
 */
export function stepOfKey(key, at, most) {
  const distance = DISTANCES[key]
  return distance === undefined ? null : Math.min(Math.max(at + distance, 0), most)
}

/**
 * @param {HTMLElement} element
 * @param {() => Track | null} read null where it cannot be moved
 * @param {TimelineMoves} on
 */
export function followMoves(element, read, on) {
  followPointerAlong(element, read, on)
  followFingerAlong(element, read, on)
  followKeysAlong(element, read, on)
}

/**
 * @param {HTMLElement} element
 * @param {() => Track | null} read
 * @param {TimelineMoves} on
 */
function followPointerAlong(element, read, on) {
  /** @type {DOMRect | null} where the track lies while it is dragged */
  let place = null
  const seekAt = (/** @type {number} */ clientX, /** @type {DOMRect} */ { left, width }) => {
    const track = read()
    if (track) on.seek(stepAtPixel(track.axis, ((clientX - left) / width) * track.width, track.most))
  }
  element.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch" || !read()) return
    // Read once: in a frame it would cost a layout.
    place = element.getBoundingClientRect()
    try {
      element.setPointerCapture(event.pointerId)
    } catch {
      // A pointer that has gone already cannot be captured, and need not be.
    }
    seekAt(event.clientX, place)
  })
  element.addEventListener("pointermove", (event) => {
    if (place && event.pointerType !== "touch") seekAt(event.clientX, place)
  })
  /** @param {() => void} done */
  const finish = (done) => () => {
    if (!place) return
    place = null
    done()
  }
  element.addEventListener("pointerup", finish(on.arrive))
  element.addEventListener("pointercancel", finish(on.leaveTimeline))
  // A finger that has scrolled makes no click.
  element.addEventListener("click", (event) => {
    if (!(event instanceof PointerEvent) || event.pointerType !== "touch") return
    seekAt(event.clientX, element.getBoundingClientRect())
    on.arrive()
  })
}

/**
 * @param {HTMLElement} element
 * @param {() => Track | null} read
 * @param {TimelineMoves} on
 */
function followFingerAlong(element, read, on) {
  let start = 0
  followFinger(element, {
    thumb: (width) => {
      const track = read()
      return track ? pixelOfStep(track.axis, track.at) * width / track.width : -Infinity
    },
    touch: () => {},
    start: () => {
      const track = read()
      start = track ? pixelOfStep(track.axis, track.at) : 0
    },
    move: (pixels, width) => {
      const track = read()
      if (track) on.seek(stepAtPixel(track.axis, start + pixels * track.width / width, track.most))
    },
    end: on.arrive,
    cancel: on.leaveTimeline,
  })
}

/**
 * A key that is held moves on, and counts once it is let go.
 * @param {HTMLElement} element
 * @param {() => Track | null} read
 * @param {TimelineMoves} on
 */
function followKeysAlong(element, read, on) {
  element.addEventListener("keydown", (event) => {
    const track = read()
    if (!track || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Escape") return on.leaveTimeline()
    const step = stepOfKey(event.key, track.at, track.most)
    if (step === null) return
    event.preventDefault()
    on.seek(step)
  })
  element.addEventListener("keyup", on.arrive)
  element.addEventListener("blur", on.arrive)
}
