// A film of a training run as Python sends it: two inputs, two hidden units, one output, at three key frames.

/** @import { SentRun } from "../../ui/components/player/model.d.ts" */

/** @param {Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer>} numbers */
export function encode(numbers) {
  return btoa(String.fromCharCode(...new Uint8Array(numbers.buffer)))
}

const PARAMETERS = 9
export const STEPS = [0, 10, 40]
/** θ at each key frame; the bias of the second hidden unit is the largest of all. */
export const THETA = STEPS.flatMap((_, frame) =>
  Array.from({ length: PARAMETERS }, (_, place) => (place === 5 ? 100 : (frame + 1) * (place - 4)))
)
export const GRADIENT = THETA.map((value, place) => value / 10 ** Math.floor(place / PARAMETERS))

/**
 * @param {Partial<SentRun>} changes
 * @returns {SentRun}
 */
export function filmOf(changes = {}) {
  return {
    key: "a",
    run: "r",
    still: "alike",
    task: "binary",
    pixels: null,
    widths: [2, 2, 1],
    bias: true,
    activations: ["tanh", "sigmoid"],
    labels: ["x1", "x2", "h1,1", "h1,2", "o"],
    output_names: ["no", "yes"],
    steps: STEPS,
    epochs: [0, 1, 4],
    number: "<f4",
    theta: encode(Float32Array.from(THETA)),
    gradient: encode(Float32Array.from(GRADIENT)),
    loss: { train: encode(Float64Array.of(0.7, 0.5, 0.2)), test: null },
    accuracy: { train: null, test: null },
    best: null,
    diverged: false,
    changes: [],
    left: [],
    frames: [0, 2],
    plane: { names: ["x1", "x2"], low: [-6, -3], high: [6, 3], held: [] },
    standardized: { inputs: [null, null], outputs: [null] },
    maps: {
      inputs: encode(new Uint8Array(2 * 4)),
      hidden: encode(new Uint8Array(2 * 2 * 4)),
      surface: encode(new Uint8Array(2 * 9)),
      center: [0, 0, 0, 0, 0.5],
      span: [6, 3, 1, 1, 0.5],
    },
    points: {
      x: encode(Float64Array.of(1, 2, 3, 4)),
      y: encode(Float64Array.of(0, 1)),
      test: encode(Uint8Array.of(0, 1)),
      predictions: encode(Float32Array.of(0.5, 0.5, 0.1, 0.9)),
      count: 2,
      rows: [],
      note: "",
      later: [],
    },
    ...changes,
  }
}
