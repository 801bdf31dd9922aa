// What stays in sight while the page scrolls covers what lies below it. The page leaves that room free where it scrolls
// to what gets the focus.

const ABOVE = "--covered-above"
const BELOW = "--covered-below"

/**
 * Leaves the room free that two elements take at the ends of what scrolls, where they are stuck there. Not in a frame,
 * as it reads the layout.
 * @param {HTMLElement} above
 * @param {HTMLElement | null} below
 */
export function leaveRoom(above, below = null) {
  setRoom(ABOVE, coverOf(above, "top"))
  setRoom(BELOW, below ? coverOf(below, "bottom") : 0)
}

export function leaveNoRoom() {
  for (const name of [ABOVE, BELOW]) document.documentElement.style.removeProperty(name)
}

/**
 * @param {string} name
 * @param {number} pixels
 */
function setRoom(name, pixels) {
  document.documentElement.style.setProperty(name, `${Math.ceil(pixels)}px`)
}

/**
 * @param {HTMLElement} element
 * @param {"top" | "bottom"} side
 */
function coverOf(element, side) {
  const style = getComputedStyle(element)
  return style.position === "sticky" ? parseFloat(style[side]) + element.offsetHeight : 0
}
