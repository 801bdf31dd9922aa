// Copies a link, or the address of the page; shows it in a field where the browser forbids copying.

import { query } from "../base/dom.js"
import { makeMount } from "../base/mount.js"
import { makeOutbox } from "../base/outbox.js"

/** @import { Component, Instance } from "../base/component.d.ts" */
/** @import { Outbox } from "../base/protocol.d.ts" */

/**
 * A link, or null for the address of the page; and the newest request that Python has taken.
 * @typedef {{ link: string | null, seq: number }} CopyLinkModel
 */

const SHOWN_MS = 2000
// By then a browser no longer lets the page copy for the click.
const WAITED_MS = 10000

const mountCopyLink = makeMount(createCopyLink)

/** @param {Component<CopyLinkModel>} component */
export default function mount(component) {
  return mountCopyLink(component)
}

/**
 * @param {HTMLElement | ShadowRoot} root
 * @param {CopyLinkModel} first
 * @returns {Instance<CopyLinkModel>}
 */
function createCopyLink(root, first) {
  const button = query(root, "button", HTMLButtonElement)
  const field = query(root, "input", HTMLInputElement)
  /** @type {Outbox<never, { requested: object }>} */
  const outbox = makeOutbox(button, "requests", "requests")
  let data = first
  let isRequested = false
  /** @type {number | undefined} */
  let timer

  button.disabled = false
  // What was typed just now is in the address once Python has taken a request that was sent behind it.
  button.onclick = () => {
    if (data.link) return copy(data.link)
    isRequested = true
    button.textContent = "Copying …"
    clearTimeout(timer)
    timer = setTimeout(giveUp, WAITED_MS)
    outbox.post("requested", {})
  }

  // What comes later copies nothing: the reader may be elsewhere by then.
  function giveUp() {
    isRequested = false
    showResult("No response")
  }

  /** @param {string} text */
  function showResult(text) {
    button.textContent = text
    clearTimeout(timer)
    timer = setTimeout(() => (button.textContent = "Copy link"), SHOWN_MS)
  }

  /** @param {string} link */
  async function copy(link) {
    try {
      await navigator.clipboard.writeText(link)
      showResult("Link copied")
    } catch {
      field.value = link
      field.hidden = false
      field.focus()
      field.select()
      showResult(document.execCommand("copy") ? "Link copied" : "Press Ctrl+C")
    }
  }

  /** @param {Component<CopyLinkModel>} component */
  function update({ data: sent, setStateValue }) {
    data = sent
    const isNewest = outbox.receive(data.seq, setStateValue)
    if (!isRequested || !isNewest) return
    isRequested = false
    copy(location.href)
  }

  function stop() {
    clearTimeout(timer)
    outbox.stop()
  }

  return { update, stop }
}
