// A component's life: made once for the place it stands in, updated with each run, stopped at the end.

/** @import { Component, Instance } from "./component.d.ts" */

/**
 * Streamlit may end a component and mount it again where it stands, while a page that has just come loads code for its
 * other elements: what is typed there meanwhile, and the focus, stay. So one that has been ended is stopped once its
 * place is no longer on the page.
 * @template Data
 * @param {(root: HTMLElement | ShadowRoot, first: Data) => Instance<Data>} create with the data of the first update
 * @returns {(component: Component<Data>) => () => void} what updates a component, and returns what ends it
 */
export function makeMount(create) {
  /** @type {Map<HTMLElement | ShadowRoot, Instance<Data>>} */
  const instances = new Map()
  /** @type {Set<HTMLElement | ShadowRoot>} */
  const ended = new Set()

  function stopEnded() {
    for (const root of ended) {
      if (root.isConnected) continue
      ended.delete(root)
      instances.get(root)?.stop()
      instances.delete(root)
    }
  }

  return (component) => {
    const root = component.parentElement
    ended.delete(root)
    stopEnded()
    const instance = instances.get(root) ?? create(root, component.data)
    instances.set(root, instance)
    instance.update(component)
    return () => {
      if (!instances.has(root)) return
      ended.add(root)
      stopEnded()
    }
  }
}
