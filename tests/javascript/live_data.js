// A live network of one weight, without a picture.

import { makeState, takeData, takeValues } from "../../ui/components/live_network/state.js"

/** @import { SentArray } from "../../ui/components/base/arrays.js" */
/** @import { Control, Convention, NetworkModel } from "../../ui/components/live_network/model.d.ts" */

const PALETTE = { negative: [0], zero: [0], positive: [0], positiveText: "", negativeText: "" }
const ROLES = { input: "", weight: "", rate: "", target: "", slope: "" }
/** @type {Convention} */
export const CONVENTION = {
  delta: { sign: 1, symbol: "δ", name: "δ" },
  ...{ letters: {}, array_letters: {}, meanings: {}, arrow: "→", code: "NumPy" },
  ...{ units_are_columns: false, weights_are_turned: false },
}
/** @type {Convention} */
export const ERROR_TERM = { ...CONVENTION, delta: { sign: -1, symbol: "−δ", name: "−δ (error term)" } }
/** @type {Control} */
export const CONTROL = {
  id: "w",
  group: "",
  label: "w",
  name: "w",
  low: -2,
  high: 2,
  step: 0.02,
  scale: "linear",
  value: 1,
  shown: true,
}

/**
 * An array as it is sent, without differences.
 * @param {SentArray["type"]} type
 * @param {Uint16Array | Float32Array | Float64Array} numbers column after column
 * @param {number} rows
 * @returns {SentArray}
 */
export function sentArray(type, numbers, rows = numbers.length) {
  const bytes = new Uint8Array(numbers.buffer)
  const size = numbers.BYTES_PER_ELEMENT
  const planes = bytes.map((_, k) => bytes[(k % numbers.length) * size + Math.floor(k / numbers.length)])
  return { type, rows, along: 0, across: 0, bytes: planes }
}

export const NO_FRAMES = {
  frames: sentArray("<f4", new Float32Array()),
  curve: sentArray("<f8", new Float64Array()),
  slope: sentArray("<f8", new Float64Array()),
}

/**
 * @param {string} selected
 * @param {{ layers?: number, control?: Partial<Control> }} changes
 * @returns {NetworkModel}
 */
export function dataOf(selected, { layers = 2, control = {} } = {}) {
  return {
    seq: 0,
    drawing: {
      ...{ layers, nodes: [], edges: [], biases: [], activations: [], slopes: [], fused: false, loss: "" },
    },
    convention: CONVENTION,
    formulas: [],
    code: { heading: [], array: "{}", given: [], computed: [] },
    stages: [],
    controls: [{ ...CONTROL, ...control }],
    layout: {
      ...{ loss: 0, loss_after: 0, loss_predicted: 0, a: 0, z: 0, derivative: 0, da: 0, delta: 0 },
      ...{ gradient: 0, length: 0 },
    },
    frame: [],
    numbers: "",
    film: null,
    given: [],
    biases_fixed: false,
    view: {
      ...{ color: "weight", scale: "log", labels: true, selected, answers: true },
      ...{
        precision: { digits: 6, decimals: null },
        loss_scale: "linear",
        horizon: 100,
        stage: "all",
        predict: false,
      },
      ...{ tab: "along", nudge: 1e-4 },
    },
    rejected: {},
    training: null,
    guide: false,
    glossary: {},
    future: null,
    past: null,
    choices: {
      colors: { gradient: "", weight_delta: "", weight: "", contribution: "" },
      scales: { log: "", linear: "" },
      loss_scales: { linear: "", log: "" },
      horizons: [10, 100, 1000],
      tabs: { along: "", nudge: "", code: "" },
      nudges: [0.1, 1e-4],
    },
    palette: {
      light: { negative: "", zero: "", positive: "", positive_text: "" },
      dark: { negative: "", zero: "", positive: "", positive_text: "" },
    },
    roles: { light: ROLES, dark: ROLES },
  }
}

export function begin() {
  const state = makeState(dataOf("none"), PALETTE)
  takeData(state, dataOf("none"))
  takeValues(state, dataOf("none").controls)
  return state
}
