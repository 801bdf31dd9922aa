// Popovers and dialogs by keyboard, as Streamlit 1.67 does not have them. One that is opened by a key leaves the focus on
// its button, and what is in it comes at the end of the page; where a dialog that was opened in a popover closes, the
// focus is nowhere. Test: tests/browser/test_focus.py. Can go once a popover takes the focus, and a dialog gives it back.

const BUTTON = "[data-testid=stPopover] button"
const BODY = "[data-testid=stPopoverBody]"
const DIALOG = "[role=dialog]:not([data-testid=stPopoverBody])"
const FIELD = "input:not([type=hidden]), select, textarea, button:not([disabled])"

export function followPopovers() {
  /** @type {MutationObserver | null} */
  let waiting = null
  /** The button of the popover that was used last. */
  let used = ""

  /** @param {Element} button */
  function enter(button) {
    waiting?.disconnect()
    const look = () => {
      const isLeft = document.activeElement !== button && document.activeElement !== document.body
      const field = [...document.querySelectorAll(`${BODY} :is(${FIELD})`)].find((node) =>
        node instanceof HTMLElement && node.offsetParent
      )
      if (field instanceof HTMLElement && !isLeft) field.focus()
      if (field || isLeft) waiting?.disconnect()
    }
    waiting = new MutationObserver(look)
    waiting.observe(document.body, { childList: true, subtree: true })
    look()
  }

  document.addEventListener("click", (event) => {
    const { target, detail } = event
    const button = target instanceof Element ? target.closest(BUTTON) : null
    if (!button) return
    used = button.textContent ?? ""
    // A click without a pointer is one of a key.
    if (!detail) enter(button)
  })
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget || !(target instanceof Element) || !target.closest(DIALOG)) return
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body || document.querySelector(DIALOG)) return
      const button = [...document.querySelectorAll(BUTTON)].find(({ textContent }) => textContent === used)
      if (button instanceof HTMLElement) button.focus({ preventScroll: true })
    })
  })
}
