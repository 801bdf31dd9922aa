// Brings the first part of a film to the live network, and its requests for films to Python.

import { bringFilm, followRequests } from "../base/film_exchange.js"

/** @import { Component, SetStateValue } from "../base/component.d.ts" */

/** @type {SetStateValue | null} */
let send = null
/** @type {Uint8Array | null} */
let brought = null

/** @param {Component<Uint8Array | null>} component */
export default function update({ data, setStateValue }) {
  const isFirst = !send
  send = setStateValue
  // A film that is brought may be the one that is requested.
  if (data && data !== brought) bringFilm(data)
  brought = data
  if (isFirst) followRequests((request) => send?.("grabbed", request))
}
