// Where the live network gets its films, which other components bring, and leaves its requests for them.

/** @import { FilmRequest } from "./protocol.d.ts" */

/**
 * As in pending.js: one for all components of a page. `brought` are the newest two parts of films, `request` is the
 * newest request that nobody has taken.
 * @typedef {{ brought: unknown[], request: FilmRequest | null, count: number }} Exchange
 */

const EXCHANGE = Symbol.for("backprop-explorer.films")
const BROUGHT = "backprop-explorer-film-brought"
const REQUESTED = "backprop-explorer-film-requested"
const PARTS = 2

const exchanges = /** @type {Record<symbol, Exchange | undefined>} */ (/** @type {unknown} */ (globalThis))

function exchange() {
  exchanges[EXCHANGE] ??= { brought: [], request: null, count: 0 }
  return exchanges[EXCHANGE]
}

/** @param {unknown} film a film or a part of one, as it has been sent */
export function bringFilm(film) {
  const { brought } = exchange()
  brought.push(film)
  if (brought.length > PARTS) brought.shift()
  document.dispatchEvent(new CustomEvent(BROUGHT, { detail: film }))
}

/**
 * Calls `take` with each film that is brought, at once with those that have been.
 * @param {(film: unknown) => void} take
 * @returns {() => void} what ends it
 */
export function followFilms(take) {
  /** @param {Event} event */
  const listen = (event) => event instanceof CustomEvent && take(event.detail)
  document.addEventListener(BROUGHT, listen)
  exchange().brought.forEach(take)
  return () => document.removeEventListener(BROUGHT, listen)
}

/** @param {Omit<FilmRequest, "times">} request */
export function requestFilm(request) {
  const { count } = exchange()
  exchange().count = count + 1
  // Streamlit passes over a value that it has already.
  exchange().request = { ...request, times: count + 1 }
  document.dispatchEvent(new CustomEvent(REQUESTED))
}

/** What was requested is there by now, or is not needed any more. */
export function withdrawRequest() {
  exchange().request = null
}

/**
 * Calls `take` with each request for a film, at once with one that is there already.
 * @param {(request: FilmRequest) => void} take
 */
export function followRequests(take) {
  const listen = () => {
    const { request } = exchange()
    exchange().request = null
    if (request) take(request)
  }
  document.addEventListener(REQUESTED, listen)
  listen()
}
