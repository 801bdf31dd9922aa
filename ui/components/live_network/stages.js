// The stages of the step: which numbers have been computed at one of them, and what its edges carry.

/** @import { StageText } from "./model.d.ts" */
/** @import { Link, StepNumbers } from "./step.js" */

export const WHOLE_STEP = "all"
const ON_EDGES = ["dW", "step", "new"]

/**
 * What the edges between two layers carry at a stage, or all edges where `layer` is null: a number of each, forwards or
 * backwards.
 * @typedef {{ layer: number | null, biases: boolean, backward: boolean, name: string, of: (link: Link) => number }} Carried
 */

/** @typedef {ReturnType<typeof readStage>} Stage */

/** @typedef {{ name: string, stages: StageText[] }} PartOfStep */

/**
 * The parts of a step with their stages, in order.
 * @param {StageText[]} stages
 * @returns {PartOfStep[]}
 */
export function partsOfStep(stages) {
  /** @type {PartOfStep[]} */
  const parts = []
  for (const stage of stages) {
    const name = partOf(stage.name)
    const last = parts.at(-1)
    if (last?.name === name) last.stages.push(stage)
    else parts.push({ name, stages: [stage] })
  }
  return parts
}

/** @param {string} name of a stage */
function partOf(name) {
  if (["x", "z", "a", "loss"].includes(name)) return "forward"
  return ["da", "delta", "dW"].includes(name) ? "backward" : "update"
}

/**
 * The place of a stage among all; −1 for the whole step.
 * @param {StageText[]} stages
 * @param {string} id
 */
export function placeOfStage(stages, id) {
  return stages.findIndex((stage) => stage.id === id)
}

/**
 * A stage with the numbers of a step; null for the whole step.
 * @param {StageText[]} stages
 * @param {string} id
 * @param {StepNumbers} step
 * @param {boolean} [isWithheld] whether what it computes is not shown yet
 */
export function readStage(stages, id, step, isWithheld = false) {
  const place = placeOfStage(stages, id)
  if (place < 0) return null
  const carried = carriedAt(stages[place], step)
  return {
    place,
    count: stages.length,
    isWithheld,
    /** Whether the edges carry what is withheld, and not what that is made of. */
    isUnknownCarried: isWithheld && ON_EDGES.includes(stages[place].name),
    text: stages[place],
    carried,
    /** @type {(name: string, layer: number) => boolean} */
    isComputed: (name, layer) =>
      stages.slice(0, isWithheld ? place : place + 1).some((stage) => writes(stage, name, layer)),
    /** @type {(name: string, layer: number) => boolean} */
    isWritten: (name, layer) => writes(stages[place], name, layer),
    isLit: (/** @type {Link} */ link) =>
      carried !== null && (carried.layer ?? layerOf(link)) === layerOf(link) &&
      (carried.biases || !link.bias),
  }
}

/**
 * Whether an array is computed at a stage.
 * @param {StageText} stage
 * @param {string} name
 * @param {number} layer
 */
function writes(stage, name, layer) {
  return stage.writes.some((array) => array[0] === name && array[1] === layer)
}

/**
 * @param {StageText} stage
 * @param {StepNumbers} step
 * @returns {Carried | null}
 */
function carriedAt({ name, layer }, step) {
  switch (name) {
    case "z":
      return { layer, biases: true, backward: false, name: "contribution w·a", of: step.contribution }
    case "da":
      if (layer === step.drawing.layers - 1) return null
      return {
        layer: layer + 1,
        biases: false,
        backward: true,
        name: `contribution w·${
          step.deltaSymbol.startsWith("−") ? `(${step.deltaSymbol})` : step.deltaSymbol
        }`,
        of: (link) => step.value(link.id) * step.delta(link.anchors.to),
      }
    case "dW":
      return { layer, biases: true, backward: true, name: "gradient", of: step.gradient }
    case "step":
      return { layer: null, biases: true, backward: false, name: "weight delta", of: step.weightDelta }
    case "new":
      return {
        layer: null,
        biases: true,
        backward: false,
        name: "w + Δw",
        of: (link) => step.value(link.id) + step.weightDelta(link),
      }
    default:
      return null
  }
}

/**
 * The layer that a weight or bias belongs to: that of the unit it leads into.
 * @param {Link} link
 */
function layerOf({ id }) {
  return Number(id.slice(1).split(".")[0])
}
