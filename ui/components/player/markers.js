// The markers of samples: a shape for each class, so that no color is needed to tell them apart.

/** @typedef {[number, number]} Corner A corner of a shape around (0, 0), y pointing down. */

/**
 * The corners of a regular polygon, or of a star where `inner` is less than `outer`, one corner on top.
 * @param {number} count @param {number} outer @param {number} [inner] @param {number} [turn] in parts of a circle
 * @returns {Corner[]}
 */
function polygon(count, outer, inner = outer, turn = 0) {
  const corners = inner === outer ? count : 2 * count
  return Array.from({ length: corners }, (_, k) => {
    const radius = k % 2 ? inner : outer
    const angle = 2 * Math.PI * (k / corners + turn) - Math.PI / 2
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })
}

/** @param {number} long @param {number} thick @param {number} turn @returns {Corner[]} */
function cross(long, thick, turn) {
  /** @type {Corner[]} */
  const arm = [[-thick, -thick], [-thick, -long], [thick, -long]]
  return [0, 1, 2, 3].flatMap((quarter) =>
    arm.map(([x, y]) => {
      const angle = (quarter / 4 + turn) * 2 * Math.PI
      return /** @type {Corner} */ ([
        x * Math.cos(angle) - y * Math.sin(angle),
        x * Math.sin(angle) + y * Math.cos(angle),
      ])
    })
  )
}

// By the names that Plotly has for them, each about as large as a circle of radius 1; a circle has no corners.
/** @type {Record<string, Corner[]>} */
const SHAPES = {
  circle: [],
  "triangle-up": polygon(3, 1.45),
  square: polygon(4, 1.28, 1.28, 1 / 8),
  diamond: polygon(4, 1.42),
  cross: cross(1.4, 0.42, 0),
  "triangle-down": polygon(3, 1.45, 1.45, 1 / 2),
  star: polygon(5, 1.7, 0.72),
  x: cross(1.4, 0.42, 1 / 8),
  pentagon: polygon(5, 1.25),
  hourglass: [[-1.1, -1.25], [1.1, -1.25], [-1.1, 1.25], [1.1, 1.25]],
}

/**
 * The outline of a marker, as a path of SVG or of a canvas.
 * @param {string} shape @param {number} x @param {number} y @param {number} radius
 */
export function markerPath(shape, x, y, radius) {
  const corners = SHAPES[shape] ?? SHAPES.circle
  if (!corners.length) {
    return `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${
      -2 * radius
    } 0Z`
  }
  return `M${corners.map(([across, down]) => `${x + radius * across} ${y + radius * down}`).join("L")}Z`
}
