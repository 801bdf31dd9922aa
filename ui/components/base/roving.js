// One stop of the Tab key for all items of a drawing, or of a row of tabs; arrow keys move among them. The stop stays on the same item
// when the drawing is built anew, and so does the focus.

import { focusedBeside, set } from "./dom.js"

/** @type {Record<string, number | undefined>} */
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** @typedef {{ key: string, group: SVGElement | HTMLElement }} Stop an item, by its key */
/** @typedef {{ items: Stop[], current: Stop }} Roving */

/**
 * @param {Stop[]} items at least one, in the order of the arrow keys
 * @param {string | undefined} key the item that Tab leads to; the first where there is no such item
 * @returns {Roving}
 */
export function makeRoving(items, key) {
  const roving = { items, current: items.find((item) => item.key === key) ?? items[0] }
  for (const item of items) set(item.group, "tabindex", item === roving.current ? 0 : -1)
  return roving
}

/**
 * @param {Roving} roving
 * @param {Stop} item
 */
function stopAt(roving, item) {
  set(roving.current.group, "tabindex", -1)
  set(item.group, "tabindex", 0)
  roving.current = item
}

/**
 * Moves the stop, and not the focus, to the item of a key.
 * @param {Roving} roving
 * @param {string} key
 */
export function stopAtKey(roving, key) {
  const item = roving.items.find((each) => each.key === key)
  if (item && item !== roving.current) stopAt(roving, item)
}

/**
 * Moves the stop to an item that has got the focus by itself, as a press gives it.
 * @param {Roving} roving
 * @param {FocusEvent} event
 */
export function followFocus(roving, { target }) {
  const item = target instanceof Node && roving.items.find(({ group }) => group.contains(target))
  if (item && item !== roving.current) stopAt(roving, item)
}

/**
 * Moves the focus to the next or previous item, around the ends; returns whether the key was such a move.
 * @param {Roving} roving
 * @param {KeyboardEvent} event
 */
export function moveByKey(roving, { key, shiftKey }) {
  const move = shiftKey ? undefined : MOVES[key]
  if (!move) return false
  const { items, current } = roving
  stopAt(roving, items[(items.indexOf(current) + move + items.length) % items.length])
  roving.current.group.focus()
  return true
}

/**
 * Puts a drawing in the place of the one before it.
 * @param {Element} place
 * @param {Element[]} parts
 * @param {Roving} roving of the new drawing
 */
export function replaceDrawing(place, parts, roving) {
  const focused = place.contains(focusedBeside(place))
  place.replaceChildren(...parts)
  if (focused) roving.current.group.focus()
}
