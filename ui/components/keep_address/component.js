// Drawn last in a run of the whole page, which has ended then. Keeps the address that of the state on the screen where
// Back was pressed before a response had come: the late response brings an address of its own, and the browser would
// stay there while the page shows what Back has led to.

import { endRun } from "../base/page_run.js"

/** @import { Component } from "../base/component.d.ts" */

/** @type {string | null} where Back or Forward has led to, until that is on the screen */
let reached = null
/** @type {string | null} the address that was put right, until another state is on the screen */
let mended = null

addEventListener("popstate", () => {
  reached = present()
  mended = null
})

function present() {
  return location.pathname + location.search
}

/** @param {string} query */
function parameters(query) {
  const pairs = [...new URLSearchParams(query)].filter(([name]) => !name.startsWith("embed"))
  return JSON.stringify(pairs.sort())
}

/** @param {string} address @param {string} query */
function has(address, query) {
  return parameters(address.split("?")[1] ?? "") === parameters(query)
}

/** @param {Component<{ query: string, written: string, run: string }>} component */
export default function update({ data: { query, written, run } }) {
  endRun(run)
  if (reached !== null && has(reached, query)) {
    // A response to what was done after Back may have brought its address already, which stays.
    if (present() !== reached && has(present(), written)) {
      history.pushState({}, "", reached)
      mended = reached
    }
    reached = null
  } else if (mended !== null && !has(mended, query)) {
    // What was done after Back had led to the same address as what was done before it.
    if (present() === mended) history.replaceState({}, "", `${location.pathname}?${query}`)
    mended = null
  }
}
