// A network whose units and weights have boxes for a learner's numbers, each with its mark.

import { announce, makeAnnouncer } from "../base/announcer.js"
import { focusedBeside, html, query, set, svg } from "../base/dom.js"
import { makeMount } from "../base/mount.js"
import { makeOutbox } from "../base/outbox.js"
import { followPrinting } from "../base/paper.js"
import { buildCard, buildRow, headingOf, paintFold, paintGiven, paintRow } from "./boxes.js"
import { arrange, placeNumbers } from "./layout.js"

/** @import { Component, Instance } from "../base/component.d.ts" */
/** @import { CardParts, Row } from "./boxes.js" */
/** @import { AnswerBoxesModel, Box, BoxesOutbox } from "./model.d.ts" */

// What stands at no unit and no weight has a card of its own in the last column.
const ALONE = ""
const LOSS = { id: ALONE, label: "Loss" }

/**
 * @param {HTMLElement | ShadowRoot} root
 * @returns {Instance<AnswerBoxesModel>}
 */
function createBoxes(root) {
  const host = query(root, ".answer-boxes", HTMLElement)
  /** @type {BoxesOutbox} */
  const outbox = makeOutbox(host, "typed", "changes")
  const lines = svg("svg", { class: "lines", "aria-hidden": "true" })
  const drawing = html(
    "div",
    { class: "network", role: "group", "aria-label": "The network with its boxes" },
    lines,
  )
  const title = html("p", { class: "opened-name" })
  const opened = html("div", { class: "opened" }, title)
  const problems = html("div", { class: "problems" })
  const announcer = makeAnnouncer()
  /** @type {AnswerBoxesModel | null} */
  let data = null
  // What the cards and rows were built of.
  let built = ""
  /** @type {Map<string, CardParts>} */
  let cards = new Map()
  /** @type {Map<string, Row>} */
  let rows = new Map()
  /** @type {string | null} the unit whose boxes stand below the drawing, where units are folded */
  let open = null
  let lit = ""
  host.replaceChildren(drawing, opened, problems, announcer.root)

  const observer = new ResizeObserver(() => paint())
  observer.observe(host)
  const forgetPrinting = followPrinting(host, () => paint())

  /** @param {AnswerBoxesModel} model */
  function unitOf({ units, edges }) {
    const byEdge = new Map(edges.map(({ id, to }) => [id, units[to].id]))
    return (/** @type {Pick<Box, "place">} */ { place }) => byEdge.get(place) ?? place
  }

  /** @param {AnswerBoxesModel} model */
  function unitsOf(model) {
    const loss = model.boxes.some(({ place }) => place === ALONE)
      ? [{ ...LOSS, layer: model.layers - 1 }]
      : []
    return [...model.units, ...loss]
  }

  /** @param {AnswerBoxesModel} model */
  function build(model) {
    const units = unitsOf(model)
    const of = unitOf(model)
    const kindsAt = (/** @type {string} */ id) => {
      const kinds = model.boxes.filter((box) => of(box) === id).map(({ quantity }) => quantity)
      return [...new Set(kinds.filter(Boolean))].join(", ")
    }
    cards = new Map(
      units.map((unit) => [unit.id, buildCard(unit, kindsAt(unit.id), (id) => openUnit(id, true))]),
    )
    rows = new Map(model.boxes.map((box) => [box.id, buildRow(box, { commit, next })]))
    for (const box of model.boxes) {
      rows.get(box.id) && cards.get(of(box))?.rows.append(/** @type {Row} */ (rows.get(box.id)).root)
    }
    const order = [...new Set(model.boxes.map(of))]
    const first = (/** @type {string} */ id) => order.includes(id) ? order.indexOf(id) : -1
    const inOrder = [...cards.values()].sort((one, two) => first(one.id) - first(two.id))
    drawing.replaceChildren(lines, ...inOrder.map((card) => card.root))
    if (open === null || !order.includes(open)) open = order[0] ?? null
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  function commit(id, text) {
    outbox.add({ id, text }, {}, id)
    paint()
  }

  /** @param {string} id the box after which the next one gets the focus */
  function next(id) {
    if (!data) return
    const of = unitOf(data)
    const order = [...new Set(data.boxes.map(of))]
    const inTurn = order.flatMap((unit) => data ? data.boxes.filter((box) => of(box) === unit) : [])
    const box = inTurn[inTurn.findIndex((each) => each.id === id) + 1]
    if (!box) return
    openUnit(of(box), false)
    rows.get(box.id)?.input.focus()
  }

  /**
   * @param {string} id
   * @param {boolean} withFocus
   */
  function openUnit(id, withFocus) {
    open = id
    paint()
    if (withFocus) opened.querySelector("input")?.focus()
  }

  function paint() {
    if (!data) return
    const model = data
    const of = unitOf(model)
    const units = unitsOf(model)
    const numbersAt = (/** @type {string} */ id) => model.given.filter(({ place }) => place === id)
    const boxesAt = (/** @type {string} */ id) => model.boxes.filter((box) => of(box) === id)
    const isPrinted = host.classList.contains("printed")
    const width = Math.max(host.clientWidth, 240)
    const holdings = units.map(({ id, layer }) => ({
      layer,
      boxes: boxesAt(id).length,
      given: numbersAt(id).length,
    }))
    const ends = model.edges.map(({ id, to }) => boxesAt(units[to].id).findIndex(({ place }) => place === id))
    const laid = arrange(holdings, model.edges, ends, width)
    const isList = isPrinted && laid.isFolded
    host.classList.toggle("folded", laid.isFolded && !isList)
    host.classList.toggle("list", isList)
    host.classList.toggle("wordless", !laid.isFolded && !laid.hasWords)
    drawing.style.height = isList ? "" : `${laid.height}px`
    const focused = focusedBeside(host)
    units.forEach(({ id }, k) => {
      const card = cards.get(id)
      if (!card) return
      const { x, y, width, height } = laid.cards[k]
      Object.assign(card.root.style, {
        left: `${x}px`,
        top: `${y}px`,
        width: `${width}px`,
        height: `${height}px`,
      })
      const isOpen = laid.isFolded && !isList && id === open
      const place = isOpen ? opened : card.root
      if (card.rows.parentElement !== place) place.append(card.given, card.rows)
      paintGiven(card, [...numbersAt(id), ...(isOpen ? weightsInto(k) : [])])
      const boxes = boxesAt(id)
      const alone = boxes.length ? "" : numbersAt(id).map(({ text }) => text).join(" ")
      paintFold(card, boxes, alone, { isOpen, isLit: boxes.some((box) => box.id === model.lit) })
    })
    if (focused instanceof HTMLElement && focused !== focusedBeside(host) && host.contains(focused)) {
      focused.focus()
    }
    const shown = cards.get(open ?? "")
    title.replaceChildren(...(shown ? headingOf(shown.label, shown.kinds) : []))
    const pending = new Map(outbox.items.map(({ id, text }) => [id, text]))
    for (const box of model.boxes) {
      const row = rows.get(box.id)
      if (row) paintRow(row, box, pending.get(box.id), box.id === model.lit)
    }
    paintLines(laid)
    problems.replaceChildren(
      ...model.boxes.filter(({ problem, id }) => problem && !pending.has(id))
        .map(({ problem }) => html("p", { class: "rejected" }, problem)),
    )
  }

  /** @param {number} unit */
  function weightsInto(unit) {
    if (!data) return []
    const { edges, units, given } = data
    return edges.filter(({ to }) => to === unit).flatMap(({ id, from }) =>
      given.filter(({ place }) => place === id).map(({ text, place }) => ({
        place,
        label: `${units[from].label}→`,
        text,
      }))
    )
  }

  /** @param {import("./layout.js").Arrangement} laid */
  function paintLines({ lines: drawn, height, isFolded }) {
    if (!data) return
    const { edges, given, units } = data
    set(lines, "height", height)
    const numbers = new Map(given.map(({ place, text }) => [place, text]))
    const places = isFolded ? [] : placeNumbers(drawn, edges.map(({ to }) => units[to].layer))
    lines.replaceChildren(
      ...drawn.map((line) => svg("line", { ...line })),
      ...edges.flatMap(({ id }, k) => {
        const at = places[k]
        const text = numbers.get(id)
        return at && text !== undefined ? [svg("text", { x: at.x, y: at.y + 4 }, text)] : []
      }),
    )
  }

  /** @param {Component<AnswerBoxesModel>} component */
  function update({ data: model, setStateValue }) {
    outbox.receive(model.seq, setStateValue, model.session, model.run)
    const shape = JSON.stringify([
      model.units,
      model.edges,
      model.boxes.map(({ id, label, name }) => [id, label, name]),
    ])
    data = model
    if (shape !== built) {
      const id = focusedBeside(host)?.getAttribute("data-box")
      build(model)
      built = shape
      paint()
      if (id) rows.get(id)?.input.focus()
    }
    const found = model.boxes.find(({ id }) => id === model.lit)
    // The first time that a number is lit, its unit opens.
    if (model.lit && model.lit !== lit && found && !focusedBeside(host)?.matches("input")) {
      open = unitOf(model)(found)
    }
    lit = model.lit ?? ""
    paint()
    announce(announcer, model.announcement, model.announcement)
  }

  function stop() {
    observer.disconnect()
    forgetPrinting()
    outbox.stop()
  }

  return { update, stop }
}

const mountBoxes = makeMount(createBoxes)

/** @param {Component<AnswerBoxesModel>} component */
export default function mount(component) {
  return mountBoxes(component)
}
