// Drawn last in a run of the whole page, which has ended then. Keeps the address that of the state on the screen where
// Back was pressed before a response had come: the late response brings an address of its own, and the browser would
// stay there while the page shows what Back has led to.
//
// Where Back or Forward leads to another state of the page, it sends that state: Streamlit forgets that Back was pressed
// where a change comes right behind. The number of the newest change before it goes with it, as a run for that change may
// come behind the run of Back.

import { keepUploads } from "../base/kept_upload.js"
import { followMenus } from "../base/menu_focus.js"
import { addressOf, completeLinks, linkToOpen } from "../base/page_links.js"
import { followPopovers } from "../base/popover_focus.js"
import { endRun, isLeavingPage, setLeaving } from "../base/page_run.js"
import { newestNumber, newestOnItsWay } from "../base/pending.js"

/** @import { Component } from "../base/component.d.ts" */

// The least that a browser makes a timer within timers wait.
const PUT_OFF_MS = 4

/** @type {string | null} where Back or Forward has led to within the page, until a run has followed */
let reached = null
/** @type {string | null} where they have led to on another page, until that is on the screen */
let crossed = null
/** @type {string[]} the addresses that responses have brought since Back or Forward was pressed */
let late = []
/** @type {string | null} the address that a response has brought last */
let brought = null

/** @type {string | null} the address that a page was opened with */
let opened = null
/** @type {string | null} the address that the page before it was left at */
let leftAt = null
/** @type {string | null} the run that `left` came with last: it is drawn again while the next page is opened */
let leftWith = null
/** @type {string[]} the paths of the pages that have been requested by their links and are not there yet */
let requested = []
/** @type {URL | null} where the link leads that was clicked last */
let linked = null
/** whether a run has ended since one of them was requested or came, or since Back has led to another page */
let hasWaited = false

/** the number of the newest change that had been sent when a response brought an address last */
let newestThen = 0
/** the number of the change that Back has taken back before its response came, last */
let takenBack = 0
/** where the present entry stands in the browser's history, as far as the browser can be read for it */
let entry = entryNumber()

/** @type {((query: string) => void) | null} */
let sendReached = null
let path = location.pathname
/** @type {Set<string>} the last parts of the paths of the pages that have been drawn */
const drawnPages = new Set()
/** the path of the page that Streamlit has opened, which may not be there yet */
let openedPath = path
let count = 0
/** @type {string | null} the session that the last of them was sent in */
let sentIn = null

followMenus()
followPopovers()
completeLinks()
keepUploads()

// Before Streamlit, which requests the run of Back, but in Chromium, where it comes first.
addEventListener("popstate", (event) => {
  const leftEntry = entry
  entry = entryNumber()
  if (entry < leftEntry && takesBackWhatIsOnItsWay()) {
    event.stopImmediatePropagation()
    history.go(1)
    return
  }
  requested = []
  const isWithin = location.pathname === path && openedPath === path
  openedPath = location.pathname
  setLeaving(!isWithin)
  reached = isWithin ? present() : null
  crossed = reached === null ? present() : null
  hasWaited = false
  if (reached !== null) sendReached?.(location.search)
}, true)

/** @type {History["pushState"]} */
const push = (state, unused, url) => {
  History.prototype.pushState.call(history, state, unused, url)
  entry = entryNumber()
}
const replace = history.replaceState.bind(history)
history.pushState = (state, unused, url) => bring(push, state, unused, url)
history.replaceState = (state, unused, url) => bring(replace, state, unused, url)

/**
 * A change that no response has come to has no entry in the browser's history yet: Back, which is to take it back, would
 * take back the change before it too. It leads to the entry behind that, which is the one it has left, or as many before.
 */
function takesBackWhatIsOnItsWay() {
  const change = newestOnItsWay()
  if (location.pathname !== path || openedPath !== path || change <= Math.max(newestThen, takenBack)) {
    return false
  }
  takenBack = change
  return true
}

/** The place of the present entry in the browser's history; 0 in a browser that has no name for it. */
function entryNumber() {
  const all = /** @type {{ navigation?: { currentEntry: { index: number } | null } }} */ (globalThis)
  return all.navigation?.currentEntry?.index ?? 0
}

/**
 * Takes an address that Streamlit has for the page. One of a response to what Back has left would stand in the browser's
 * history behind that: it waits for the run that Back has requested.
 * @param {History["pushState"]} enter
 * @param {unknown} state
 * @param {string} unused
 * @param {string | URL | null | undefined} url
 */
function bring(enter, state, unused, url) {
  const { pathname } = location
  const next = new URL(withoutLateQuery(url) ?? location.href, location.href)
  brought = next.pathname + next.search
  newestThen = newestNumber()
  if (reached !== null && next.pathname === pathname) {
    late.push(brought)
    return
  }
  const before = present()
  enter(state, unused, next)
  openedPath = location.pathname
  if (next.pathname === pathname) return
  leftAt = before
  opened = present()
  requested = requested.slice(requested.indexOf(location.pathname) + 1)
  hasWaited = false
}

/**
 * A page that is opened by the navigation begins without a query string, by another link with its own. Where the page before it was left while a
 * response was on its way, Streamlit opens the next one with the query string that this response has just brought.
 * @param {string | URL | null | undefined} url
 */
function withoutLateQuery(url) {
  const next = new URL(url ?? location.href, location.href)
  if (next.pathname === location.pathname || next.search !== location.search) return url
  return linked?.pathname === next.pathname && linked.search === next.search ? url : withQuery(next)
}

