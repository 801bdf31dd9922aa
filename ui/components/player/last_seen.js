// What has been seen of a run that is trained on, and has not been sent for good: the tab keeps it, so that a page that is
// loaded again, or let go of by a browser that is short of memory, goes on from there.

import { followSteps } from "../base/step_exchange.js"
import { keyFrame } from "./playback.js"
import { hasUnsent } from "./reel.js"

/** @import { Showing } from "./showing.js" */

const NAME = "backprop-explorer-last-seen"

/**
 * The step at which the playhead was, of those up to `end` that were seen of the run that begins with a film.
 * @typedef {{ film: string, step: number, end: number }} LastSeen
 */

/**
 * Returns what was seen of a film when the page was left, once; null where another page was, or where this one was opened
 * by a link or an address.
 * @param {string} film its key
 * @returns {LastSeen | null}
 */
export function takeLastSeen(film) {
  const kept = read()
  write(null)
  const [opened] = performance.getEntriesByType("navigation")
  const isAgain = opened instanceof PerformanceNavigationTiming && opened.type !== "navigate"
  return isAgain && kept?.film === film ? kept : null
}

/**
 * Keeps what is seen, wherever the page may be left.
 * @param {Showing} showing
 */
export function keepLastSeen(showing) {
  const { scene, playback, learner } = showing

  function keep() {
    const { steps, reached } = scene.reel
    // What has been sent may not have come there yet.
    const isDue = learner.isHandedOver || hasUnsent(scene.reel)
    write(isDue ? { film: showing.own.key, step: steps[keyFrame(playback)], end: reached } : null)
  }

  function keepHidden() {
    // A phone may end a page that is not seen without another word.
    if (document.visibilityState === "hidden") keep()
  }

  addEventListener("pagehide", keep)
  document.addEventListener("visibilitychange", keepHidden)
  const forgetSteps = followSteps(keep)

  return {
    keep,

    stop() {
      removeEventListener("pagehide", keep)
      document.removeEventListener("visibilitychange", keepHidden)
      forgetSteps()
    },
  }
}

/** @returns {LastSeen | null} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null")
  } catch {
    // In a frame of another site the browser may keep nothing.
    return null
  }
}

/** @param {LastSeen | null} seen */
function write(seen) {
  try {
    if (seen) sessionStorage.setItem(NAME, JSON.stringify(seen))
    else sessionStorage.removeItem(NAME)
  } catch {
    // As above.
  }
}
