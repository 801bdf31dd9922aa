/** Sets one field of the component's state; Python runs when it changes. */
export type SetStateValue = (name: string, value: unknown) => void

/** What Streamlit gives a component on each run. */
export interface Component<Data> {
  /** What Python has passed, as it is now. */
  data: Data
  /** Where the component's HTML stands. */
  parentElement: HTMLElement | ShadowRoot
  setStateValue: SetStateValue
  /** Sets a field for one run only. */
  setTriggerValue: SetStateValue
}

/** What a component makes of the place it stands in. */
export interface Instance<Data> {
  update(component: Component<Data>): void
  stop(): void
}
