// Two values are equal when they are written as the same JSON.

export function assertEquals(actual, expected, message = "") {
  const [left, right] = [actual, expected].map((value) => JSON.stringify(value))
  if (left !== right) throw new Error(`${message} got ${left}, expected ${right}`)
}

export function assert(condition, message) {
  if (!condition) throw new Error(message)
}
