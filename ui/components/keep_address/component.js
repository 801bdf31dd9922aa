// Drawn last in a run of the whole page, which has ended then. Keeps the address that of the state on the screen where
// Back was pressed before a response had come: the late response brings an address of its own, and the browser would
// stay there while the page shows what Back has led to.

import { endRun } from "../base/page_run.js"
import { isUnderway } from "../base/pending.js"

/** @import { Component } from "../base/component.d.ts" */

/** @type {string | null} where Back or Forward has led to before a response had come, until that is on the screen */
let reached = null

addEventListener("popstate", () => {
  reached = isUnderway() ? location.pathname + location.search : null
})

/** @param {string} query */
function parameters(query) {
  const pairs = [...new URLSearchParams(query)].filter(([name]) => !name.startsWith("embed"))
  return JSON.stringify(pairs.sort())
}

/** @param {Component<{ query: string, run: string }>} component */
export default function update({ data }) {
  endRun(data.run)
  if (reached === null || parameters(data.query) !== parameters(reached.split("?")[1] ?? "")) return
  if (location.pathname + location.search !== reached) history.pushState({}, "", reached)
  reached = null
}
