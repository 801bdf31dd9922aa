// A gradient as a sum over paths: the product of the factors along each path from a weight, bias, unit or input to an
// output. Deep networks have tens of thousands of them, so that all but the largest are only counted and summed.

import { isNumber } from "../base/format.js"
import { withMinus } from "./negation.js"

/** @import { Numbers } from "./expression.js" */
/** @import { NetworkFormulas } from "./formulas.js" */
/** @import { SymbolTree } from "./model.d.ts" */

/**
 * Where paths begin: the gradient that they sum to, at which unit they begin, the activation of a weight, which is
 * before that, and whether they begin with the slope of the unit: they do for what leads into it.
 * @typedef {{
 *   result: SymbolTree, layer: number, unit: number, input: SymbolTree | null, link: string | null, hasSlope: boolean,
 * }} Source
 */

/** @typedef {number[]} Path the units of a path, layer by layer from where it begins to an output */

/** @typedef {{ symbol: SymbolTree, item: string }} Factor a symbol, and the weight or unit of the drawing it is of */

/**
 * All paths of a source: how many there are, what those above and those below 0 sum to, how many have no factor of 0,
 * and the largest by size, the largest first.
 * @typedef {{ count: number, positive: number, negative: number, open: number, largest: Path[] }} Paths
 */

/** @typedef {Pick<Paths, "count" | "positive" | "negative" | "open">} Sums */

const MOST_PATHS = 12

/**
 * Where the paths of an item of the drawing begin; null for what is none.
 * @param {string} id
 * @returns {Source | null}
 */
export function sourceOf(id) {
  const [layer, ...places] = id.slice(1).split(".").map(Number)
  const index = places.map((place) => place - 1)
  const unit = index[index.length - 1]
  switch (id[0]) {
    case "w":
      return {
        ...{ result: ["dW", layer, index], layer, unit, hasSlope: true, link: id },
        input: ["a", layer - 1, [0, index[0]]],
      }
    case "b":
      return { result: ["db", layer, index], layer, unit, hasSlope: true, link: id, input: null }
    case "n":
      return { result: ["da", layer, [0, unit]], layer, unit, hasSlope: false, link: null, input: null }
    default:
      return null
  }
}

/**
 * What the paths of a source sum to, in the convention for signs.
 * @param {Source} source
 * @param {boolean} isErrorTerm
 */
export function resultOf({ result }, isErrorTerm) {
  return isErrorTerm ? withMinus(result) : result
}

/**
 * The factors of a path, from where it begins to dL/dŷ. Where loss and output activation are one formula, or the
 * activation has no slope of its own, δ of the output is the last.
 * @param {Source} source
 * @param {Path} path
 * @param {NetworkFormulas} network
 * @param {boolean} isErrorTerm
 * @returns {Factor[]}
 */
export function factorsOf({ layer, input, hasSlope }, path, network, isErrorTerm) {
  /** @type {Factor[]} */
  const factors = []
  const add = (/** @type {SymbolTree} */ symbol) =>
    factors.push({ symbol, item: itemOfSymbol(symbol, network) })
  if (input) add(input)
  path.forEach((unit, k) => {
    const at = layer + k
    const isLast = at === network.last
    if (k || hasSlope) {
      for (const name of isLast ? endOf(network) : ["slope"]) {
        add(isErrorTerm ? withMinus([name, at, [0, unit]]) : [name, at, [0, unit]])
      }
    } else if (isLast) add(isErrorTerm ? withMinus(["da", at, [0, unit]]) : ["da", at, [0, unit]])
    if (!isLast) add(["W", at + 1, [unit, path[k + 1]]])
  })
  return factors
}

/**
 * The names of the last factors of a path that goes through an output.
 * @param {NetworkFormulas} network
 */
function endOf({ drawing, couplesUnits, last }) {
  return drawing.fused || couplesUnits(last) ? ["delta"] : ["slope", "da"]
}

/**
 * @param {SymbolTree} symbol
 * @param {NetworkFormulas} network
 */
function itemOfSymbol(symbol, network) {
  const [name, layer, index = []] = symbol
  return name === "W" ? network.linkOf(symbol)?.id ?? "" : `n${layer}.${index[1] + 1}`
}

/**
 * @param {Factor[]} factors
 * @param {Numbers} numbers
 */
export function productOf(factors, numbers) {
  return factors.reduce((product, { symbol }) => product * numbers(symbol), 1)
}

/**
 * The paths of a source, by a recursion from the outputs backwards in which each unit keeps its largest ones.
 * @param {Source} source
 * @param {NetworkFormulas} network
 * @param {Numbers} numbers
 * @param {boolean} isErrorTerm
 * @param {number} [most] how many of the largest
 * @returns {Paths}
 */
export function pathsOf(source, network, numbers, isErrorTerm, most = MOST_PATHS) {
  const { layer, unit, input } = source
  const ownFactor = ownFactorOf(source, network, numbers, isErrorTerm)
  /** @type {{ tails: { path: Path, value: number }[], sums: Sums }[]} */
  let after = []
  for (let at = network.last; at >= layer; at--) {
    const units = at === layer ? [unit] : Array.from({ length: network.widths[at] }, (_, k) => k)
    after = units.map((k) => {
      const own = ownFactor(at, k)
      if (at === network.last) {
        return { tails: [{ path: [k], value: own }], sums: scaled(ONE_PATH, own) }
      }
      const weights = after.map((_, next) => numbers(["W", at + 1, [k, next]]))
      // A factor that all have changes nothing about which is larger, and might be 0.
      const tails = after.flatMap(({ tails }, next) =>
        tails.map(({ path, value }) => ({ path: [k, ...path], value: weights[next] * value }))
      ).sort((one, other) => bySize(one.value, other.value)).slice(0, most)
      return {
        tails: tails.map(({ path, value }) => ({ path, value: own * value })),
        sums: scaled(after.map(({ sums }, next) => scaled(sums, weights[next])).reduce(added), own),
      }
    })
  }
  const [{ tails, sums }] = after
  return { ...scaled(sums, input ? numbers(input) : 1), largest: tails.map(({ path }) => path) }
}

