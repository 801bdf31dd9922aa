// What goes out to Python: numbered messages, each sent again until a newer state has come back.

const REPEAT_MS = 1500
const PAGE_POLL_MS = 50
const PAGE_POLLS = 40

/**
 * @param {Element} host a click outside of it lets out at once what waits for the page
 */
export function makeOutbox(host) {
  /** @type {Map<string, Record<string, unknown>>} */
  const sent = new Map()
  /** @type {Map<string, { seq: number, id: string, text: string }>} */
  const pending = new Map()
  /** @type {Map<string, unknown> | null} */
  let early = new Map()
  /** @type {(name: string, value: unknown) => void} */
  let setState = () => {}
  let newest = /** @type {number | null} */ (null)
  let opening = /** @type {number | null} */ (null)
  let repeating = /** @type {number | undefined} */ (undefined)

  /**
   * Sends what has no number of its own.
   * @param {string} name
   * @param {unknown} value
   */
  function emit(name, value) {
    if (early) early.set(name, value)
    else setState(name, value)
  }

  /**
   * Sends what belongs to the newest message.
   * @param {string} name
   * @param {Record<string, unknown>} value
   */
  function request(name, value) {
    emit(name, { seq: newest, ...value })
  }

  /**
   * Sends a message with a number of its own.
   * @param {string} name
   * @param {Record<string, unknown>} value
   */
  function post(name, value) {
    newest = (newest ?? 0) + 1
    const message = { seq: newest, ...value }
    sent.set(name, message)
    emit(name, message)
  }

  /**
   * Sends the text for a number. A message may be passed over for the next one, while the server is at work: each
   * brings all changes that have not been acknowledged.
   * @param {string} id
   * @param {string} text
   * @param {Record<string, unknown>} beside
   */
  function change(id, text, beside) {
    pending.set(id, { seq: (newest ?? 0) + 1, id, text })
    post("values", { changes: [...pending.values()], at: location.search, ...beside })
  }

  /**
   * Takes note of what has come from Python; returns whether that was made with the newest message.
   * @param {number} acknowledged
   * @param {(name: string, value: unknown) => void} setStateValue
   */
  function receive(acknowledged, setStateValue) {
    setState = setStateValue
    newest ??= acknowledged
    for (const [id, { seq }] of pending) if (seq <= acknowledged) pending.delete(id)
    clearTimeout(repeating)
    if (acknowledged < newest) repeat(acknowledged)
    if (early && opening === null) {
      opening = setTimeout(waitForPage, PAGE_POLL_MS, PAGE_POLLS)
      document.addEventListener("click", onClick, true)
    }
    return acknowledged >= newest
  }

  // A server that has just taken over from another one may have missed what was sent while it ran the page for the
  // first time. Each time it is another message, as Streamlit passes over one that it has had, and over the address
  // in it too.
  function repeat(acknowledged) {
    repeating = setTimeout(() => {
      for (const [name, message] of sent) {
        message.times = Number(message.times ?? 1) + 1
        if (Number(message.seq) > acknowledged) emit(name, { ...message })
      }
      repeat(acknowledged)
    }, REPEAT_MS)
  }

  // The reader may be at work before the page's first run has ended. Streamlit would run a part of the page right
  // behind it, of which one browser was left without the blocks that the part stands in.
  function waitForPage(polls) {
    const page = /** @type {HTMLElement | null} */ (document.querySelector(".stApp"))
    const running = page?.dataset.testScriptState === "running"
    if (running && polls > 0) opening = setTimeout(waitForPage, PAGE_POLL_MS, polls - 1)
    else open()
  }

  // A button elsewhere on the page has to work with what was typed before.
  function onClick(event) {
    if (!event.composedPath().includes(host)) open()
  }

  function open() {
    stopWaiting()
    const waiting = early ?? new Map()
    early = null
    for (const [name, value] of waiting) setState(name, value)
  }

  function stopWaiting() {
    clearTimeout(opening ?? undefined)
    document.removeEventListener("click", onClick, true)
  }

  function stop() {
    stopWaiting()
    clearTimeout(repeating)
  }

  return { emit, request, post, change, receive, stop }
}
