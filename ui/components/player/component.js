// The player of a training run: what Python sends comes in through `update`, what the reader does leaves through the
// outbox.

import { query } from "../base/dom.js"
import { makeMount } from "../base/mount.js"
import { makeOutbox } from "../base/outbox.js"
import { makePaintNote } from "../base/paint_note.js"
import { makeAwaiting } from "./awaiting.js"
import { colorPanel, fillPanel, isOfPanel } from "./panel.js"
import { buildParts } from "./parts.js"
import { makeScreen } from "./screen.js"
import { followSpace } from "./space_key.js"

/** @import { Component, Instance } from "../base/component.d.ts" */
/** @import { PlayerModel } from "./model.d.ts" */
/** @import { Screen } from "./screen.js" */
/** @import { PlayerOutbox } from "./showing.js" */

/**
 * @param {ParentNode} root
 * @returns {Instance<PlayerModel>}
 */
function createPlayer(root) {
  const host = query(root, ".player", HTMLElement)
  /** @type {PlayerOutbox} */
  const outbox = makeOutbox(host, "changed", "changes")
  /** @type {Screen | null} */
  let screen = null
  /** @type {string | null} the film that Python is to send */
  let requested = null
  const notePaint = makePaintNote((times) => outbox.emit("painted", times))
  const parts = buildParts(() => screen, changeField)
  const awaiting = makeAwaiting(host, () => {
    parts.awaited = awaiting.note
    screen?.refresh()
  })
  host.replaceChildren(parts.readings.root, parts.card, parts.announcer.root)
  host.onkeydown = (event) => screen?.press(event)
  const forgetSpace = followSpace(() => screen?.toggle())

  /**
   * @param {string} id
   * @param {string} text
   */
  function changeField(id, text) {
    // A setting acts from the shown step on.
    screen?.standStill()
    outbox.add({ id, text }, screen?.held ?? { film: null }, id)
    followChanges()
  }

  function followChanges() {
    awaiting.follow(outbox.items.some((item) => "id" in item && isOfPanel(parts.panel, item.id)))
  }

  /** @param {Component<PlayerModel>} component */
  function update({ data, setStateValue }) {
    const { film, position } = data
    const isNewest = outbox.receive(data.seq, setStateValue, data.session)
    followChanges()
    fillPanel(parts.panel, data.panel, outbox.items.filter((item) => "id" in item))
    colorPanel(parts.panel, host, data.palette)
    if ("theta" in film) {
      if (screen) screen.show(data, isNewest)
      else screen = makeScreen(host, parts, film, data, outbox)
    } else if (screen?.key === film.key || ("still" in film && screen?.hasAllOf(film))) {
      screen?.show(data, isNewest)
    } else {
      // The film was here before the component was built anew, so that it is not sent unless it is requested.
      if (requested !== film.key) {
        outbox.postLater("position", { step: position, film: null, end: null, of: film.key })
      }
      requested = film.key
      return
    }
    requested = null
    notePaint(data.painted)
  }

  function stop() {
    outbox.stop()
    awaiting.stop()
    forgetSpace()
    screen?.stop()
  }

  return { update, stop }
}

const mountPlayer = makeMount(createPlayer)

/** @param {Component<PlayerModel>} component */
export default function mount(component) {
  return mountPlayer(component)
}
