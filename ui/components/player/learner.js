// When the next steps of a run are requested while it is watched: before the last of those that are there has been
// shown, and one request at a time.

// A first piece is there soon, however long responses have taken; those that follow last longer.
const FIRST_SECONDS = 0.15
const GROWTH = 4
const LONGEST_SECONDS = 2
// The next piece is requested when what is left lasts for so long, or for as many responses.
const LEAD_SECONDS = 1.2
const LEAD_RESPONSES = 2
// As fast as it goes: the server takes of these as many as are quickly computed.
const FASTEST_STEPS = 5000
const FIRST_FASTEST_STEPS = 250
const ANEW_MS = 5000
// Of a shorter wait nobody has to know.
const LATE_MS = 1200
// So many pieces last some seconds at any speed: those who listen to the page hear of the last of them.
const PIECES_HEARD = 8

/**
 * `isOn` while the run is trained on, whose last step here is `after`; `since` is the number of what had been sent when
 * training began. `single` counts steps to be taken one by one, and `awaitsFilm` is whether they are of a run whose film is
 * on its way. `underway` is the request under way. `isHandedOver` is whether what was seen has been sent for good without
 * its film having come; `ends` are the last steps of what was sent so, with the numbers of the messages. `over` is why no
 * more can follow, `response` how long the last one took, `pieces` how many have come since training began, and
 * `waitsSince` the time since which all that is there has been shown, null while there is more.
 * @typedef {{
 *   isOn: boolean, since: number, after: number, single: number, awaitsFilm: boolean,
 *   underway: { steps: number, at: number } | null, isHandedOver: boolean, ends: { end: number, seq: number }[],
 *   over: string, seconds: number, response: number, pieces: number, waitsSince: number | null,
 * }} Learner
 */

/** @returns {Learner} */
export function makeLearner() {
  return {
    isOn: false,
    since: 0,
    awaitsFilm: false,
    after: 0,
    single: 0,
    underway: null,
    isHandedOver: false,
    ends: [],
    over: "",
    seconds: FIRST_SECONDS,
    response: 0,
    pieces: 0,
    waitsSince: null,
  }
}

/**
 * Begins to train on.
 * @param {Learner} learner
 * @param {number} since the number of what has been sent last
 */
export function beginLearning(learner, since) {
  learner.isOn = true
  learner.since = since
  learner.over = ""
  learner.pieces = 0
  learner.seconds = FIRST_SECONDS
}

/**
 * Whether training goes on with a film: with one that goes on, and one from before Python knew that training had begun,
 * as behind a change that was on its way then.
 * @param {Learner} learner
 * @param {{ seq: number, goes_on: boolean }} film
 */
export function goesOnWith({ isOn, since }, { seq, goes_on }) {
  return isOn && (goes_on || seq <= since)
}

/**
 * Ends training, whatever is on its way.
 * @param {Learner} learner
 */
export function endLearning(learner) {
  learner.isOn = false
  learner.single = 0
  learner.awaitsFilm = false
  learner.underway = null
}

/**
 * Notes that what was seen up to a step has been sent for good, with a message of this number.
 * @param {Learner} learner
 * @param {number} end
 * @param {number} seq
 */
export function noteHandOver(learner, end, seq) {
  learner.isHandedOver = true
  learner.ends.push({ end, seq })
}

/**
 * Whether what Python made with all messages up to a number is made with something that was sent for good.
 * @param {Learner} learner
 * @param {number} seq
 */
export function followsHandOver({ ends }, seq) {
  return ends.some((sent) => sent.seq <= seq)
}

/**
 * Notes that a film has come, made with all messages up to a number; returns whether it is the one of what was sent up to
 * its last step. One made before what was sent leaves that on its way: a film may come late, and more than once.
 * @param {Learner} learner
 * @param {number} last
 * @param {number} seq
 */
export function takeHandedOver(learner, last, seq) {
  const isOfHandOver = learner.ends.some((sent) => sent.end === last && sent.seq <= seq)
  learner.ends = learner.ends.filter((sent) => sent.seq > seq)
  learner.isHandedOver = learner.ends.length > 0
  return isOfHandOver
}

/**
 * The steps to request now, 0 for none.
 * @param {Learner} learner
 * @param {number} step that is shown
 * @param {number} rate in steps a second, or as fast as it goes
 * @param {number} now in milliseconds
 */
export function dueSteps(learner, step, rate, now) {
  const { isOn, after, single, underway, isHandedOver, over, seconds, response } = learner
  if (isHandedOver || over || !(isOn || single)) return 0
  if (underway) return now - underway.at < ANEW_MS ? 0 : underway.steps
  if (!isOn) return 1
  const isFirst = seconds === FIRST_SECONDS
  if (!Number.isFinite(rate)) {
    if (after - step >= FASTEST_STEPS) return 0
    return isFirst ? FIRST_FASTEST_STEPS : FASTEST_STEPS
  }
  const several = (LEAD_RESPONSES * response) / 1000
  if (after - step >= rate * Math.max(LEAD_SECONDS, several)) return 0
  return Math.max(Math.ceil(rate * (isFirst ? seconds : Math.max(seconds, several))), 1)
}

/**
 * Notes a request.
 * @param {Learner} learner
 * @param {number} steps
 * @param {number} now in milliseconds
 */
export function noteRequest(learner, steps, now) {
  learner.underway = { steps, at: now }
}

/**
 * Notes what has come; returns whether it is what was requested.
 * @param {Learner} learner
 * @param {{ after: number, over: string | null }} sent
 * @param {number | null} last the last step of it
 * @param {number} now in milliseconds
 */
export function takeResponse(learner, { after, over }, last, now) {
  const { underway } = learner
  if (!underway || after !== learner.after) return false
  // More steps than were requested are those of a request from before a pause.
  if (last !== null && last - after > underway.steps) return false
  learner.response = now - underway.at
  learner.underway = null
  learner.after = last ?? after
  learner.over = over ?? ""
  learner.pieces += 1
  learner.seconds = Math.min(GROWTH * learner.seconds, LONGEST_SECONDS)
  if (learner.single) learner.single = over ? 0 : learner.single - 1
  return true
}

/**
 * Whether with the piece that has come whoever listens to the page is to hear where training is.
 * @param {Learner} learner
 */
export function isHeard({ isOn, pieces }) {
  return isOn && pieces % PIECES_HEARD === 0
}

/**
 * Notes whether all that is there has been shown; returns whether that has been so for long.
 * @param {Learner} learner
 * @param {boolean} waits
 * @param {number} now in milliseconds
 */
export function noteWaiting(learner, waits, now) {
  if (!waits || !learner.isOn || learner.over) learner.waitsSince = null
  else learner.waitsSince ??= now
  return learner.waitsSince !== null && now - learner.waitsSince >= LATE_MS
}

/**
 * What is written beside the controls; why training is over is a sentence, for which there is no room.
 * @param {Learner} learner
 * @param {boolean} waits whether all that is there has been shown
 * @param {boolean} isLate whether that has been so for long
 * @param {boolean} hasRoom for what can be done meanwhile
 */
export function statusOf({ isOn, over }, waits, isLate, hasRoom) {
  if (!isOn || over) return ""
  if (isLate) return "waiting for the server …"
  return waits || !hasRoom ? "learning …" : "learning … drag back to branch"
}
