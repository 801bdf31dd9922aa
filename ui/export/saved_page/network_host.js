// Stands in for Python in a saved page: the live network gets the films that were saved with it.
//
// A film shows one control while all others stand as saved, so moving another control puts the first one back.

const saved = JSON.parse(document.getElementById("saved").textContent)
const films = new Map(saved.films.map((film) => [film.control, film]))
const asSaved = saved.data
let data = asSaved
let seq = 0

function show(changes) {
  data = { ...data, ...changes, seq }
  mount({ parentElement: document.querySelector("main"), data, setStateValue: take })
}

function withValue(id, text) {
  const film = films.get(id)
  const low = film.positions[0]
  const high = film.positions.at(-1)
  const value = Number(text.trim().replace(",", ".").replace("−", "-"))
  if (!text.trim() || !(value >= low && value <= high)) {
    const message = `This saved page takes a number from ${exactOnScreen(low)} to ${
      exactOnScreen(high)
    }; the app takes any.`
    return { rejected: { [id]: { text, message } } }
  }
  const place = nearest(film.positions, value)
  const position = film.positions[place]
  const isSaved = position === valueOf(id)
  return {
    controls: asSaved.controls.map((
      control,
    ) => (control.id === id ? { ...control, value: position } : control)),
    frame: isSaved ? asSaved.frame : Array.from(makeFilm(film, asSaved.layout.length).frame(place)),
    from_film: !isSaved,
    film: { key: film.key },
    rejected: {},
  }
}

function valueOf(id) {
  return asSaved.controls.find((control) => control.id === id).value
}

function take(name, sent) {
  seq = sent.seq ?? seq
  if (name === "grabbed") show({ film: films.get(sent.id) ?? null })
  if (name === "selected") show({ view: { ...data.view, selected: sent.id } })
  if (name === "view") {
    show({ view: { ...data.view, color: sent.color, scale: sent.scale, labels: sent.labels } })
  }
  if (name === "values") {
    const view = { ...data.view, selected: sent.selected }
    for (const { id, text } of sent.changes) show({ view, ...withValue(id, text) })
  }
}

function putOthersBack(event) {
  const id = event.target.dataset?.control
  const moved = data.controls.some((control) => control.id !== id && control.value !== valueOf(control.id))
  if (id && moved) {
    show({
      controls: asSaved.controls,
      frame: asSaved.frame,
      from_film: false,
      film: films.get(id),
      rejected: {},
    })
  }
}

document.addEventListener("input", putOthersBack, true)
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show({}))
show({ film: films.get(asSaved.view.selected) ?? null })
for (const input of document.querySelectorAll("[data-control], [data-number]")) {
  if (films.has(input.dataset.control ?? input.dataset.number)) continue
  input.disabled = true
  input.title = asSaved.view.answers
    ? "Not in this file: it would be too large. Open it in the app."
    : "An exercise: its numbers stand as they were saved."
}
