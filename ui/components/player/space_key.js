// The space bar plays and pauses wherever nothing that has the focus uses it.

const PAGE = "body, main, [data-testid=stMain], [data-testid=stAppViewContainer]"

/**
 * @param {() => void} toggle
 * @returns {() => void} what ends it
 */
export function followSpace(toggle) {
  /** @param {KeyboardEvent} event */
  function press(event) {
    const { key, repeat, ctrlKey, metaKey, altKey, shiftKey } = event
    if (key !== " " || repeat || ctrlKey || metaKey || altKey || shiftKey) return
    if (!document.activeElement?.matches(PAGE) || document.querySelector("[role=dialog]")) return
    event.preventDefault()
    toggle()
  }
  document.addEventListener("keydown", press)
  return () => document.removeEventListener("keydown", press)
}
