// What a component has sent: numbered, and kept until Python has acknowledged it.

// The components of a page count together, so that Python can take in order what several of them have sent.
const NEWEST = Symbol.for("backprop-explorer.newest")

/** @param {number} least what the number has to exceed, as well as all those before it */
function nextNumber(least) {
  globalThis[NEWEST] = Math.max(globalThis[NEWEST] ?? 0, least) + 1
  return globalThis[NEWEST]
}

/**
 * Python may pass over a message for the next one while it is at work: so a message with an item brings all
 * items that have not been acknowledged.
 */
export function makePending() {
  const messages = new Map()
  const items = new Map()
  let newest = 0

  return {
    get newest() {
      return newest
    },

    /** The items that have not been acknowledged, oldest first. */
    get items() {
      return [...items.values()].map(({ item }) => item)
    },

    /** @param {number} seq the newest number that Python knows of, from before this component was there */
    start(seq) {
      newest = seq
    },

    /**
     * Numbers a message.
     * @param {string} name
     * @param {object} value
     */
    put(name, value) {
      newest = nextNumber(newest)
      messages.set(name, { seq: newest, ...value })
      return messages.get(name)
    },

    /**
     * Makes the message `name` with one item more, which takes the place of an earlier one with its key. Its `at` is
     * the address at which the oldest of its items was made.
     * @param {string} name
     * @param {string} list what the items are called in the message
     * @param {object} item
     * @param {{key?: unknown, at: string} & Record<string, unknown>} made where it was made, and what goes with it
     */
    add(name, list, item, { key = {}, at, ...rest }) {
      newest = nextNumber(newest)
      items.delete(key)
      items.set(key, { item: { seq: newest, ...item }, at })
      const [oldest] = items.values()
      messages.set(name, { seq: newest, [list]: this.items, at: oldest.at, ...rest })
      return messages.get(name)
    },

    /**
     * Forgets what Python has taken.
     * @param {number} seq the newest number that it has taken
     * @returns {boolean} whether nothing newer is on its way
     */
    acknowledge(seq) {
      for (const [key, { item }] of items) if (item.seq <= seq) items.delete(key)
      return seq >= newest
    },

    /**
     * The messages newer than `seq`, by name, to be sent once more. Each time they are other ones, as Streamlit passes
     * over what it knows, and over the address in it too.
     * @param {number} seq
     */
    repeated(seq) {
      for (const message of messages.values()) message.times = (message.times ?? 1) + 1
      return [...messages].filter(([, message]) => message.seq > seq)
        .map(([name, message]) => [name, { ...message }])
    },
  }
}
