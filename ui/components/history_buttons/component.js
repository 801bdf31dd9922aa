// Buttons like Streamlit's, but for one thing: a press made while Python is at work is not lost.

import { html, set, setText, svg } from "../base/dom.js"
import { makeOutbox } from "../base/outbox.js"
import { foresee } from "./foresee.js"

const instances = new WeakMap()
const CHEVRONS = { back: "M10 3 5 8l5 5", forward: "m6 3 5 5-5 5" }

export default function mount(component) {
  const root = component.parentElement
  if (!instances.has(root)) instances.set(root, createRow(root))
  instances.get(root).update(component)
  return () => {
    instances.get(root)?.stop()
    instances.delete(root)
  }
}

function createRow(root) {
  const host = root.querySelector(".history-buttons")
  const outbox = makeOutbox(host, "pressed", "presses")
  const step = html("span", { class: "step" })
  let data = null
  let buttons = new Map()

  function build() {
    buttons = new Map(data.buttons.map(({ name }) => [name, makeButton(name)]))
    host.replaceChildren(...[...buttons.values()].map(({ root }) => root), step)
  }

  function makeButton(name) {
    const text = html("span", { class: "text" })
    const button = html("button", { type: "button", class: name }, text)
    if (name in CHEVRONS) button.prepend(chevron(CHEVRONS[name]))
    button.addEventListener("click", () => press(name))
    return { root: button, text }
  }

  function press(name) {
    outbox.addInTurn({ name }, {})
    enable()
  }

  function enable() {
    const pressed = outbox.items.map(({ name }) => data.buttons.find((button) => button.name === name))
    const enabled = foresee(data, pressed.filter(Boolean))
    for (const [name, { root: button }] of buttons) button.disabled = enabled[name] === false
  }

  function update({ data: sent, setStateValue }) {
    const names = (row) => row?.buttons.map(({ name }) => name).join()
    const isOther = names(sent) !== names(data)
    data = sent
    outbox.receive(data.seq, setStateValue, data.session)
    if (isOther) build()
    for (const { name, label, title } of data.buttons) {
      const { root: button, text } = buttons.get(name)
      setText(text, label)
      set(button, "title", title ?? label)
      // What a button says in short its name says in full, and the same words come first.
      set(button, "aria-label", title?.startsWith(label) ? title : label)
    }
    setText(step, data.text)
    enable()
  }

  return { update, stop: outbox.stop }
}

function chevron(path) {
  const line = svg("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.6 })
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, line)
}
