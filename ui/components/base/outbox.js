// What leaves a component for Python: when it may go, and once more where no response comes.

import { followRuns, hasEnded, isLeavingPage } from "./page_run.js"
import { makePending } from "./pending.js"

/** @import { SetStateValue } from "./component.d.ts" */
/** @import { Message, Outbox, Pending } from "./protocol.d.ts" */

const REPEAT_MS = 1500
// Where nothing has come back at all: a run may take so long, which a message would begin anew.
const ALONE_REPEAT_MS = 5000
const LONGEST_REPEAT_MS = 40_000
const LEAVING = ["click", "focusin"]

/**
 * @template {object} Item
 * @template {object} Posted
 * @template {object} With
 * @param {Element} host what belongs to the component; whoever leaves it sends what is held
 * @param {string} field the name of the message with items
 * @param {string} list what the items are called in it
 * @returns {Outbox<Item, Posted, With>}
 */
export function makeOutbox(host, field, list) {
  /** @type {Pending<Item & { session: string | null, at: string }>} */
  const pending = makePending(field, list)
  /** @type {Map<string, unknown>} */
  const held = new Map()
  /** @type {Map<string, unknown>} what comes from no reader, and can wait */
  const waiting = new Map()
  /** @type {SetStateValue | null} */
  let setStateValue = null
  let isOpen = false
  /** @type {string | null} the run of the whole page that has to end before anything is sent */
  let awaited = null
  let forgetRuns = () => {}
  /** @type {number | undefined} */
  let repeating
  /** @type {Message | null} */
  let queued = null
  let underway = 0
  let taken = 0
  /** @type {string | null} */
  let session = null

  /**
   * @param {string} name
   * @param {unknown} value
   */
  function emit(name, value) {
    if (setStateValue && isOpen) setStateValue(name, value)
    else held.set(name, value)
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  function emitLater(name, value) {
    waiting.set(name, value)
    emitWaiting()
  }

  function emitWaiting() {
    if (!setStateValue || !isOpen || isLeavingPage()) return
    for (const [name, value] of waiting) emit(name, value)
    waiting.clear()
  }

  // The reader may be at work before the page's first run has ended.
  function open() {
    isOpen = true
    for (const [name, value] of held) emit(name, value)
    held.clear()
    emitWaiting()
  }

  function openAfterRun() {
    if (isOpen) emitWaiting()
    else if (awaited === null || hasEnded(awaited)) open()
  }

  /**
   * What is done elsewhere on the page has to work with what was done here before.
   * @param {Event} event
   */
  function leave(event) {
    if (event.composedPath().includes(host)) return
    if (event.type === "click") open()
    emitQueued()
  }

  function emitQueued() {
    if (!queued) return
    const message = queued
    queued = null
    if (message.seq <= taken) return
    underway = message.seq
    emit(field, message)
  }

  /**
   * A server that has just taken over from another one may have missed what was sent while it ran the page for the
   * first time: it is sent once more, until it is acknowledged.
   * @param {number} seq
   * @param {number} [wait] in milliseconds
   * @param {number} [growth] by which each wait is longer than the one before
   */
  function repeat(seq, wait = REPEAT_MS, growth = 1) {
    clearTimeout(repeating)
    repeating = setTimeout(() => {
      repeating = undefined
      const messages = pending.repeated(seq)
      if (!messages.length) return
      if (!isLeavingPage()) { for (const [name, message] of messages) emit(name, message) }
      repeat(seq, Math.min(growth * wait, LONGEST_REPEAT_MS), growth)
    }, wait)
  }

  /**
   * @param {Item} item
   * @param {With} along
   * @param {unknown} [key]
   */
  function makeMessage(item, along, key) {
    const at = location.search
    return pending.add({ ...item, session, at }, { key, at }, along)
  }

  return {
    get items() {
      return pending.items
    },

    emit: emitLater,

    number() {
      return pending.next()
    },

    request(name, value) {
      emitLater(name, { seq: pending.newest, ...value })
    },

    post(name, value) {
      emit(name, pending.put(name, value))
    },

    postOnce(name, value) {
      emitLater(name, { seq: pending.next(), ...value })
    },

    postLater(name, value) {
      emitLater(name, pending.put(name, value))
      if (repeating === undefined) repeat(taken, ALONE_REPEAT_MS, 2)
    },

    add(item, along, key) {
      emit(field, makeMessage(item, along, key))
    },

    addInTurn(item, along) {
      queued = makeMessage(item, along)
      if (taken >= underway) emitQueued()
    },

    receive(seq, way, name = null, run = null) {
      const isFirst = !setStateValue
      setStateValue = way
      session = name
      awaited = run
      taken = seq
      if (isFirst) {
        pending.start(seq)
        forgetRuns = followRuns(openAfterRun)
        for (const kind of LEAVING) document.addEventListener(kind, leave, true)
      }
      openAfterRun()
      clearTimeout(repeating)
      repeating = undefined
      const isNewest = pending.acknowledge(seq)
      if (!isNewest) repeat(seq)
      if (taken >= underway) emitQueued()
      return isNewest
    },

    stop() {
      forgetRuns()
      clearTimeout(repeating)
      for (const kind of LEAVING) document.removeEventListener(kind, leave, true)
    },
  }
}
