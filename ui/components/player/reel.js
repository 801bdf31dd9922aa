// A training run as a film: its key frames, and maps of every unit's activation at some of them.

import { decode, neighbors } from "../base/film.js"

export const LEVELS = 127
// Stands for a largest gradient of 0, which has no logarithm.
export const NO_GRADIENT = 1e-30

export function makeReel(film) {
  const numbers = (text, Numbers = Float64Array) => (text ? decode(text, Numbers) : null)
  const Numbers = film.number === "<f8" ? Float64Array : Float32Array
  const [, ...layers] = film.widths
  const outputs = layers.at(-1)
  const two = film.plane.names.length === 2
  const reel = {
    ...film,
    two,
    outputs,
    count: film.steps.length,
    last: film.steps.at(-1),
    hiddenUnits: layers.slice(0, -1).reduce((sum, width) => sum + width, 0),
    theta: numbers(film.theta, Numbers),
    gradient: numbers(film.gradient, Numbers),
    loss: { train: numbers(film.loss.train), test: numbers(film.loss.test) },
    accuracy: { train: numbers(film.accuracy.train), test: numbers(film.accuracy.test) },
    inputMaps: numbers(film.maps.inputs, Uint8Array),
    hiddenMaps: numbers(film.maps.hidden, Uint8Array),
    surface: numbers(film.maps.surface, two ? Uint8Array : Numbers),
    center: film.maps.center,
    span: film.maps.span,
    points: {
      ...film.points,
      x: numbers(film.points.x),
      y: numbers(film.points.y),
      test: numbers(film.points.test, Uint8Array),
      predictions: numbers(film.points.predictions, Numbers),
    },
  }
  reel.parameters = reel.theta.length / reel.count
  reel.cell = reel.inputMaps.length / film.widths[0]
  reel.field = reel.surface.length / film.frames.length / outputs
  Object.assign(reel, wire(film))
  reel.largest = gradientScale(reel)
  reel.heaviest = 0
  for (let k = 0; k < reel.count; k += 1) {
    for (const edge of reel.edges) {
      const size = Math.abs(reel.theta[k * reel.parameters + edge.index])
      if (size > reel.heaviest && Number.isFinite(size)) reel.heaviest = size
    }
  }
  reel.heaviest ||= 1
  reel.held = new Map(film.plane.held)
  return reel
}

// The units and edges, with the place of each weight and bias in θ.
function wire({ widths, bias, labels, activations }) {
  const nodes = []
  const edges = []
  let place = 0
  widths.forEach((width, layer) => {
    const before = nodes.length - (widths[layer - 1] ?? 0)
    const first = nodes.length
    for (let unit = 0; unit < width; unit += 1) {
      const biasIndex = layer && bias ? place + widths[layer - 1] * width + unit : null
      nodes.push({
        layer,
        unit,
        index: nodes.length,
        label: labels[nodes.length],
        biasIndex,
        activation: activations[layer - 1] ?? null,
        output: layer === widths.length - 1,
      })
    }
    if (!layer) return
    for (let row = 0; row < widths[layer - 1]; row += 1) {
      for (let column = 0; column < width; column += 1) {
        edges.push({ from: before + row, to: first + column, index: place + row * width + column })
      }
    }
    place += widths[layer - 1] * width + (bias ? width : 0)
  })
  return { nodes, edges }
}

// The largest gradient around each key frame: gradients shrink a thousandfold, and of a frame's own largest the
// colors would flicker.
function gradientScale({ count, parameters, gradient, edges }) {
  const reach = Math.ceil(count / 40)
  const own = Array.from({ length: count }, (_, k) => {
    let largest = 0
    for (const { index } of edges) {
      const size = Math.abs(gradient[k * parameters + index])
      if (size > largest && Number.isFinite(size)) largest = size
    }
    return Math.log(Math.max(largest, NO_GRADIENT))
  })
  const around = (values, k) => values.slice(Math.max(k - reach, 0), k + reach + 1)
  const widest = own.map((_, k) => Math.max(...around(own, k)))
  return widest.map((_, k) => {
    const near = around(widest, k)
    return Math.exp(near.reduce((sum, value) => sum + value, 0) / near.length)
  })
}

// The map frames on both sides of a playhead between key frames, and how far it is from one to the other.
export function between(reel, playhead) {
  const { frames } = reel
  const [low, high] = neighbors(frames, playhead)
  if (high <= 0) return { from: 0, to: 0, share: 0 }
  if (playhead >= frames[high]) return { from: high, to: high, share: 0 }
  return { from: low, to: high, share: (playhead - frames[low]) / (frames[high] - frames[low]) }
}

// The step under a playhead that may stand between two key frames.
export function stepAt({ steps }, playhead) {
  const before = Math.min(Math.floor(playhead), steps.length - 1)
  const after = Math.min(before + 1, steps.length - 1)
  return steps[before] + (steps[after] - steps[before]) * (playhead - before)
}

// Writes numbers of a film between two of its frames into `into`.
export function blend(values, length, { from, to, share: part }, into) {
  const a = from * length
  const b = to * length
  for (let k = 0; k < length; k += 1) into[k] = values[a + k] + (values[b + k] - values[a + k]) * part
  return into
}
