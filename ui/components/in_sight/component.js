// Sends once that the place it stands at is in sight.

import { query } from "../base/dom.js"
import { followRuns, hasEnded } from "../base/page_run.js"

/** @import { Component } from "../base/component.d.ts" */

/** @param {Component<{ run: string, is_seen: boolean }>} component */
export default function ({ parentElement, data: { run, is_seen }, setStateValue }) {
  if (is_seen) return
  let isSeen = false

  function send() {
    if (!isSeen || !hasEnded(run)) return
    stop()
    setStateValue("seen", true)
  }

  const observer = new IntersectionObserver((entries) => {
    isSeen ||= entries.some(({ isIntersecting }) => isIntersecting)
    send()
  })
  observer.observe(query(parentElement, "span", HTMLElement))
  const forgetRuns = followRuns(send)

  function stop() {
    observer.disconnect()
    forgetRuns()
  }

  return stop
}
