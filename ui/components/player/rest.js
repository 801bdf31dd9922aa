// A choice that the arrow keys go through: only where they come to rest is it taken, as each would be a change of its own.

const CHOICE_MS = 700

/** @typedef {ReturnType<typeof takeAtRest>} Rest */

/**
 * @param {HTMLElement} root in which it is chosen
 * @param {() => void} take takes what is chosen now
 */
export function takeAtRest(root, take) {
  let byKey = false
  /** @type {number | null} */
  let waiting = null

  function finish() {
    if (waiting === null) return
    clearTimeout(waiting)
    waiting = null
    take()
  }

  root.addEventListener("keydown", ({ key }) => {
    byKey = true
    if (key === "Enter") finish()
  })
  root.addEventListener("pointerdown", () => {
    byKey = false
  })
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && root.contains(relatedTarget))) finish()
  })

  return {
    /** Something else has been chosen. */
    choose() {
      if (waiting !== null) clearTimeout(waiting)
      waiting = null
      if (byKey) waiting = setTimeout(finish, CHOICE_MS)
      else take()
    },

    /** Whether what is chosen has not been taken yet. */
    get isWaiting() {
      return waiting !== null
    },
  }
}
