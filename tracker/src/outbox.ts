/**
 * Hits on their way: one at a time, so that a new visitor's second hit already carries the code of the first. What could
 * not be sent is kept and tried again with the same event id.
 */
import { nav, quietly, recall, remember } from './browser'
import { consent } from './consent'
import { hub } from './options'
import { code } from './visit'

export interface Hit {
  eventId: string
  [field: string]: unknown
}

export interface Answer {
  visitorCode?: string
  eventId?: string
  events?: Record<string, string | null>
}

/** When the hit was made in epoch ms, the hit, and whether it is kept because a try has failed. */
type Entry = [at: number, hit: Hit, failed?: 1]

const MOST = 50
const DAY_MS = 864e5
const PATIENCE_MS = 2e4

let queue: Entry[] = []
let sending: Entry | undefined
let failures = 0
let timer: ReturnType<typeof setTimeout>
let leaving = false
const own: Record<string, 1> = {}

let answered: (answer: Answer, hit: Hit) => void

const kept = () =>
  quietly(() =>
    (recall('localStorage', 'q') as Entry[]).filter(entry => entry[1].eventId && Date.now() - entry[0] < 7 * DAY_MS),
  ) || []

/** Other tabs keep theirs in the same place. Without consent to storage nothing is written. */
const save = () =>
  remember(
    'localStorage',
    'q',
    consent().ad_storage == 'denied'
      ? []
      : kept().filter(entry => !own[entry[1].eventId]).concat(queue.filter(entry => entry[2])).slice(-MOST),
  )

const body = ([at, hit, failed]: Entry) => {
  const age = Date.now() - at
  return JSON.stringify({ ...hit, visitor: code, ageMs: failed || age > 2e3 ? age : undefined })
}

/** What failed for one would fail for all that wait. */
const fail = () => {
  queue.forEach(entry => (entry[2] = 1))
  save()
  clearTimeout(timer)
  timer = setTimeout(drain, Math.min(5e3 * 2 ** failures++, 3e5))
}

const forget = (entry: Entry) => {
  queue = queue.filter(other => other != entry)
  if (entry[2]) save()
}

/** Nobody will read an answer any more: what was not tried yet is handed to the browser. */
const handOver = () =>
  queue
    .filter(entry => !entry[2] && entry != sending)
    .forEach(entry => (nav.onLine !== false && nav.sendBeacon(hub + 't', body(entry)) ? forget(entry) : fail()))

const drain = async () => {
  if (leaving) return handOver()
  const entry = queue.find(other => !other[2]) || queue[0]
  if (sending || !entry) return
  if (nav.onLine === false) return fail()
  sending = entry
  try {
    const response = await fetch(hub + 't', {
      method: 'POST',
      body: body(entry),
      credentials: 'include',
      keepalive: true,
      signal: quietly(() => AbortSignal.timeout(PATIENCE_MS)),
    })
    // What is wrong with this hit will be wrong again; a server in trouble recovers.
    if (response.status > 499 || response.status == 429) throw 0
    failures = 0
    forget(entry)
    const answer = await response.json()
    quietly(() => answered(answer, entry[1]))
  } catch {
    if (queue.includes(entry)) fail()
  }
  sending = undefined
  if (!failures) drain()
}

export const retryNow = () => {
  leaving = false
  failures = 0
  drain()
}

export const leave = () => {
  leaving = true
  handOver()
}

export const post = (hit: Hit) => {
  own[hit.eventId] = 1
  queue = [...queue, [Date.now(), hit] as Entry].slice(-MOST)
  drain()
}

/** Takes up what earlier pages could not send. */
export const open = (onAnswer: typeof answered) => {
  answered = onAnswer
  queue = kept()
  queue.forEach(entry => (own[entry[1].eventId] = 1))
}
