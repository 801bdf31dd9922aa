// What an outbox uses of a browser: the page with its state, events, timers and address, moved by hand.

/** @typedef {(event: { type: string, composedPath: () => unknown[] }) => void} Listener */

/**
 * Stands in for the browser until `restore` is called.
 * @param {{ search?: string }} page the query string
 */
export function makeFakePage({ search = "" } = {}) {
  /** @type {Map<string, Set<Listener>>} */
  const listeners = new Map()
  /** @type {Map<number, () => void>} */
  const timers = new Map()
  let count = 0

  /** @param {{ type: string, composedPath: () => unknown[] }} event */
  function dispatchEvent(event) {
    for (const listener of listeners.get(event.type) ?? []) listener(event)
  }

  const fakes = {
    document: {
      dispatchEvent,

      /**
       * @param {string} type
       * @param {Listener} listener
       */
      addEventListener(type, listener) {
        listeners.set(type, (listeners.get(type) ?? new Set()).add(listener))
      },

      /**
       * @param {string} type
       * @param {Listener} listener
       */
      removeEventListener(type, listener) {
        listeners.get(type)?.delete(listener)
      },
    },
    location: { search },

    /** @param {() => void} call */
    requestAnimationFrame(call) {
      call()
    },

    /** @param {() => void} call */
    setTimeout(call) {
      timers.set(count += 1, call)
      return count
    },

    /** @param {number} timer */
    clearTimeout(timer) {
      timers.delete(timer)
    },
  }
  const before = Object.keys(fakes).map((
    name,
  ) => /** @type {const} */ ([name, Object.getOwnPropertyDescriptor(globalThis, name)]))
  for (const [name, value] of Object.entries(fakes)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }

  return {
    /** How many timers and listeners there are. */
    get waiting() {
      return timers.size + [...listeners.values()].reduce((sum, { size }) => sum + size, 0)
    },

    /** All timers run out. */
    runTimers() {
      const due = [...timers.values()]
      timers.clear()
      for (const call of due) call()
    },

    /** Something happens on the page, at an element within those of `path`. */
    dispatch(/** @type {string} */ type, /** @type {unknown[]} */ path) {
      dispatchEvent({ type, composedPath: () => path })
    },

    restore() {
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor)
        else Reflect.deleteProperty(globalThis, name)
      }
    },
  }
}
