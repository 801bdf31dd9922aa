// In place of Streamlit's front end: mounts the components that Python shows, and sends what they set.

const main = document.querySelector("main")
// By the id of a component: its place, and what it has set so far.
const places = new Map()
const states = {}
const modules = new Map()
let isDue = false
let showing = Promise.resolve()
// Until a component has sent that it is painted, which Python takes for granted, any message is one of that.
const { promise: painted, resolve: paint } = Promise.withResolvers()
let following = painted

async function show({ query, components }) {
  const now = new URLSearchParams(query).toString()
  if (new URLSearchParams(location.search).toString() !== now) history.pushState(null, "", `?${query}`)
  const ids = new Set(components.map(({ id }) => id))
  for (const [id, { box }] of places) {
    if (ids.has(id)) continue
    box.remove()
    places.delete(id)
    delete states[id]
  }
  for (const component of components) await mount(component)
}

async function mount({ id, name, data, is_bytes, html, css, js }) {
  if (js !== undefined) {
    const url = URL.createObjectURL(new Blob([js], { type: "text/javascript" }))
    const { default: mount, styles = css } = await import(url)
    modules.set(name, { html, css: styles, mount })
  }
  const module = modules.get(name)
  let place = places.get(id)
  if (!place) {
    const box = document.createElement("div")
    // As around an element of Streamlit's with this key.
    box.className = `st-key-${id.split("-").at(-1)}`
    const root = box.attachShadow({ mode: "open" })
    root.innerHTML = `<style>${module.css}</style>${module.html}`
    main.append(box)
    place = { box, root, module }
    places.set(id, place)
    states[id] = {}
  }
  place.data = () => is_bytes ? bytesOf(data) : JSON.parse(data || "null")
  update(id, place)
}

function bytesOf(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

function update(id, { root, module, data }) {
  const setStateValue = (field, value) => {
    states[id][field] = value
    send()
  }
  module.mount({ parentElement: root, data: data(), setStateValue, setTriggerValue: setStateValue })
}

function followAddress() {
  paint()
  following = runApp({ query: location.search, states }).then(showApp)
  return following
}

// What is set in one go is one message.
function send() {
  if (isDue) return
  isDue = true
  queueMicrotask(() => {
    isDue = false
    followAddress()
  })
}

globalThis.showApp = (shown) => {
  showing = showing.then(() => show(shown))
  return showing
}

// Resolves once no message is under way, and all that has followed is shown.
globalThis.comeToRest = async () => {
  let followed
  do {
    followed = following
    await followed
  } while (isDue || followed !== following)
}

// What is shown for a message that is under way would take the address back.
globalThis.goTo = async (query) => {
  await comeToRest()
  history.pushState(null, "", `?${query}`)
  return followAddress()
}

// Behind what the components listen to.
addEventListener("popstate", followAddress)
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const [id, place] of places) update(id, place)
})
const first = JSON.parse(document.querySelector("#shown").textContent)
history.replaceState(null, "", `${first.path}?${first.query}`)
showing = document.fonts.load('14px "Source Sans"').then(() => show(first))
