// Brings the rest of a film to the live network.

import { bringFilm } from "../base/film_exchange.js"

/** @import { Component } from "../base/component.d.ts" */

/** @type {Uint8Array | null} */
let brought = null

/** @param {Component<Uint8Array>} component */
export default function update({ data }) {
  if (data !== brought) bringFilm(data)
  brought = data
}
