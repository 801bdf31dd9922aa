// What an outbox uses of a browser: the page with its state, events, timers and address, moved by hand.

/** @typedef {(event: { type: string, composedPath: () => unknown[] }) => void} Listener */

/**
 * Stands in for the browser until `restore` is called.
 * @param {{ state?: string, search?: string }} page the state of Streamlit's script, and the query string
 */
export function makeFakePage({ state = "notRunning", search = "" } = {}) {
  /** @type {Map<string, Set<Listener>>} */
  const listeners = new Map()
  /** @type {Map<number, () => void>} */
  const timers = new Map()
  /** @type {Set<() => void>} */
  const observers = new Set()
  let count = 0

  class FakeObserver {
    /** @param {() => void} changed */
    constructor(changed) {
      this.changed = changed
    }
    observe() {
      observers.add(this.changed)
    }
    disconnect() {
      observers.delete(this.changed)
    }
  }

  const fakes = {
    document: {
      querySelector: () => ({ getAttribute: () => state }),

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
    MutationObserver: FakeObserver,

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
    /** How many timers, listeners and observers there are. */
    get waiting() {
      return timers.size + observers.size + [...listeners.values()].reduce((sum, { size }) => sum + size, 0)
    },

    /** Streamlit's script comes to another state. */
    setState(/** @type {string} */ next) {
      state = next
      for (const changed of [...observers]) changed()
    },

    /** All timers run out. */
    runTimers() {
      const due = [...timers.values()]
      timers.clear()
      for (const call of due) call()
    },

    /** Something happens on the page, at an element within those of `path`. */
    dispatch(/** @type {string} */ type, /** @type {unknown[]} */ path) {
      for (const listener of listeners.get(type) ?? []) listener({ type, composedPath: () => path })
    },

    restore() {
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor)
        else Reflect.deleteProperty(globalThis, name)
      }
    },
  }
}
