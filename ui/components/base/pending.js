// What a component has sent: numbered, and kept until Python has acknowledged it.

/** @import { Message, Numbered, Pending } from "./protocol.d.ts" */

// The components of a page count together, so that Python can take in order what several of them have sent.
const NEWEST = Symbol.for("backprop-explorer.newest")
const NEWEST_CHANGE = Symbol.for("backprop-explorer.newest-change")
const ACKNOWLEDGED = Symbol.for("backprop-explorer.acknowledged")

// A symbol on the global object has no declaration, so that no name of it can be taken elsewhere.
const counters = /** @type {Record<symbol, number | undefined>} */ (/** @type {unknown} */ (globalThis))

/** The number of what a component of the page has sent last, 0 where none has sent anything. */
export function newestNumber() {
  return counters[NEWEST] ?? 0
}

/** The number of the newest change that Python has not acknowledged, 0 where it has all. */
export function newestOnItsWay() {
  const change = counters[NEWEST_CHANGE] ?? 0
  return change > (counters[ACKNOWLEDGED] ?? 0) ? change : 0
}

/** @param {number} least what the number has to exceed, as well as all those before it */
function nextNumber(least) {
  const number = Math.max(newestNumber(), least) + 1
  counters[NEWEST] = number
  return number
}

/**
 * Python may pass over a message for the next one while it is at work: so a message with an item brings all
 * items that have not been acknowledged.
 * @template {object} Item
 * @param {string} field the name of the message with items
 * @param {string} list what the items are called in it
 * @returns {Pending<Item>}
 */
export function makePending(field, list) {
  /** @type {Map<string, Message>} */
  const messages = new Map()
  /** @type {Map<unknown, { item: Item & Numbered, at: string }>} */
  const items = new Map()
  let newest = 0

  /**
   * @param {string} name
   * @param {object} value
   * @returns {Message}
   */
  function keep(name, value) {
    const message = { seq: newest, ...value }
    messages.set(name, message)
    return message
  }

  function listItems() {
    return [...items.values()].map(({ item }) => item)
  }

  return {
    get newest() {
      return newest
    },

    get items() {
      return listItems()
    },

    start(seq) {
      newest = seq
    },

    next() {
      newest = nextNumber(newest)
      return newest
    },

    put(name, value) {
      newest = nextNumber(newest)
      return keep(name, value)
    },

    add(item, { key = {}, at }, along = {}) {
      newest = nextNumber(newest)
      counters[NEWEST_CHANGE] = newest
      items.delete(key)
      items.set(key, { item: { seq: newest, ...item }, at })
      const [oldest] = items.values()
      return keep(field, { [list]: listItems(), at: oldest.at, ...along })
    },

    acknowledge(seq) {
      counters[ACKNOWLEDGED] = Math.max(counters[ACKNOWLEDGED] ?? 0, seq)
      for (const [key, { item }] of items) if (item.seq <= seq) items.delete(key)
      return seq >= newest
    },

    repeated(seq) {
      for (const message of messages.values()) message.times = (message.times ?? 1) + 1
      return [...messages].filter(([, message]) => message.seq > seq)
        .map(([name, message]) => [name, { ...message }])
    },
  }
}
