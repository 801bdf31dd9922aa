// The rest of the page is of the step that Python has; while the drawing is at another one, the page says so.

const ELSEWHERE_MARK = "elsewhere"

/** @param {boolean} isElsewhere whether the drawing is of something else than the rest of the page */
export function markElsewhere(isElsewhere) {
  const { dataset } = document.documentElement
  if (isElsewhere) dataset[ELSEWHERE_MARK] = ""
  else delete dataset[ELSEWHERE_MARK]
}
