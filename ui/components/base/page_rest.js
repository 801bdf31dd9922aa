// When the page's first run has ended. Streamlit runs a part of the page right behind the run of the whole, and under
// load one browser in some hundred and fifty was then left without the blocks that the part stands in ("Bad delta path
// index"; seen with Streamlit 1.67). This can go when a part may run at any time.

const RUNNING = "running"
const ATTRIBUTE = "data-test-script-state"
const LONGEST_MS = 2000

/**
 * Calls `then` once: at once where no run of the page is on, else at its end, and after two seconds at the latest.
 * @param {() => void} then
 * @returns {() => void} what ends it
 */
export function whenPageRests(then) {
  const page = document.querySelector(".stApp")
  const isRunning = () => page?.getAttribute(ATTRIBUTE) === RUNNING
  if (!page || !isRunning()) {
    then()
    return () => {}
  }
  const observer = new MutationObserver(() => isRunning() || finish())
  const latest = setTimeout(finish, LONGEST_MS)
  observer.observe(page, { attributeFilter: [ATTRIBUTE] })

  function stop() {
    observer.disconnect()
    clearTimeout(latest)
  }

  function finish() {
    stop()
    then()
  }

  return stop
}
