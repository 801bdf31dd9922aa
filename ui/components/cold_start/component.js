// Loads the page once more.

export default () => window.location.reload()
