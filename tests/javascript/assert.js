/**
 * Two values are equal when they are written as the same JSON.
 * @param {unknown} actual
 * @param {unknown} expected
 */
export function assertEquals(actual, expected, message = "") {
  const [left, right] = [actual, expected].map((value) => JSON.stringify(value))
  if (left !== right) throw new Error(`${message} got ${left}, expected ${right}`)
}

/**
 * @param {boolean} condition
 * @param {string} message
 */
export function assert(condition, message) {
  if (!condition) throw new Error(message)
}
