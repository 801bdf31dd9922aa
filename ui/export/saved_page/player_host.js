// Stands in for Python in a saved page: the run is all there, and what the player sends is for the app only.

import { query } from "../../components/base/dom.js"
import mount from "../../components/player/component.js"

/** @import { PlayerModel } from "../../components/player/model.d.ts" */

/** @type {PlayerModel} */
const data = JSON.parse(query(document, "#saved", HTMLScriptElement).text)

function show() {
  mount({
    parentElement: query(document, "main", HTMLElement),
    data,
    setStateValue: () => {},
    setTriggerValue: () => {},
  })
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show)
show()
