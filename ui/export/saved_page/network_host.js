// Stands in for Python in a saved page: the live network gets the films that were saved with it.
//
// A film shows one control while all others stand as saved, so moving another control puts the first one back.

import { query } from "../../components/base/dom.js"
import { makeFilm, nearest } from "../../components/base/film.js"
import { bringFilm, followRequests } from "../../components/base/film_exchange.js"
import { exactOnScreen } from "../../components/base/format.js"
import mount from "../../components/live_network/component.js"
import { lossCurveOf, readLossAlong } from "../../components/live_network/loss_ahead.js"

/** @import { Message } from "../../components/base/protocol.d.ts" */
/** @import { Change, NetworkFilm, NetworkModel, NetworkPosted, WithChanges } from "../../components/live_network/model.d.ts" */

/** @type {{ data: NetworkModel, films: NetworkFilm[] }} */
const saved = JSON.parse(query(document, "#saved", HTMLScriptElement).textContent)
const savedFilms = new Map(saved.films.map((film) => [film.control, film]))
const asSaved = saved.data
const main = query(document, "main", HTMLElement)
let shown = asSaved
let taken = 0

/** @param {Partial<NetworkModel>} changes */
function show(changes) {
  shown = { ...shown, ...changes, seq: taken }
  mount({ parentElement: main, data: shown, setStateValue: take, setTriggerValue: take })
}

/**
 * What is shown with a number typed or dragged; nothing changes for a control without a film.
 * @param {Change} change
 * @returns {Partial<NetworkModel>}
 */
function withValue({ id, text }) {
  const film = savedFilms.get(id)
  if (!film) return {}
  const [low, high] = [film.positions[0], film.positions[film.positions.length - 1]]
  const value = Number(text.trim().replace(",", ".").replace("−", "-"))
  if (!text.trim() || !(value >= low && value <= high)) {
    const message = `This saved page takes a number from ${exactOnScreen(low)} to ${
      exactOnScreen(high)
    }; the app takes any.`
    return { rejected: { [id]: { text, message } } }
  }
  const index = nearest(film.positions, value)
  const position = film.positions[index]
  const isSaved = position === savedValue(id)
  return {
    controls: asSaved.controls.map((
      control,
    ) => (control.id === id ? { ...control, value: position } : control)),
    frame: isSaved ? asSaved.frame : Array.from(makeFilm(film, asSaved.layout.length).frame(index)),
    from_film: !isSaved,
    future: isSaved || !film.future ? asSaved.future : lossCurveOf(readLossAlong(film.future).at(position)),
    film: nameOf(film),
    rejected: {},
  }
}

/** @param {NetworkFilm | undefined} film */
function nameOf(film) {
  return film ? { control: film.control, key: film.key } : null
}

/** @param {string} id */
function bring(id) {
  const film = savedFilms.get(id)
  if (film) bringFilm(film)
}

/** @param {string} id */
function savedValue(id) {
  return asSaved.controls.find((control) => control.id === id)?.value
}

/**
 * Takes what the component sends: one of its messages, by name.
 * @param {string} name
 * @param {unknown} value
 */
function take(name, value) {
  // The outbox declares what it sends; here it comes as Python gets it.
  const { selected, view, values } =
    /** @type {Partial<NetworkPosted & { values: WithChanges & { changes: Change[] } }>} */ ({
      [name]: value,
    })
  taken = /** @type {Partial<Message>} */ (value).seq ?? taken
  if (selected) show({ view: { ...shown.view, selected: selected.id } })
  if (view) {
    const { color, scale, labels, loss_scale, stage, tab, nudge } = view
    show({ view: { ...shown.view, color, scale, labels, loss_scale, stage, tab, nudge } })
  }
  if (values) {
    const next = { ...shown.view, selected: values.selected }
    for (const change of values.changes) show({ view: next, ...withValue(change) })
  }
}

/** @param {Event} event */
function putOthersBack({ target }) {
  const id = target instanceof HTMLElement ? target.dataset.control : undefined
  const moved = shown.controls.some((control) =>
    control.id !== id && control.value !== savedValue(control.id)
  )
  if (id && moved) {
    show({
      controls: asSaved.controls,
      frame: asSaved.frame,
      future: asSaved.future,
      from_film: false,
      film: nameOf(savedFilms.get(id)),
      rejected: {},
    })
    bring(id)
  }
}

document.addEventListener("input", putOthersBack, true)
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show({}))
show({ film: nameOf(savedFilms.get(asSaved.view.selected)) })
bring(asSaved.view.selected)
followRequests(({ id }) => bring(id))
for (const input of main.querySelectorAll("input")) {
  const id = input.dataset.control ?? input.dataset.number
  if (id === undefined || savedFilms.has(id)) continue
  input.disabled = true
  input.title = asSaved.view.answers
    ? "Not in this file: it would be too large. Open it in the app."
    : "An exercise: its numbers stand as they were saved."
}
