// Buttons like Streamlit's, but for one thing: a press made while Python is at work is not lost.

import { html, query, set, setText, svg } from "../base/dom.js"
import { makeMount } from "../base/mount.js"
import { makeOutbox } from "../base/outbox.js"
import { foresee } from "./foresee.js"

/** @import { Component, Instance } from "../base/component.d.ts" */
/** @import { Outbox } from "../base/protocol.d.ts" */
/** @import { History } from "./foresee.js" */

/** @typedef {{ name: string, label: string, title?: string, steps?: number }} HistoryButton `steps`: how many it takes */

/**
 * What Python sends: the number of the newest press that it has taken, and the row as it stands, with a text behind it.
 * @typedef {History & { seq: number, session: string, run: string, text: string, buttons: HistoryButton[] }} HistoryModel
 */

/** @type {Record<string, string | undefined>} */
const CHEVRONS = { back: "M10 3 5 8l5 5", forward: "m6 3 5 5-5 5" }

const mountRow = makeMount(createRow)

/** @param {Component<HistoryModel>} component */
export default function mount(component) {
  return mountRow(component)
}

/**
 * @param {HTMLElement | ShadowRoot} root
 * @param {HistoryModel} first
 * @returns {Instance<HistoryModel>}
 */
function createRow(root, first) {
  const host = query(root, ".history-buttons", HTMLElement)
  /** @type {Outbox<{ name: string }>} */
  const outbox = makeOutbox(host, "pressed", "presses")
  const step = html("span", { class: "step" })
  let data = first
  /** @type {Map<string, { root: HTMLButtonElement, text: HTMLElement }>} */
  let buttons = new Map()

  function build() {
    buttons = new Map(data.buttons.map(({ name }) => [name, makeButton(name)]))
    host.replaceChildren(...[...buttons.values()].map(({ root }) => root), step)
  }

  /** @param {string} name */
  function makeButton(name) {
    const text = html("span", { class: "text" })
    const button = html("button", { type: "button", class: name }, text)
    const path = CHEVRONS[name]
    if (path) button.prepend(chevron(path))
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") press(name)
    })
    return { root: button, text }
  }

  /** @param {string} name */
  function press(name) {
    outbox.addInTurn({ name }, {})
    enable()
  }

  function enable() {
    const pressed = outbox.items.map(({ name }) => data.buttons.find((button) => button.name === name))
    const enabled = foresee(data, pressed.filter((button) => button !== undefined))
    for (const [name, able] of Object.entries(enabled)) {
      const button = buttons.get(name)
      // Not `disabled`: a button that loses the focus under the reader's finger stops the keyboard.
      if (button) set(button.root, "aria-disabled", !able)
    }
  }

  /** @param {Component<HistoryModel>} component */
  function update({ data: sent, setStateValue }) {
    data = sent
    outbox.receive(data.seq, setStateValue, data.session, data.run)
    if (data.buttons.map(({ name }) => name).join() !== [...buttons.keys()].join()) build()
    for (const { name, label, title } of data.buttons) {
      const button = buttons.get(name)
      if (!button) continue
      setText(button.text, label)
      set(button.root, "title", title ?? label)
      // What is short on a button stands in full in its name, and the same words come first.
      set(button.root, "aria-label", title?.startsWith(label) ? title : label)
    }
    setText(step, data.text)
    enable()
  }

  return { update, stop: outbox.stop }
}

/** @param {string} path */
function chevron(path) {
  const line = svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.6 })
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, line)
}
