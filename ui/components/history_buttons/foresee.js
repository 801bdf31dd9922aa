// Which buttons do something, by the newest answer and the presses that it does not know of yet.

/**
 * @param {{position: number, end: number, undoable: boolean, resettable: boolean}} answer
 * @param {{name: string, steps?: number}[]} pressed
 * @returns {Record<string, boolean>} for each button that may do nothing whether it does something
 */
export function foresee(answer, pressed) {
  let { position, end, undoable, resettable } = answer
  for (const { name, steps } of pressed) {
    // What comes after it only Python knows.
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
