// Brings films of several runs to the player, and Python the key of the one that is here.

import { unpack } from "../base/arrays.js"
import { bringSweep } from "../base/sweep_exchange.js"

/** @import { Component } from "../base/component.d.ts" */

/** @type {Uint8Array | null} */
let brought = null

/** @param {Component<Uint8Array | null>} component */
export default function update({ data, setStateValue }) {
  const isNew = data && data !== brought
  brought = data
  if (!isNew) return
  bringSweep(data)
  setStateValue("held", unpack(data).key)
}
