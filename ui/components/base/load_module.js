// In place of a component that is served as a file: loads it, and then does what was to be done before it was there.

/** @import { Component } from "./component.d.ts" */

/**
 * Updates a component, and returns what ends it, if anything does.
 * @typedef {(component: Component<unknown>) => (() => void) | void} Mount
 */
/** @typedef {{ default: Mount, styles: string }} Served */

const ATTEMPTS = 6
const PAUSE_MS = 500

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
      // A browser remembers which address could not be loaded.
      const address = [location.origin, folder, path].filter(Boolean).join("/") +
        (attempt ? `?${attempt}` : "")
      const served = await import(address).catch((error) => {
        // What was loaded and is no sound module would be none again.
        if (attempt === ATTEMPTS || !(error instanceof TypeError)) throw error
      })
      if (served) return served
    }
    // While another version is rolled out, the replica that serves files may be one of before.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
