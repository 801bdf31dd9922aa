// Shows a picture as large as the screen; Escape or a click closes it.

export default function ({ parentElement, data }) {
  const large = parentElement.querySelector("dialog")
  large.innerHTML = data.picture
  parentElement.querySelector("button").onclick = () => {
    large.showModal()
    // Where a page may not fill the screen, it fills its window.
    large.requestFullscreen?.().catch(() => {})
  }
  const close = () => {
    if (large.open) large.close()
    if (document.fullscreenElement) document.exitFullscreen()
  }
  large.onclick = close
  // Escape is for this picture alone: the dialog below it stays.
  large.onkeydown = (event) => {
    event.stopPropagation()
    if (event.key === "Escape") close()
  }
  large.onfullscreenchange = () => large.matches(":fullscreen") || close()
}
