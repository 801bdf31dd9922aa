// Everything about the weight, bias or unit looked at: its numbers in full, and the rule with the numbers
// plugged in.

import { html, setText } from "../base/dom.js"
import { full, htmlLabel, isNumber, MINUS, significant } from "../base/format.js"

export function buildExplain() {
  const body = html("div", { class: "body" })
  return { root: html("div", { class: "explain" }, body), body, of: null, changing: [] }
}

// The text around the numbers is laid out once for a weight or unit; then only the numbers are written.
export function paintExplain(explain, picture, scene) {
  const facts = factsOf(picture, scene)
  const of = facts &&
    [facts.title, facts.hint, ...facts.numbers.map(([name]) => name), ...facts.rules.map(([left]) => left)]
      .join("|")
  if (explain.of !== of || !facts) {
    explain.of = of
    explain.body.replaceChildren(
      ...(facts
        ? showFacts(facts)
        : [html("p", { class: "hint" }, "Select a weight or a unit to see its numbers.")]),
    )
    explain.changing = [...explain.body.querySelectorAll("dd, .plugged")]
  }
  if (facts) [...facts.numbers, ...facts.rules].forEach(([, text], k) => setText(explain.changing[k], text))
}

function factsOf(picture, scene) {
  const item = picture.byId.get(scene.explained)
  if (!item) return scene.control ? controlFacts(scene) : null
  return item.circle ? unitFacts(item, picture, scene) : linkFacts(item, picture, scene)
}

// A target or the learning rate: the slope is that of the curve beside it.
function controlFacts({ control, value, plotted, plottedIndex }) {
  const name = control.id === "eta" ? "learning rate" : "target"
  const slope = control.id === "eta" ? "dL/dη after the step" : `dL/d${control.label}`
  return {
    title: control.label,
    numbers: [
      [name, full(value(control.id))],
      ...(plotted ? [[slope, full(plotted.slope[plottedIndex])]] : []),
    ],
    rules: [],
    hint: "",
  }
}

function showFacts({ title, numbers, rules, hint }) {
  const list = html("dl", { class: "facts" })
  for (const [name] of numbers) list.append(html("div", {}, html("dt", {}, name), html("dd")))
  return [
    html("p", { class: "title" }, htmlLabel(title)),
    list,
    ...rules.map(([left]) =>
      html("p", { class: "rule" }, ruleSide(left), " = ", html("span", { class: "plugged" }))
    ),
    ...(hint ? [html("p", { class: "hint" }, hint)] : []),
  ]
}

// "δ_{h1}" is a symbol with a subscript, "e^−z" one with a power; the rest is text.
export function ruleSide(text) {
  const side = html("span", { class: "math" })
  for (const piece of text.split(/(_\{[^}]*\}|\^−?z)/)) {
    if (piece.startsWith("_{")) side.append(html("sub", {}, piece.slice(2, -1)))
    else if (piece.startsWith("^")) side.append(html("sup", {}, piece.slice(1)))
    else side.append(piece)
  }
  return side
}

function bracket(value) {
  const text = significant(value, 6)
  return text.startsWith(MINUS) ? `(${text})` : text
}

function product(...values) {
  return values.map(bracket).join(" × ")
}

function linkFacts(link, picture, scene) {
  const number = (value) => full(value, scene.fromFilm)
  const to = picture.nodes[link.anchors.to]
  const from = picture.nodes[link.anchors.from]
  const weight = scene.value(link.id)
  const change = scene.weightDelta(link)
  const symbol = link.bias ? "b" : "w"
  const a = from ? scene.node("a", from.index) : 1
  const numbers = [
    [link.bias ? "bias" : "weight", number(weight)],
    [`gradient dL/d${symbol}`, number(scene.gradient(link))],
    [`${link.bias ? "bias" : "weight"} delta Δ${symbol}`, number(change)],
    [`${symbol} + Δ${symbol}`, number(weight + change)],
  ]
  if (from) numbers.push(["signal w·a", number(weight * a)])
  const delta = `${scene.deltaSymbol}_{${to.label}}`
  // An input is called by its own name, x; a unit's activation is a.
  const signal = from && (from.layer ? `a_{${from.label}}` : `x_{${from.unit + 1}}`)
  const factors = from ? `${signal} · ${delta}` : delta
  const plugged = from ? product(a, scene.delta(to.index)) : significant(scene.delta(to.index), 6)
  const gradientRule = [
    `${scene.deltaSign < 0 ? "−" : ""}dL/d${symbol} = ${factors}`,
    `${plugged} = ${significant(scene.deltaSign * scene.gradient(link), 6)}`,
  ]
  const step = scene.deltaSign < 0 ? `η · ${factors}` : `−η · dL/d${symbol}`
  const stepPlugged = scene.deltaSign < 0
    ? `${bracket(scene.eta)} × ${plugged}`
    : `${MINUS}${product(scene.eta, scene.gradient(link))}`
  const rules = [gradientRule, [
    `Δ${symbol} = ${step}`,
    scene.isTrained(link) ? `${stepPlugged} = ${significant(change, 6)}` : "0, as the biases are held fixed",
  ]]
  return { title: link.label, numbers, rules, hint: meaning(scene.gradient(link)) }
}

