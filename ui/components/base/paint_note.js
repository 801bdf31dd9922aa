// Notes for Python that a component is drawn: what stands around it comes then.

import { newestEndedRun } from "./page_run.js"

/**
 * A page that is left and opened again may find the browser with the component that it had before. So Python is sent
 * the note again where it does not know of it, once after each run of the whole page. It has the number of its times, as
 * Streamlit passes over a value that it has already.
 * @param {(times: number) => void} send
 * @returns {(isKnown?: boolean) => void} what follows each drawing; `isKnown` is whether Python had the note by then
 */
export function makePaintNote(send) {
  /** @type {string | null} */
  let sentAfter = null
  let times = 0
  return (isKnown) => {
    const ended = newestEndedRun()
    if (sentAfter !== null && (isKnown || sentAfter === ended)) return
    sentAfter = ended
    requestAnimationFrame(() => send(++times))
  }
}
