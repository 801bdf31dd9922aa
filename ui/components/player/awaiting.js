// A change of the panel that is on its way to Python: meanwhile the panel has it, and the drawing is of the run before.

// Of a shorter wait nobody has to know; in a longer one the drawing is marked.
const MARKED_MS = 600

/** What stands below the drawing meanwhile. */
export const ON_ITS_WAY =
  "The change is on its way. Until the response comes, the drawing shows the run before the change."

/** @typedef {ReturnType<typeof makeAwaiting>} Awaiting */

/**
 * @param {HTMLElement} host
 * @param {() => void} changed called when the mark has come or gone
 */
export function makeAwaiting(host, changed) {
  /** @type {number | undefined} */
  let waiting
  let isLate = false

  /** @param {boolean} now */
  function mark(now) {
    if (isLate === now) return
    isLate = now
    host.classList.toggle("awaiting", now)
    changed()
  }

  function stop() {
    clearTimeout(waiting)
    waiting = undefined
  }

  return {
    /** The sentence to show, "" for none. */
    get note() {
      return isLate ? ON_ITS_WAY : ""
    },

    /** @param {boolean} isOnItsWay whether a change is, as things stand now */
    follow(isOnItsWay) {
      if (isOnItsWay) return void (waiting ??= setTimeout(() => mark(true), MARKED_MS))
      stop()
      mark(false)
    },

    stop,
  }
}
