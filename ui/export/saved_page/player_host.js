// Stands in for Python in a saved page: the run is all there, and what the player sends is for the app only.

const film = JSON.parse(document.getElementById("saved").textContent)

function show() {
  const { position, palette, precision, ...run } = film
  mount({
    parentElement: document.querySelector("main"),
    data: { seq: 0, film: run, position, scale: "linear", placing: [], palette, precision },
    setStateValue: () => {},
  })
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show)
show()
