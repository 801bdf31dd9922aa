// A film: the frames of one control over all its positions, computed by Python, played here.

/**
 * A film on its way: frames as 32-bit, curve and slope as 64-bit floats in base64.
 * @typedef {{
 *   control: string, key: string, positions: number[], frames: string, curve: string, slope: string,
 * }} SentFilm
 */

/**
 * `curve` is the loss at each position and `slope` its derivative; both may overflow.
 * @typedef {{
 *   control: string, key: string, positions: number[], curve: Float64Array, slope: Float64Array,
 *   frame: (index: number) => Float32Array,
 * }} Film
 */

/**
 * @template T
 * @param {string} text base64
 * @param {new (buffer: ArrayBuffer) => T} Numbers the type of array to read it as
 * @returns {T}
 */
export function decode(text, Numbers) {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let k = 0; k < characters.length; k += 1) bytes[k] = characters.charCodeAt(k)
  return new Numbers(bytes.buffer)
}

/**
 * @param {SentFilm} sent
 * @param {number} length of one frame
 * @returns {Film}
 */
export function makeFilm(sent, length) {
  const frames = decode(sent.frames, Float32Array)
  return {
    control: sent.control,
    key: sent.key,
    positions: sent.positions,
    curve: decode(sent.curve, Float64Array),
    slope: decode(sent.slope, Float64Array),
    frame: (index) => frames.subarray(index * length, (index + 1) * length),
  }
}

/**
 * The indices of the neighbors between which `value` lies, the first or last two where it lies beyond them.
 * @param {ArrayLike<number>} positions in ascending order
 * @param {number} value
 * @returns {[number, number]}
 */
export function neighbors(positions, value) {
  let low = 0
  let high = positions.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (positions[middle] <= value) low = middle
    else high = middle
  }
  return [low, high]
}

/**
 * The index of the position nearest to `value`.
 * @param {ArrayLike<number>} positions in ascending order
 * @param {number} value
 */
export function nearest(positions, value) {
  const [low, high] = neighbors(positions, value)
  return value - positions[low] <= positions[high] - value ? low : high
}
