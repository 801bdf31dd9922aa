// Which buttons do something, by the newest response and the presses that have not been acknowledged.

/**
 * Where the page stands: at which of how many steps, and whether there is something to undo and to reset.
 * @typedef {{ position: number, end: number, undoable: boolean, resettable: boolean }} History
 */

/** @typedef {"back" | "forward" | "undo" | "reset"} Move a button that may do nothing */

/**
 * @param {History} history by the newest response
 * @param {{ name: string, steps?: number }[]} pressed
 * @returns {Record<Move, boolean>} whether it does something
 */
export function foresee(history, pressed) {
  let { position, end, undoable, resettable } = history
  for (const { name, steps } of pressed) {
    // What comes after it depends on what is taken back.
    if (name === "undo") return { back: true, forward: true, undo: true, reset: true }
    if (name === "back") position = Math.max(position - 1, 0)
    else if (name === "forward") position = Math.min(position + 1, end)
    else {
      position = steps ? position + steps : 0
      end = steps ? Math.max(end, position) : 0
      undoable = true
      resettable = Boolean(steps)
    }
  }
  return { back: position > 0, forward: position < end, undo: undoable, reset: resettable }
}