/** @param {URL} url @param {string} [query] */
function withQuery(url, query = "") {
  const parameters = new URLSearchParams(query)
  for (const [name, text] of url.searchParams) if (name.startsWith("embed")) parameters.append(name, text)
  return url.pathname + (parameters.size ? `?${parameters}` : "")
}

// What a field holds when its focus goes to a link leaves the browser a moment later than the click would, and so does
// that a popover was closed by it: the click waits behind them. Here components have had the event, and Streamlit has
// not.
document.body.addEventListener("click", (event) => {
  const link = event.isTrusted ? linkToOpen(event) : null
  if (!link) return
  event.preventDefault()
  event.stopPropagation()
  // For an open popover, which closes where the document is clicked.
  document.dispatchEvent(new MouseEvent("click"))
  // What Streamlit has put off until other work is done comes first, as it began to wait before.
  setTimeout(() => {
    if (link.isConnected) link.click()
  }, PUT_OFF_MS)
}, true)

// A page that is left and opened again before a response has come is for Streamlit the one that it shows: it would
// request it with the address from before all that was done there.
addEventListener("click", (event) => {
  const link = event.isTrusted ? null : linkToOpen(event)
  if (!link) return
  linked = addressOf(link)
  const isHere = linked.pathname === location.pathname
  if (isHere && !isLeavingPage()) return
  requested.push(linked.pathname)
  hasWaited = false
  setLeaving(true)
  if (!isHere) return
  const left = present()
  const again = withQuery(new URL(location.href))
  replace(history.state, "", again)
  setTimeout(() => {
    if (present() === again) replace(history.state, "", left)
  })
}, true)

/**
 * The page that was requested last, or that Back has led to, has come at the end of a run, or will not: of the pages
 * before it no more than one run can end.
 * @param {boolean} isHere whether the address is one of the page that the run shows
 * @param {string} query what that run shows
 */
function arrive(isHere, query) {
  const isOpened = requested[requested.length - 1] === location.pathname && has("", query)
  const isAwaited = requested.length ? !isOpened : crossed !== null && !(isHere && has(crossed, query))
  if (isAwaited && !hasWaited) {
    hasWaited = true
    return
  }
  requested = []
  setLeaving(false)
}

function present() {
  return location.pathname + location.search
}

/** @param {string} query */
function parameters(query) {
  const pairs = [...new URLSearchParams(query)].filter(([name]) => !name.startsWith("embed"))
  return JSON.stringify(pairs.sort())
}

/** @param {string} address */
function queryOf(address) {
  return address.split("?")[1] ?? ""
}

/** @param {string} address @param {string} query */
function has(address, query) {
  return parameters(queryOf(address)) === parameters(query)
}

/**
 * Writes an address of the page as one entry of the browser's history.
 * @param {string} query
 */
function write(query) {
  if (!has(present(), query)) push({}, "", withQuery(new URL(location.href), query))
}

/**
 * A run that has followed Back has ended: the address becomes that of what it shows, and then that of what was done since,
 * if a response to that has come.
 * @param {string} query of the run
 * @param {string} written the query that was written last when the run ended
 */
function follow(query, written) {
  const known = late.findLastIndex((address) => has(address, query) || has(address, written))
  const newer = late.slice(known + 1)
  reached = null
  late = []
  for (const next of [query, ...newer.map(queryOf)]) write(next)
}

/**
 * Whether the address is one of a page, by the last part of its path: what a page has drawn may come once Streamlit has
 * opened the next one. The first page has none, so that its address may have any that no other page has.
 * @param {string} page
 */
function isAt(page) {
  drawnPages.add(page)
  const last = location.pathname.slice(location.pathname.lastIndexOf("/") + 1)
  return last === page || (page === "" && !drawnPages.has(last))
}

/**
 * A change right before a page was left, the response to which has not come, has its entry of the browser's history
 * between the two pages.
 * @param {string} query of what the page that was left had come to
 */
function enterBefore(query) {
  if (leftAt?.split("?")[0] !== path || has(leftAt, query) || crossed !== null) return
  const next = present()
  replace(history.state, "", withQuery(new URL(leftAt, location.href), query))
  push({}, "", next)
}

/**
 * @typedef {{
 *   page: string, query: string, written: string, followed: number, left: string | null, run: string, session: string,
 * }} Shown
 */

/** @param {Component<Shown>} component */
export default function update(
  { data: { page, query, written, followed, left, run, session }, setStateValue },
) {
  const isHere = isAt(page)
  if (isHere) {
    if (left !== null && run !== leftWith && path !== location.pathname) enterBefore(left)
    leftWith = run
    path = location.pathname
  }
  arrive(isHere, query)
  const isFollowed = followed >= count || session !== sentIn
  sendReached = (query) => {
    sentIn = session
    setStateValue("reached", { number: ++count, query, session, newest: newestNumber() })
  }
  endRun(run)
  if (reached !== null) {
    if (isFollowed) follow(query, written)
  } else if (crossed !== null) {
    if (!isHere || !has(crossed, query)) return
    // A response to what was done after Back may have brought its address already, which stays.
    if (present() !== crossed && has(present(), written)) push({}, "", crossed)
    crossed = null
  } else if (brought !== null && has(brought, query)) {
    // What was done after Back had led to the same address as what was done before it.
    write(query)
  } else if (has(present(), written) && !has(present(), query)) {
    // The page was opened again before the response to what was done on it had come.
    if (present() === opened) replace({}, "", withQuery(new URL(location.href), query))
    else write(query)
  }
}
