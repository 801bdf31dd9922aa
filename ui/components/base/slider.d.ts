/** From where to where a slider goes. */
export interface SliderRange {
  low: number
  high: number
  /** The distance of the slider's positions: on a logarithmic scale, of their decimal logarithms. */
  step: number
  /** A count is a whole number on a logarithmic scale. */
  scale: "linear" | "log" | "count"
}

/** A number with a slider and a box. */
export interface SliderControl extends SliderRange {
  id: string
  label: string
  /** Whether the label is a word, not a symbol. */
  isWord?: boolean
  /** What a screen reader reads. */
  name: string
  value: number
}

/** A text that could not be taken, and the reason as a sentence. */
export interface Refusal {
  text: string
  message: string
}
