// Menus by keyboard, as Streamlit 1.67 cannot have them. Its menus get the focus only once every transition on the page
// has ended, also those of elements that are gone by then: after the first choice none would. And what is focused where
// a menu closes is the page, not the button that has opened it. Test: tests/browser/test_focus.py. Can go once a menu
// takes the focus after a choice, and gives it back.

const MENU = "[role=menu]"
const OPENED = "[aria-haspopup=menu][aria-expanded=true]"

export function followMenus() {
  // Before those who count transitions.
  document.addEventListener("transitionrun", (event) => event.stopPropagation(), true)
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget || !(target instanceof Element) || !target.closest(MENU)) return
    const button = document.querySelector(OPENED)
    if (!(button instanceof HTMLElement)) return
    // Once the menu has gone, unless the choice has led the focus elsewhere.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) button.focus({ preventScroll: true })
    })
  })
}
