import type { SetStateValue } from "./component.d.ts"

/** What has been sent: a later one has a larger number. */
export interface Numbered {
  seq: number
}

/** A message to Python; `times` counts how often it has been sent, where more than once. */
export interface Message extends Numbered {
  times?: number
  [field: string]: unknown
}

/** What has been sent, kept until Python has acknowledged it. */
export interface Pending<Item extends object> {
  /** The newest number given. */
  readonly newest: number

  /** The items that have not been acknowledged, oldest first. */
  readonly items: (Item & Numbered)[]

  /** Begins behind the newest number that Python has taken, from before this component was there. */
  start(seq: number): void

  /** Gives the number of a message that is not kept. */
  next(): number

  /** Numbers a message, and keeps it. */
  put(name: string, value: object): Message

  /**
   * Makes the message with one item more, and with what goes `along` with the items. Its `at` is the address at
   * which the oldest of them was made.
   */
  add(item: Item, made: Made, along?: object): Message

  /** Forgets what Python has taken, up to a number; returns whether nothing newer is on its way. */
  acknowledge(seq: number): boolean

  /**
   * The messages newer than `seq`, by name, to be sent once more. Each time they are other ones, as Streamlit passes
   * over a value that it has already, and over the address that comes with it.
   */
  repeated(seq: number): [string, Message][]
}

/** Where an item was made. It takes the place of an earlier one with its key; without a key it takes none. */
export interface Made {
  at: string
  key?: unknown
}

/**
 * What leaves a component for Python: `Posted` has the messages by name, without their numbers, and `Item` is what
 * one more of is sent with all those that have not been acknowledged; `With` goes with such a list.
 */
export interface Outbox<
  Item extends object,
  Posted extends object = Record<never, never>,
  With extends object = object,
> {
  /** The items that have not been acknowledged, oldest first. */
  readonly items: (Item & Numbered)[]

  /** Sends a field as it is, once no other page is requested. */
  emit(name: string, value: unknown): void

  /** Gives a number to what is sent another way. */
  number(): number

  /** Sends what belongs to the newest message. */
  request<Name extends keyof Posted & string>(name: Name, value: Posted[Name] & object): void

  /** Sends a message with a number of its own. */
  post<Name extends keyof Posted & string>(name: Name, value: Posted[Name] & object): void

  /**
   * Sends a message as `post` does, but never once more: it is about how something is shown, and would undo what was
   * shown since. Where the connection is cut, Streamlit sends the last of each name when it is back.
   */
  postOnce<Name extends keyof Posted & string>(name: Name, value: Posted[Name] & object): void

  /**
   * Sends a message as `postOnce` does, and once more until it is acknowledged, be there no other response meanwhile: one
   * of the same name takes its place.
   */
  postLater<Name extends keyof Posted & string>(name: Name, value: Posted[Name] & object): void

  /** Sends an item with all those that have not been acknowledged; see `Made` for the key. */
  add(item: Item, along: With, key?: unknown): void

  /**
   * Sends an item as `add` does, but behind the response to the one before it: of many messages at once Streamlit
   * sends some responses as differences to what the browser does not have any more.
   */
  addInTurn(item: Item, along: With): void

  /**
   * Takes what has come from Python: the newest number that it has taken, and the way back. `session` is the one
   * that Python has of this visitor; another server has another one. `run` names the run of the whole page in which
   * the component was drawn; what is sent is held until that has ended. Returns whether that was made with the newest
   * message.
   */
  receive(seq: number, way: SetStateValue, session?: string | null, run?: string | null): boolean

  stop(): void
}

/** A request for the film of the control `id` over its range here; `held` is the key of the film that is here. */
export interface FilmRequest extends Numbered {
  id: string
  low: number
  high: number
  held: string | null
  /** What tells two requests of the same apart. */
  times: number
}
