// The player of a training run: what Python sends comes in through `update`, what the reader does goes out through
// `setStateValue`.

import { query } from "../base/dom.js"
import { makeMount } from "../base/mount.js"
import { nextNumber } from "../base/pending.js"
import { buildParts } from "./parts.js"
import { makeScreen } from "./screen.js"

/** @import { Component, Instance, SetStateValue } from "../base/component.d.ts" */
/** @import { PlayerMessages, PlayerModel } from "./model.d.ts" */
/** @import { Screen } from "./screen.js" */

/**
 * @param {ParentNode} root
 * @returns {Instance<PlayerModel>}
 */
function createPlayer(root) {
  const host = query(root, ".player", HTMLElement)
  /** @type {Screen | null} */
  let screen = null
  /** @type {SetStateValue} */
  let emit = () => {}
  let newest = 0
  /** @type {string | null} the film that Python is to send */
  let requested = null
  let painted = false
  const parts = buildParts(() => screen)
  host.replaceChildren(parts.readings.root, parts.card, parts.announcer.root)
  host.onkeydown = (event) => screen?.press(event)

  /**
   * @template {keyof PlayerMessages} Name
   * @param {Name} name
   * @param {PlayerMessages[Name]} value
   * @param {string | null} held the key of the film that is here
   */
  function send(name, value, held = screen?.key ?? null) {
    newest = nextNumber(newest)
    emit(name, { seq: newest, film: held, ...value })
  }

  /** @param {Component<PlayerModel>} component */
  function update({ data, setStateValue }) {
    const { film, position } = data
    emit = setStateValue
    newest = Math.max(newest, data.seq)
    if ("theta" in film) {
      if (screen) screen.show(data)
      else screen = makeScreen(host, parts, film, data, send)
    } else if (screen?.key === film.key) screen.show(data)
    else {
      // The film was here before the component was built anew, so that it is not sent unless it is requested.
      if (requested !== film.key) send("position", { step: position }, null)
      requested = film.key
      return
    }
    requested = null
    if (painted) return
    requestAnimationFrame(() => {
      painted = true
      emit("painted", true)
    })
  }

  return { update, stop: () => screen?.stop() }
}

const mountPlayer = makeMount(createPlayer)

/** @param {Component<PlayerModel>} component */
export default function mount(component) {
  return mountPlayer(component)
}
