// In place of a component that is served as a file: loads it, and then does what was to be done before it was there.

/** @import { Component } from "./component.d.ts" */

/**
 * Updates a component, and returns what ends it, if anything does.
 * @typedef {(component: Component<unknown>) => (() => void) | void} Mount
 */
/** @typedef {{ default: Mount, styles: string }} Served */

const ATTEMPTS = 6
const PAUSE_MS = 500
const STORE = "backprop-explorer"

/**
 * @param {string} path of the file below where the program lies
 * @param {string} base the path below which the program was started
 * @returns {Mount}
 */
export function mountServed(path, base) {
  const sheet = new CSSStyleSheet()
  /** @type {Mount | null} */
  let mount = null
  const loading = loadModule(path, base).then((served) => {
    sheet.replaceSync(served.styles)
    mount = served.default
    return mount
  })
  return (component) => {
    const root = component.parentElement
    if (root instanceof ShadowRoot && !root.adoptedStyleSheets.length) root.adoptedStyleSheets.push(sheet)
    if (mount) return mount(component)
    let isEnded = false
    /** @type {(() => void) | void} */
    let end = undefined
    loading.then((mountNow) => {
      if (!isEnded) end = mountNow(component)
    })
    return () => {
      isEnded = true
      end?.()
    }
  }
}

/**
 * @param {string} path
 * @param {string} base
 * @returns {Promise<Served>}
 */
async function loadModule(path, base) {
  // Behind a proxy the program may lie deeper than it was started for: then at a folder of the page's address.
  const folders = location.pathname.split("/").map((_, end, parts) => parts.slice(1, end).join("/"))
  for (let attempt = 0;; attempt += 1) {
    for (const folder of new Set([base, ...folders])) {
      const address = [location.origin, folder, path].filter(Boolean).join("/")
      const served = await importKept(address, attempt).catch((error) => {
        // What was loaded and is no sound module would be none again.
        if (attempt === ATTEMPTS || !(error instanceof TypeError)) throw error
      })
      if (served) return served
    }
    // While another version is rolled out, the replica that serves files may be one of before.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/**
 * Imports a module, at the next visit without a request: Streamlit has browsers keep no files but its own.
 * @param {string} address that always stands for the same text
 * @param {number} attempt
 * @returns {Promise<Served>}
 */
async function importKept(address, attempt) {
  // A browser remembers which address could not be loaded.
  const request = attempt ? `${address}?${attempt}` : address
  // Only what comes by HTTPS has a store, and none where the reader lets nothing be kept.
  const store = await globalThis.caches?.open(STORE).catch(() => null)
  if (!store) return import(request)
  const kept = await store.match(address)
  const text = await kept?.text() ?? await fetchText(request)
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }))
  const served = await import(url).finally(() => URL.revokeObjectURL(url))
  if (!kept) await keep(store, address, text).catch(() => {})
  return served
}

/** @param {string} request */
async function fetchText(request) {
  const response = await fetch(request)
  const type = response.headers.get("content-type") ?? ""
  // As `import` does by itself: some servers have a page for any address.
  if (!response.ok || !type.includes("javascript")) {
    throw new TypeError(`${request} brings no module: ${response.status} ${type}`)
  }
  return response.text()
}

/**
 * Keeps a text in place of what older versions have left.
 * @param {Cache} store
 * @param {string} address
 * @param {string} text
 */
async function keep(store, address, text) {
  const nameOf = (/** @type {string} */ url) => url.split("/").at(-1)?.split(".")[0]
  for (const { url } of await store.keys()) if (nameOf(url) === nameOf(address)) await store.delete(url)
  await store.put(address, new Response(text, { headers: { "content-type": "text/javascript" } }))
}
