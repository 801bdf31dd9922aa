// A page on paper, and a drawing for it: dark on white whatever the theme, and as wide as A4 leaves room.

const WIDTH = 690

/** The light theme of .streamlit/config.toml. */
export const PAPER = {
  "--st-primary-color": "#0f766e",
  "--st-background-color": "#ffffff",
  "--st-secondary-background-color": "#f5f5f4",
  "--st-text-color": "#14171d",
  "--st-border-color": "#e5e5e5",
}

/**
 * Lays a component out for paper while the page is printed; `draw` draws it anew.
 * @param {HTMLElement} host
 * @param {() => void} draw
 * @returns {() => void} what ends it
 */
export function followPrinting(host, draw) {
  const begin = () => {
    setColors(host)
    host.style.width = `${WIDTH}px`
    host.classList.add("printed")
    draw()
    shrinkWide()
  }
  const end = () => {
    resetColors(host)
    host.style.width = ""
    host.classList.remove("printed")
    draw()
    for (const part of wideParts()) part.style.zoom = ""
  }
  addEventListener("beforeprint", begin)
  addEventListener("afterprint", end)
  return () => {
    removeEventListener("beforeprint", begin)
    removeEventListener("afterprint", end)
  }
}

/**
 * Returns what `read` returns while a component is drawn in the colors of paper; the screen does not show it.
 * @template T
 * @param {HTMLElement} host
 * @param {() => void} draw
 * @param {() => T} read
 * @returns {T}
 */
export function drawnOnPaper(host, draw, read) {
  setColors(host)
  draw()
  const result = read()
  resetColors(host)
  draw()
  return result
}

/** @param {HTMLElement} host */
function setColors(host) {
  for (const [name, value] of Object.entries(PAPER)) host.style.setProperty(name, value)
}

/** @param {HTMLElement} host */
function resetColors(host) {
  for (const name of Object.keys(PAPER)) host.style.removeProperty(name)
}

// What the page has beside its components and does not reflow: paper cannot be scrolled.
const WIDE = ".js-plotly-plot, .number-tables > div"

function wideParts() {
  return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(WIDE))
}

function shrinkWide() {
  for (const part of wideParts()) {
    part.style.zoom = String(Math.min(WIDTH / Math.max(part.scrollWidth, 1), 1))
  }
}
