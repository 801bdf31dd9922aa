// Sends once that the place it stands at is in sight.

import { query } from "../base/dom.js"
import { followRuns, hasEnded, isLeavingPage } from "../base/page_run.js"

/** @import { Component } from "../base/component.d.ts" */

const LINKS = "[data-testid=stPageLink] a"

/** @param {Component<{ run: string, is_seen: boolean }>} component */
export default function ({ parentElement, data: { run, is_seen }, setStateValue }) {
  if (is_seen) return
  let isSeen = false

  function send() {
    if (!isSeen || !hasEnded(run) || isLeavingPage()) return
    stop()
    setStateValue("seen", true)
  }

  const observer = new IntersectionObserver((entries) => {
    isSeen ||= entries.some(({ isIntersecting }) => isIntersecting)
    send()
  })
  observer.observe(query(parentElement, "span", HTMLElement))
  const forgetRuns = followRuns(send)
  document.addEventListener("click", leave, true)

  // A link to the default page has the path of this one. What is sent behind it would open this page again.
  /** @param {MouseEvent} event */
  function leave({ target, button, ctrlKey, metaKey, shiftKey }) {
    const isLink = target instanceof Element && target.closest(LINKS) !== null
    if (isLink && !button && !ctrlKey && !metaKey && !shiftKey) stop()
  }

  function stop() {
    observer.disconnect()
    forgetRuns()
    document.removeEventListener("click", leave, true)
  }

  return stop
}
