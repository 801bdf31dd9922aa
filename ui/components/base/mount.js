// A component's life: made once for the place it stands in, updated with each run, stopped at the end.

/** @import { Component, Instance } from "./component.d.ts" */

/**
 * @template Data
 * @param {(root: HTMLElement | ShadowRoot, first: Data) => Instance<Data>} create with the data of the first update
 * @returns {(component: Component<Data>) => () => void} what updates a component, and returns what ends it
 */
export function makeMount(create) {
  /** @type {WeakMap<HTMLElement | ShadowRoot, Instance<Data>>} */
  const instances = new WeakMap()
  return (component) => {
    const root = component.parentElement
    const instance = instances.get(root) ?? create(root, component.data)
    instances.set(root, instance)
    instance.update(component)
    return () => {
      instances.get(root)?.stop()
      instances.delete(root)
    }
  }
}
