// The links of Streamlit that open another page of the app.

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
