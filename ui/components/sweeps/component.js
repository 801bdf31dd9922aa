// Brings films of several runs to the player.

import { bringSweep } from "../base/sweep_exchange.js"

/** @import { Component } from "../base/component.d.ts" */

/** @type {Uint8Array | null} */
let brought = null

/** @param {Component<Uint8Array | null>} component */
export default function update({ data }) {
  if (data && data !== brought) bringSweep(data)
  brought = data
}
