// Drawn last in a run of the whole page, which has ended then. Keeps the address that of the state on the screen where
// Back was pressed before a response had come: the late response brings an address of its own, and the browser would
// stay there while the page shows what Back has led to.
//
// Where Back or Forward leads to another state of the page, it sends that state: Streamlit forgets that Back was pressed
// where a change comes right behind.

import { followMenus } from "../base/menu_focus.js"
import { endRun, isLeavingPage, setLeaving } from "../base/page_run.js"

/** @import { Component } from "../base/component.d.ts" */

const PAGE_LINKS = "[data-testid=stSidebarNav], [data-testid=stPageLink]"

/** @type {string | null} where Back or Forward has led to, until that is on the screen */
let reached = null
/** @type {string | null} the address that was put right, until another state is on the screen */
let mended = null

/** @type {string | null} the address that a page was opened with */
let opened = null
/** @type {string[]} the paths of the pages that have been requested by their links and are not there yet */
let requested = []
/** whether a run of the page has ended since one of them was requested or came */
let hasWaited = false

/** @type {((query: string) => void) | null} */
let sendReached = null
let path = location.pathname
let count = 0

followMenus()

// Before Streamlit, which requests the run of Back.
addEventListener("popstate", () => {
  reached = present()
  mended = null
  requested = []
  setLeaving(location.pathname !== path)
  if (location.pathname === path) sendReached?.(location.search)
}, true)

const push = history.pushState.bind(history)
history.pushState = (state, unused, url) => {
  const { pathname } = location
  push(state, unused, withoutLateQuery(url))
  if (location.pathname === pathname) return
  opened = present()
  requested = requested.slice(requested.indexOf(location.pathname) + 1)
  hasWaited = false
}

/**
 * A page that is opened by the navigation begins without a query string. Where the page before it was left while a
 * response was on its way, Streamlit opens the next one with the query string that this response has just brought.
 * @param {string | URL | null | undefined} url
 */
function withoutLateQuery(url) {
  const next = new URL(url ?? location.href, location.href)
  if (next.pathname === location.pathname || next.search !== location.search) return url
  return withQuery(next)
}

/** @param {URL} url @param {string} [query] */
function withQuery(url, query = "") {
  const parameters = new URLSearchParams(query)
  for (const [name, text] of url.searchParams) if (name.startsWith("embed")) parameters.append(name, text)
  return url.pathname + (parameters.size ? `?${parameters}` : "")
}

// A page that is left and opened again before a response has come is for Streamlit the one that it shows: it would
// request it with the address from before all that was done there.
addEventListener("click", (event) => {
  const link = linkOfPage(event)
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
  const isHere = link.pathname === location.pathname
  if (isHere && !isLeavingPage()) return
  requested.push(link.pathname)
  hasWaited = false
  setLeaving(true)
  if (!isHere) return
  const left = present()
  const again = withQuery(new URL(location.href))
  history.replaceState(history.state, "", again)
  setTimeout(() => {
    if (present() === again) history.replaceState(history.state, "", left)
  })
}, true)

/**
 * The page that was requested last has come, at the end of a run, or will not: of the pages before it no more than one
 * run can end.
 * @param {string} query what that run shows
 */
function arrive(query) {
  const isThere = requested[requested.length - 1] === location.pathname && has("", query)
  if (requested.length && !isThere && !hasWaited) {
    hasWaited = true
    return
  }
  requested = []
  setLeaving(false)
}

/** @param {Event} event */
function linkOfPage(event) {
  const { target } = event
  const link = target instanceof Element ? target.closest("a[href]") : null
  return link instanceof HTMLAnchorElement && link.closest(PAGE_LINKS) ? link : null
}

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

/** @param {Component<{ query: string, written: string, run: string, session: string }>} component */
export default function update({ data: { query, written, run, session }, setStateValue }) {
  path = location.pathname
  arrive(query)
  sendReached = (query) => setStateValue("reached", { number: ++count, query, session })
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
    if (present() === mended) history.replaceState({}, "", withQuery(new URL(location.href), query))
    mended = null
  } else if (reached === null && has(present(), written) && !has(present(), query)) {
    // The page was opened again before the response to what was done on it had come.
    const next = withQuery(new URL(location.href), query)
    if (present() === opened) history.replaceState({}, "", next)
    else history.pushState({}, "", next)
  }
}
