// What is computed at a stage: a sentence, its equations with the present numbers, the shapes, and the lines of code.

import { html, setText } from "../base/dom.js"
import { formatNumber, htmlLabel } from "../base/format.js"
import { equationsOfArrays, productsOf } from "./equations.js"
import { buildEquation, paintEquation } from "./explain.js"
import { buildFormula, buildFormulaRegion } from "./formula_view.js"
import { numbersOf } from "./formulas.js"
import { speak } from "./mathml.js"
import { buildPrediction, judgeGuess, paintPrediction, predictedAt, readGuess } from "./predict.js"
import { plainText } from "./notation.js"

/** @import { Equation } from "./equations.js" */
/** @import { Predicted } from "./predict.js" */
/** @import { Guess } from "./state.js" */
/** @import { EquationView } from "./explain.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { Markup } from "./mathml.js" */
/** @import { ArrayShape, SymbolTree } from "./model.d.ts" */
/** @import { Scene } from "./scene.js" */
/** @import { Stage } from "./stages.js" */

/** @typedef {ReturnType<typeof buildStageText>} StageTextView */
/** @typedef {Predicted & { symbol: SymbolTree | null }} PredictedNumber */

// As many equations as stand below one another at once.
const MOST = 4
const LOSS_AFTER = "loss_after"

/**
 * @param {{ predict: (isOn: boolean) => void, judged: (guess: Guess) => void }} on
 */
export function buildStageText(on) {
  const body = buildFormulaRegion("What this stage computes")
  const prediction = buildPrediction({ predict: on.predict, guess })
  const view = {
    prediction,
    root: html("div", { class: "stage-text", hidden: "" }, body),
    body,
    of: "",
    stage: "",
    /** @type {Scene | null} */
    scene: null,
    equations: /** @type {EquationView[]} */ ([]),
    /** @type {HTMLElement | null} */
    after: null,
    /** @type {PredictedNumber | null} */
    predicted: null,
  }

  /** @param {string} text */
  function guess(text) {
    const { scene, predicted } = view
    if (!scene?.stage || !predicted) return
    const number = readGuess(text)
    const verdict = number === null
      ? `Your guess takes a number such as 0.5, −1e-3 or 1/3, got “${text.trim().slice(0, 40)}”.`
      : judgeGuess(number, predicted, scene.precision)
    on.judged({ stage: number === null ? "" : scene.stage.text.id, value: predicted.value, verdict })
  }

  return view
}

/**
 * Laid out once for a stage; then only the numbers are written.
 * @param {StageTextView} view
 * @param {Scene} scene
 * @param {boolean} isResting whether there is time to name the formulas for those who listen
 */
export function paintStageText(view, scene, isResting) {
  const { stage, network, precision } = scene
  view.root.hidden = !stage
  view.scene = scene
  if (!stage) {
    view.of = ""
    return
  }
  const equations = equationsOfArrays(stage.text.writes, network, scene)
  const of = JSON.stringify([stage.text, equations])
  if (view.of !== of) {
    view.of = of
    if (view.stage !== stage.text.id) view.prediction.box.value = ""
    view.stage = stage.text.id
    showStage(view, stage, equations, network)
  }
  for (const equation of view.equations) {
    paintEquation(equation, scene, isResting, stage.isWithheld ? stage.isWritten : null)
  }
  if (view.after) {
    setText(view.after, stage.isWithheld ? "?" : formatNumber(scene.scalar("loss_after"), precision))
  }
  view.predicted = predictedOf(scene, equations)
  paintPrediction(view.prediction, {
    isOn: scene.isPredicting,
    isAwaited: stage.isWithheld,
    name: view.predicted?.name ?? "",
    symbol: view.predicted?.symbol ?? null,
    network,
    verdict: scene.isPredicting && scene.guess.value === view.predicted?.value ? scene.guess.verdict : "",
  })
}

/**
 * @param {Scene} scene
 * @param {Equation[]} equations
 * @returns {PredictedNumber | null}
 */
function predictedOf(scene, equations) {
  const { network, stage, view } = scene
  if (stage?.text.id === LOSS_AFTER) {
    return { name: "L after the step", value: scene.scalar("loss_after"), symbol: null }
  }
  const symbol = predictedAt(equations, stage?.text.name ?? "", view.selected)
  return symbol && { name: plainText(symbol, network), value: numbersOf(network, scene)(symbol), symbol }
}

/**
 * @param {StageTextView} view
 * @param {NonNullable<Stage>} stage
 * @param {Equation[]} equations
 * @param {NetworkFormulas} network
 */
function showStage(view, { text, place, count }, equations, network) {
  view.equations = equations.map((equation) => buildEquation(equation, network))
  const rows = view.equations.map(({ root }) => root)
  view.after = text.id === LOSS_AFTER ? html("span", { class: "number" }) : null
  view.body.replaceChildren(
    html(
      "div",
      { class: "head" },
      html("p", { class: "title" }, text.title),
      html("span", { class: "of" }, html("span", {}, "stage "), `${place + 1} of ${count}`),
    ),
    html("p", {}, text.sentence),
    view.prediction.root,
    ...(view.after ? [html("p", { class: "equation" }, "L after the step = ", view.after)] : []),
    // Single numbers have no arrays.
    ...(text.shapes.length ? productsOf(text.writes, network).map(buildProduct) : []),
    ...rows.slice(0, MOST),
    ...(rows.length > MOST ? [folded(rows.slice(MOST))] : []),
    ...(text.shapes.length ? [shapeTable(text.shapes)] : []),
    ...(text.code.length ? [codeOf(text.code, network.convention.code)] : []),
  )
  view.body.scrollTop = 0
}

/** @param {Markup[]} parts */
function buildProduct(parts) {
  const { run } = buildFormula(parts, "letters")
  const formula = html("span", { class: "formula", role: "math", "aria-label": speak(parts, String) }, run)
  return html("div", { class: "equation product" }, formula)
}

/** @param {HTMLElement[]} rows */
function folded(rows) {
  return html("details", {}, html("summary", {}, `${rows.length} more`), ...rows)
}

/** @param {ArrayShape[]} shapes */
function shapeTable(shapes) {
  return html(
    "table",
    { class: "shapes", "aria-label": "Shapes of the arrays" },
    html(
      "tbody",
      {},
      ...shapes.map(({ symbol, shape, axes, written }) =>
        html(
          "tr",
          { class: written ? "written" : "read" },
          html("th", { scope: "row" }, htmlLabel(symbol)),
          html("td", { class: "number" }, shape),
          html("td", {}, axes),
        )
      ),
    ),
  )
}

/**
 * @param {string[]} lines
 * @param {string} name
 */
function codeOf(lines, name) {
  return html("figure", { class: "code" }, html("figcaption", {}, name), html("pre", {}, lines.join("\n")))
}