function meaning(gradient) {
  if (!isNumber(gradient)) return ""
  if (Number(gradient) === 0) return "A gradient of 0: a small change makes no difference to the loss."
  return Number(gradient) < 0
    ? "Negative, so drawn dashed: raising it lowers the loss."
    : "Positive: raising it raises the loss."
}

function unitFacts(node, picture, scene) {
  const number = (value) => full(value, scene.fromFilm)
  const at = (name) => scene.node(name, node.index)
  if (!node.layer) {
    return {
      title: node.label,
      numbers: [["input", number(at("a"))], [`dL/d${node.label}`, number(at("da"))]],
      rules: [],
      hint: "An input is given: it has no δ of its own.",
    }
  }
  const numbers = [
    ["z", number(at("z"))],
    ["a", number(at("a"))],
    ["f′(z)", number(at("derivative"))],
    [scene.deltaSign < 0 ? "−dL/da" : "dL/da", number(0 + scene.deltaSign * at("da"))],
    [scene.deltaName, number(scene.delta(node.index))],
  ]
  const incoming = picture.links.filter((link) => link.anchors.to === node.index)
  const terms = incoming.map((
    link,
  ) => (link.bias
    ? bracket(scene.value(link.id))
    : `${bracket(scene.node("a", link.anchors.from))}·${bracket(scene.value(link.id))}`)
  )
  const { formulas, layers, fused } = scene.drawing
  const rules = [
    [
      `z = Σ a·w${incoming.some((link) => link.bias) ? " + b" : ""}`,
      `${terms.join(" + ")} = ${significant(at("z"), 6)}`,
    ],
    [`a = ${formulas[node.layer - 1]}`, significant(at("a"), 6)],
    deltaRule(node, picture, scene, node.layer === layers - 1, fused),
  ]
  return { title: node.label, numbers, rules }
}

function deltaRule(node, picture, scene, isOutput, fused) {
  const sign = scene.deltaSign
  const symbol = `${scene.deltaSymbol}_{${node.label}}`
  const result = significant(scene.delta(node.index), 6)
  const at = (name) => scene.node(name, node.index)
  const slope = bracket(at("derivative"))
  if (isOutput) {
    const target = scene.target(node.unit)
    if (fused) {
      const [first, second] = sign < 0 ? [target, at("a")] : [at("a"), target]
      return [
        `${symbol} = ${sign < 0 ? "y − ŷ" : "ŷ − y"}`,
        `${bracket(first)} − ${bracket(second)} = ${result}`,
      ]
    }
    if (scene.drawing.activations.at(-1) === "softmax") {
      return [`${symbol} = ${sign < 0 ? "−" : ""}a (dL/da − Σ a dL/da)`, result]
    }
    return [
      `${symbol} = ${sign < 0 ? "−" : ""}dL/da · f′(z)`,
      `${bracket(sign * at("da"))} × ${slope} = ${result}`,
    ]
  }
  const outgoing = picture.links.filter((link) => link.anchors.from === node.index)
  const terms = outgoing.map((link) =>
    `${bracket(scene.value(link.id))}·${bracket(scene.delta(link.anchors.to))}`
  )
  return [`${symbol} = (Σ w·${scene.deltaSymbol}) · f′(z)`, `(${terms.join(" + ")}) × ${slope} = ${result}`]
}