/**
 * What a unit multiplies all its paths by.
 * @param {Source} source
 * @param {NetworkFormulas} network
 * @param {Numbers} numbers
 * @param {boolean} isErrorTerm
 * @returns {(at: number, k: number) => number}
 */
function ownFactorOf({ layer, hasSlope }, network, numbers, isErrorTerm) {
  const sign = isErrorTerm ? -1 : 1
  return (at, k) => {
    /** @type {(name: string) => number} */
    const number = (name) => numbers([name, at, [0, k]])
    if (at === layer && !hasSlope) return layer === network.last ? sign * number("da") : 1
    if (at < network.last) return number("slope")
    return sign * endOf(network).reduce((product, name) => product * number(name), 1)
  }
}

/**
 * What all paths but those that are shown sum to. As the difference from the total it would be rounding only, where they
 * are 0 or small.
 * @param {Source} source
 * @param {Path[]} shown
 * @param {NetworkFormulas} network
 * @param {Numbers} numbers
 * @param {boolean} isErrorTerm
 */
export function sumOfOthers(source, shown, network, numbers, isErrorTerm) {
  const { layer, unit, input } = source
  const ownFactor = ownFactorOf(source, network, numbers, isErrorTerm)
  /** @type {Map<string, number>} */
  const wholes = new Map()
  /** @type {(at: number, k: number, ways: Path[]) => number} without the ways, all of which come through the unit */
  const without = (at, k, ways) => {
    if (at === network.last) return ways.length ? 0 : ownFactor(at, k)
    const place = `${at}.${k}`
    const whole = ways.length ? undefined : wholes.get(place)
    if (whole !== undefined) return whole
    let sum = 0
    for (let next = 0; next < network.widths[at + 1]; next++) {
      const through = ways.filter((way) => way[at + 1 - layer] === next)
      sum += numbers(["W", at + 1, [k, next]]) * without(at + 1, next, through)
    }
    const found = ownFactor(at, k) * sum
    if (!ways.length) wholes.set(place, found)
    return found
  }
  // No −0.
  return (input ? numbers(input) : 1) * without(layer, unit, shown) + 0
}

/** @type {Sums} */
const ONE_PATH = { count: 1, positive: 1, negative: 0, open: 1 }

/**
 * @param {Sums} sums
 * @param {number} factor
 * @returns {Sums}
 */
function scaled({ count, positive, negative, open }, factor) {
  const ends = [factor * positive, factor * negative]
  const [above, below] = factor < 0 ? ends.toReversed() : ends
  return { count, positive: above + 0, negative: below + 0, open: factor === 0 ? 0 : open }
}

/**
 * @param {Sums} one
 * @param {Sums} other
 * @returns {Sums}
 */
function added(one, other) {
  return {
    count: one.count + other.count,
    positive: one.positive + other.positive,
    negative: one.negative + other.negative,
    open: one.open + other.open,
  }
}

/**
 * The larger first; what is no number before all.
 * @param {number} one
 * @param {number} other
 */
function bySize(one, other) {
  const [first, second] = [one, other].map((value) => (isNumber(value) ? Math.abs(value) : Infinity))
  return first === second ? 0 : second - first
}

/**
 * The weights along a path, with that of the source itself.
 * @param {Source} source
 * @param {Path} path
 * @param {NetworkFormulas} network
 * @returns {string[]}
 */
export function linksAlong({ layer, link }, path, network) {
  const links = path.slice(1).map((unit, k) =>
    network.linkOf(["W", layer + k + 1, [path[k], unit]])?.id ?? ""
  )
  return link ? [link, ...links] : links
}

/**
 * What all paths together carry along each weight: the product of the factors before it, summed over the ways that lead
 * to it, times w · δ behind it.
 * @param {Source} source
 * @param {NetworkFormulas} network
 * @param {Numbers} numbers
 * @param {boolean} isErrorTerm
 * @returns {Map<string, number>}
 */
export function carriedByLinks(source, network, numbers, isErrorTerm) {
  const { layer, unit, input, link, hasSlope } = source
  /** @type {Map<string, number>} */
  const carried = new Map()
  if (link) carried.set(link, numbers(resultOf(source, isErrorTerm)))
  let before = new Map([[unit, input ? numbers(input) : 1]])
  for (let at = layer; at < network.last; at++) {
    /** @type {Map<number, number>} */
    const next = new Map()
    for (const [k, reached] of before) {
      const own = at > layer || hasSlope ? reached * numbers(["slope", at, [0, k]]) : reached
      for (let to = 0; to < network.widths[at + 1]; to++) {
        /** @type {SymbolTree} */
        const weight = ["W", at + 1, [k, to]]
        const through = own * numbers(weight)
        next.set(to, (next.get(to) ?? 0) + through)
        const delta = numbers(
          isErrorTerm ? withMinus(["delta", at + 1, [0, to]]) : ["delta", at + 1, [0, to]],
        )
        carried.set(network.linkOf(weight)?.id ?? "", through * delta)
      }
    }
    before = next
  }
  return carried
}
