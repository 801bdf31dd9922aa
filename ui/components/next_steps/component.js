// Brings the next steps of a run to the player, and its requests for them to Python.

import { query } from "../base/dom.js"
import { makeMount } from "../base/mount.js"
import { makeOutbox } from "../base/outbox.js"
import { bringSteps, followStepRequests } from "../base/step_exchange.js"

/** @import { Component, Instance } from "../base/component.d.ts" */

/** @typedef {{ steps: unknown, seq: number, session: string, run: string }} NextStepsModel */

/**
 * @param {ParentNode} root
 * @returns {Instance<NextStepsModel>}
 */
function createNextSteps(root) {
  const outbox = makeOutbox(query(root, "span", HTMLElement), "wanted", "items")
  const forget = followStepRequests((request) => outbox.emit("wanted", request))

  /** @param {Component<NextStepsModel>} component */
  function update({ data, setStateValue }) {
    outbox.receive(data.seq, setStateValue, data.session, data.run)
    if (data.steps) bringSteps(data.steps)
  }

  function stop() {
    forget()
    outbox.stop()
  }

  return { update, stop }
}

const mountNextSteps = makeMount(createNextSteps)

/** @param {Component<NextStepsModel>} component */
export default function mount(component) {
  return mountNextSteps(component)
}
