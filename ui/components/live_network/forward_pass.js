// The forward pass as the formulas have it, in 64 bits, for any numbers of the controls. It computes no gradient: it is
// what a gradient is compared with.

import { argumentsOf, isConstant, isSymbol, mapArguments, operation, OPERATIONS } from "./expression.js"

/** @import { Expression, SymbolTree } from "./model.d.ts" */
/** @import { NetworkFormulas } from "./formulas.js" */

/** @typedef {Float64Array} Memory the numbers of a pass, each at its place */
/** @typedef {(memory: Memory) => number} Compute */
/** @typedef {{ place: number, compute: Compute, name: string, layer: number, unit: number }} PassStep */
/** @typedef {ReturnType<typeof compilePass>} ForwardPass */

/**
 * The numbers of a pass, and into which of its cases each formula with cases has come; −1 where it did not matter.
 * @typedef {{ numbers: Memory, cases: Int8Array }} Passed
 */

/**
 * The formulas of z, a and the loss, number by number, as functions that are made once for a network.
 * @param {NetworkFormulas} network
 */
export function compilePass(network) {
  const { widths, last, drawing } = network
  /** @type {Map<string, number>} */
  const places = new Map()
  /** @type {number[]} the step that each formula with cases belongs to */
  const caseSteps = []
  /** @type {PassStep[]} */
  const steps = []
  const running = { cases: new Int8Array() }

  const placeOf = (/** @type {SymbolTree} */ symbol) => {
    const key = symbol.flat().join(" ")
    const place = places.get(key) ?? places.size
    places.set(key, place)
    return place
  }

  /**
   * @param {Expression} expression
   * @param {boolean} isValue whether it is a number of the formula, and not only one that a case depends on
   * @returns {Compute}
   */
  const compile = (expression, isValue) => {
    if (isConstant(expression)) return () => expression.value
    if (isSymbol(expression)) {
      const place = placeOf(expression)
      return (memory) => memory[place]
    }
    const [name] = expression
    const parts = argumentsOf(expression)
    if (name === "where_greater") {
      const [left, right] = parts.slice(0, 2).map((part) => compile(part, false))
      const [then, otherwise] = parts.slice(2).map((part) => compile(part, isValue))
      return withCases(isValue, (memory) => left(memory) > right(memory), then, otherwise)
    }
    const [first, second, ...others] = parts.map((part) => compile(part, isValue))
    if (name === "maximum" || name === "minimum") {
      const sign = name === "maximum" ? 1 : -1
      return withCases(isValue, (memory) => sign * second(memory) > sign * first(memory), second, first)
    }
    if (name === "abs") {
      return withCases(isValue, (memory) => first(memory) < 0, (memory) => -first(memory), first)
    }
    const apply = OPERATIONS[name]
    if (!second) return (memory) => apply(first(memory))
    if (!others.length) return (memory) => apply(first(memory), second(memory))
    // Sums and products of many.
    return (memory) =>
      others.reduce((result, other) => apply(result, other(memory)), apply(first(memory), second(memory)))
  }

  /**
   * @param {boolean} isValue
   * @param {(memory: Memory) => boolean} holds
   * @param {Compute} then
   * @param {Compute} otherwise
   * @returns {Compute}
   */
  const withCases = (isValue, holds, then, otherwise) => {
    if (!isValue) return (memory) => (holds(memory) ? then : otherwise)(memory)
    const at = caseSteps.push(steps.length) - 1
    return (memory) => {
      const isHeld = holds(memory)
      running.cases[at] = Number(isHeld)
      return (isHeld ? then : otherwise)(memory)
    }
  }

  /**
   * @param {string} name
   * @param {number} layer
   * @param {number} unit
   * @param {Expression} expression
   */
  const addStep = (name, layer, unit, expression) => {
    const place = placeOf(name === "loss" ? [name, layer, []] : [name, layer, [0, unit]])
    steps.push({ place, compute: compile(expression, true), name, layer, unit })
  }

  /**
   * @param {string} name
   * @param {number} layer
   * @param {number[]} index
   */
  const rightOf = (name, layer, index) => {
    const sides = network.find(name, layer, false)
    if (!sides) throw new Error(`the pass must have a formula of ${name} ${layer}, got none`)
    return network.numberOf(sides.right, [name, layer], index)
  }

  for (let layer = 1; layer <= last; layer += 1) {
    const units = Array.from({ length: widths[layer] }, (_, unit) => unit)
    for (const name of ["z", "a"]) {
      for (const unit of units) addStep(name, layer, unit, rightOf(name, layer, [0, unit]))
    }
    if (layer === last) {
      for (const unit of units) {
        addStep("rest", layer, unit, restOf(network, unit, rightOf("a", layer, [0, unit])))
      }
    }
  }
  addStep("loss", 0, 0, rightOf("loss", 0, []))

  const given = [
    ...Array.from({ length: widths[0] }, (_, k) => ({ id: `x${k + 1}`, symbol: symbolOf("a", 0, [0, k]) })),
    ...Array.from(
      { length: widths[last] },
      (_, k) => ({ id: `y${k + 1}`, symbol: symbolOf("y", 0, [0, k]) }),
    ),
    ...[...drawing.edges, ...drawing.biases].map(({ id }) => ({ id, symbol: symbolOfLink(id) })),
  ].map(({ id, symbol }) => ({ id, place: placeOf(symbol) }))

  return {
    placeOf,
    /** The step that each formula with cases belongs to. */
    stepOfCase: (/** @type {number} */ at) => steps[caseSteps[at]],
    /**
     * @param {(id: string) => number} value of a control
     * @param {number} [nudged] the place of a number that is moved
     * @param {number} [by]
     * @returns {Passed}
     */
    run(value, nudged = -1, by = 0) {
      const numbers = new Float64Array(places.size)
      running.cases = new Int8Array(caseSteps.length).fill(-1)
      for (const { id, place } of given) numbers[place] = value(id)
      if (nudged >= 0) numbers[nudged] += by
      for (const { place, compute } of steps) {
        const number = compute(numbers)
        numbers[place] = place === nudged ? number + by : number
      }
      return { numbers, cases: running.cases }
    },
  }
}

