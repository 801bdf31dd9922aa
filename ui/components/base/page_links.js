// The links of Streamlit that open another page of the app.

const TOUCHED = ["pointerdown", "focusin"]
const PAGE_LINKS = "[data-testid=stSidebarNav], [data-testid=stPageLink]"

/**
 * The link that a click opens in this tab, if it is one of a page.
 * @param {MouseEvent} event
 */
export function linkToOpen(event) {
  const { target } = event
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return null
  const link = target instanceof Element ? target.closest("a[href]") : null
  return link instanceof HTMLAnchorElement && link.closest(PAGE_LINKS) ? link : null
}

/**
 * Where a link leads. Streamlit leaves out the path in a link with a query string to the first page of the app, which as
 * it stands leads to the page that is there, with the query of another.
 * @param {HTMLAnchorElement} link
 */
export function addressOf(link) {
  const written = link.getAttribute("href") ?? ""
  return new URL(written.startsWith("?") ? `./${written}` : written, location.href)
}

/** Has links lead there that are opened in another tab, or copied. */
export function completeLinks() {
  for (const kind of TOUCHED) {
    document.addEventListener(kind, ({ target }) => {
      const link = target instanceof Element ? target.closest(`:is(${PAGE_LINKS}) a[href^="?"]`) : null
      if (link instanceof HTMLAnchorElement) link.href = addressOf(link).href
    }, true)
  }
}
