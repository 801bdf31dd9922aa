// Arrays of numbers as arrays.py sends them: small once the connection has compressed them, and read to the bit.

const HEAD_BYTES = 4

/**
 * An array as `arrays.py` sends it; its bytes are base64 in a saved page.
 * @typedef {{ type: "<f4" | "<f8" | "<u2", rows: number, along: number, across: number, bytes: Uint8Array | string }} SentArray
 */

/** The numbers of a type, and the whole numbers of their bits, whose sums begin anew beyond the largest. */
const TYPES = {
  "<f4": { Numbers: Float32Array, Bits: Int32Array },
  "<f8": { Numbers: Float64Array, Bits: BigInt64Array },
  "<u2": { Numbers: Uint16Array, Bits: Int16Array },
}

/** @typedef {{ "<f4": Float32Array, "<f8": Float64Array, "<u2": Uint16Array }} ArrayOf */

/**
 * The numbers of an array, row after row.
 * @template {keyof ArrayOf} Type
 * @param {SentArray} sent
 * @param {Type} type that it has to be of
 * @returns {ArrayOf[Type]}
 */
export function readArray(sent, type) {
  if (sent.type !== type) throw new TypeError(`an array must be of the type ${type}, got ${sent.type}`)
  const { Numbers, Bits } = TYPES[type]
  const planes = bytesOf(sent.bytes)
  const size = Numbers.BYTES_PER_ELEMENT
  const count = planes.length / size
  const { rows, along, across } = sent
  const columns = rows && count / rows
  const bytes = new Uint8Array(planes.length)
  // From column after column to row after row.
  for (let plane = 0; plane < size; plane += 1) {
    for (let column = 0, from = plane * count; column < columns; column += 1) {
      for (let row = 0; row < rows; row += 1, from += 1) {
        bytes[(row * columns + column) * size + plane] = planes[from]
      }
    }
  }
  const bits = new Bits(bytes.buffer)
  for (let time = 0; time < along; time += 1) addUp(bits, columns, columns)
  for (let time = 0; time < across; time += 1) {
    for (let row = 0; row < rows; row += 1) addUp(bits.subarray(row * columns, (row + 1) * columns), 1, 1)
  }
  // The compiler does not follow which of the types it is.
  return /** @type {ArrayOf[Type]} */ (new Numbers(bytes.buffer))
}

/**
 * Adds to each number from `first` on the one that stands `back` places before it.
 * @param {Int16Array | Int32Array | BigInt64Array} bits
 * @param {number} first
 * @param {number} back
 */
function addUp(bits, first, back) {
  // Of one type each, which the compiler cannot see.
  const numbers = /** @type {Int32Array} */ (bits)
  for (let k = first; k < numbers.length; k += 1) numbers[k] += numbers[k - back]
}

/** @param {Uint8Array | string} bytes */
function bytesOf(bytes) {
  if (typeof bytes !== "string") return bytes
  return decode(bytes, Uint8Array)
}

/**
 * Reads what `pack` in arrays.py has made: a JSON text, and the bytes that stand behind it in the place of each
 * [start, end] called "bytes".
 * @param {Uint8Array} packed
 */
export function unpack(packed) {
  const start = HEAD_BYTES + new DataView(packed.buffer, packed.byteOffset).getUint32(0, true)
  const behind = packed.subarray(start)
  const text = new TextDecoder().decode(packed.subarray(HEAD_BYTES, start))
  return JSON.parse(text, (name, value) => name === "bytes" ? behind.slice(...value) : value)
}

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