/**
 * @param {string} name
 * @param {number} layer
 * @param {number[]} index
 * @returns {SymbolTree}
 */
function symbolOf(name, layer, index) {
  return [name, layer, index]
}

/**
 * The symbol of a weight or bias: w2.1.3 is the number of W2 in row 0, column 2.
 * @param {string} id
 */
export function symbolOfLink(id) {
  const [layer, ...index] = id.slice(1).split(".").map(Number)
  return symbolOf(id.startsWith("w") ? "W" : "b", layer, index.map((place) => place - 1))
}

/**
 * 1 − ŷ with all its digits, as the core has it: through sigmoid σ(−z), through tanh 2 σ(−2z), through softmax what the
 * other units have.
 * @param {NetworkFormulas} network
 * @param {number} unit
 * @param {Expression} activation the formula of the unit's ŷ
 * @returns {Expression}
 */
function restOf({ drawing, widths, last }, unit, activation) {
  switch (drawing.activations[last - 1]) {
    case "sigmoid":
      return withNegativeZ(activation)
    case "tanh": {
      /** @type {Expression} */
      const power = ["exp", operation("multiply", [{ value: 2 }, symbolOf("z", last, [0, unit])])]
      return ["divide", { value: 2 }, operation("add", [{ value: 1 }, power])]
    }
    case "softmax": {
      const others = Array.from({ length: widths[last] }, (_, k) => symbolOf("a", last, [0, k]))
        .filter((_, k) => k !== unit)
      if (!others.length) return { value: 0 }
      return others.length === 1 ? others[0] : operation("add", others)
    }
    default:
      return ["subtract", { value: 1 }, symbolOf("a", last, [0, unit])]
  }
}

/**
 * @param {Expression} expression
 * @returns {Expression}
 */
function withNegativeZ(expression) {
  if (isConstant(expression)) return expression
  if (!isSymbol(expression)) return mapArguments(expression, withNegativeZ)
  return expression[0] === "z" ? operation("negative", [expression]) : expression
}
