// Everything about the weight, bias or unit looked at: its numbers in full, and the rule with the numbers
// plugged in.

import { html, setText } from "../base/dom.js"
import { formatNumber, htmlLabel, isNumber } from "../base/format.js"

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
  if (!facts) return
  ;[...facts.numbers, ...facts.rules].forEach(([, text], k) => setText(explain.changing[k], text))
}

function factsOf(picture, scene) {
  const item = picture.byId.get(scene.explained)
  if (!item) return scene.control ? controlFacts(scene) : null
  return item.circle ? unitFacts(item, picture, scene) : linkFacts(item, picture, scene)
}

// A target or the learning rate: the slope is that of the curve beside it.
function controlFacts({ control, value, plotted, plottedIndex, precision }) {
  const name = control.id === "eta" ? "learning rate" : "target"
  const slope = control.id === "eta" ? "dL/dη after the step" : `dL/d${control.label}`
  return {
    title: control.label,
    numbers: [
      [name, formatNumber(value(control.id), precision)],
      ...(plotted ? [[slope, formatNumber(plotted.slope[plottedIndex], precision)]] : []),
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

function bracket(precision, value) {
  const text = formatNumber(value, precision)
  return text.startsWith("−") ? `(${text})` : text
}

function product(precision, ...values) {
  return values.map((value) => bracket(precision, value)).join(" × ")
}

function linkFacts(link, picture, scene) {
  const number = (value) => formatNumber(value, scene.precision)
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
  const plugged = from ? product(scene.precision, a, scene.delta(to.index)) : number(scene.delta(to.index))
  const gradientRule = [
    `${scene.deltaSign < 0 ? "−" : ""}dL/d${symbol} = ${factors}`,
    `${plugged} = ${number(scene.deltaSign * scene.gradient(link))}`,
  ]
  const step = scene.deltaSign < 0 ? `η · ${factors}` : `−η · dL/d${symbol}`
  const stepPlugged = scene.deltaSign < 0
    ? `${bracket(scene.precision, scene.eta)} × ${plugged}`
    : `−${product(scene.precision, scene.eta, scene.gradient(link))}`
  const rules = [gradientRule, [
    `Δ${symbol} = ${step}`,
    scene.isTrained(link) ? `${stepPlugged} = ${number(change)}` : "0, as the biases are held fixed",
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
  const number = (value) => formatNumber(value, scene.precision)
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
    ? bracket(scene.precision, scene.value(link.id))
    : `${bracket(scene.precision, scene.node("a", link.anchors.from))}·${
      bracket(scene.precision, scene.value(link.id))
    }`)
  )
  const { formulas, layers, fused } = scene.drawing
  const rules = [
    [
      `z = Σ a·w${incoming.some((link) => link.bias) ? " + b" : ""}`,
      `${terms.join(" + ")} = ${number(at("z"))}`,
    ],
    [`a = ${formulas[node.layer - 1]}`, number(at("a"))],
    deltaRule(node, picture, scene, node.layer === layers - 1, fused),
  ]
  return { title: node.label, numbers, rules }
}

function deltaRule(node, picture, scene, isOutput, fused) {
  const sign = scene.deltaSign
  const symbol = `${scene.deltaSymbol}_{${node.label}}`
  const result = formatNumber(scene.delta(node.index), scene.precision)
  const at = (name) => scene.node(name, node.index)
  const slope = bracket(scene.precision, at("derivative"))
  if (isOutput) {
    const target = scene.target(node.unit)
    if (fused) {
      const [first, second] = sign < 0 ? [target, at("a")] : [at("a"), target]
      return [
        `${symbol} = ${sign < 0 ? "y − ŷ" : "ŷ − y"}`,
        `${bracket(scene.precision, first)} − ${bracket(scene.precision, second)} = ${result}`,
      ]
    }
    if (scene.drawing.activations.at(-1) === "softmax") {
      return [`${symbol} = ${sign < 0 ? "−" : ""}a (dL/da − Σ a dL/da)`, result]
    }
    return [
      `${symbol} = ${sign < 0 ? "−" : ""}dL/da · f′(z)`,
      `${bracket(scene.precision, sign * at("da"))} × ${slope} = ${result}`,
    ]
  }
  const outgoing = picture.links.filter((link) => link.anchors.from === node.index)
  const terms = outgoing.map((link) =>
    `${bracket(scene.precision, scene.value(link.id))}·${
      bracket(scene.precision, scene.delta(link.anchors.to))
    }`
  )
  return [`${symbol} = (Σ w·${scene.deltaSymbol}) · f′(z)`, `(${terms.join(" + ")}) × ${slope} = ${result}`]
}
