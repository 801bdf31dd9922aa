// What leaves a component for Python: when it may go, and once more where no answer comes.

import { makePending } from "./pending.js"

const REPEAT_MS = 1500
const PAGE_POLL_MS = 50
const PAGE_POLLS = 40
const LEAVING = ["click", "focusin"]

/** @param {Element} host what belongs to the component; whoever leaves it lets go what waits */
export function makeOutbox(host) {
  const pending = makePending()
  let setStateValue = null
  let early = new Map()
  let opening = null
  let repeating = null
  let patient = null
  let underway = 0
  let taken = 0
  let session = null

  function emit(name, value) {
    if (early) early.set(name, value)
    else setStateValue(name, value)
  }

  // The reader may be at work before the page's first run has ended. Streamlit would run a part of the page right
  // behind it, of which one browser was left without the blocks that the part stands in: what is sent waits.
  function waitForPage(polls) {
    const running = document.querySelector(".stApp")?.dataset.testScriptState === "running"
    if (running && polls > 0) opening = setTimeout(waitForPage, PAGE_POLL_MS, polls - 1)
    else emitWhatWaits()
  }

  // What is done elsewhere on the page has to work with what was done here before.
  function leave(event) {
    if (event.composedPath().includes(host)) return
    if (event.type === "click") emitWhatWaits()
    emitPatient()
  }

  function emitWhatWaits() {
    clearTimeout(opening)
    const waiting = early ?? []
    early = null
    for (const [name, value] of waiting) setStateValue(name, value)
  }

  function emitPatient() {
    if (!patient) return
    const [name, message] = patient
    patient = null
    if (message.seq <= taken) return
    underway = message.seq
    emit(name, message)
  }

  // A server that has just taken over from another one may have missed what was sent while it ran the page for the
  // first time: it is sent once more, until it is acknowledged.
  function repeat(seq) {
    clearTimeout(repeating)
    repeating = setTimeout(() => {
      for (const [name, message] of pending.repeated(seq)) emit(name, message)
      repeat(seq)
    }, REPEAT_MS)
  }

  return {
    pending,
    emit,

    /**
     * Takes what has come from Python: the newest number that it has taken, and the way back.
     * @param {number} seq
     * @param {(name: string, value: unknown) => void} way
     * @param {string | null} name the session that Python has of this visitor; another server has another one
     * @returns {boolean} whether that was made with the newest message
     */
    receive(seq, way, name = null) {
      if (!setStateValue) {
        pending.start(seq)
        opening = setTimeout(waitForPage, PAGE_POLL_MS, PAGE_POLLS)
        for (const kind of LEAVING) document.addEventListener(kind, leave, true)
      }
      setStateValue = way
      session = name
      taken = seq
      clearTimeout(repeating)
      const isNewest = pending.acknowledge(seq)
      if (!isNewest) repeat(seq)
      if (taken >= underway) emitPatient()
      return isNewest
    },

    /** Sends what belongs to the newest message. */
    request(name, value) {
      emit(name, { seq: pending.newest, ...value })
    },

    /** Sends a message with a number of its own. */
    post(name, value) {
      emit(name, pending.put(name, value))
    },

    /** Sends an item with all those that have not been acknowledged. */
    add(name, list, item, made = {}) {
      emit(name, pending.add(name, list, { ...item, session }, { at: window.location.search, ...made }))
    },

    /**
     * Sends an item as `add` does, but behind the answer to the one before it: of many messages at once Streamlit
     * answers some by what the browser does not have any more.
     */
    addPatiently(name, list, item) {
      patient = [name, pending.add(name, list, { ...item, session }, { at: window.location.search })]
      if (taken >= underway) emitPatient()
    },

    stop() {
      clearTimeout(opening)
      clearTimeout(repeating)
      for (const kind of LEAVING) document.removeEventListener(kind, leave, true)
    },
  }
}
