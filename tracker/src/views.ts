/** Page views: the first one, those of an application's own navigation, and those from the back/forward cache. */
import { cookies, doc, nav, on, page, place, quietly, wrap } from './browser'
import { consent, consentFields } from './consent'
import { newId } from './ids'
import { key } from './options'
import { leave, post, retryNow } from './outbox'
import { nextView, viewId } from './tags'
import { arrive } from './visit'

/** Tags take a moment to write their cookies; without those the platforms recognise fewer people. */
const STEP_MS = 100
const STEPS = 10

let referrer = doc.referrer
let here = ''
let at: [path: string, search: string]
/** The page view that has not been sent yet: its address and its referrer. */
let pending: [string, string] | undefined
let timer: ReturnType<typeof setTimeout>
let reported: string | undefined

const send = (type: string, eventId: string, fields?: object, url = place.href, from = referrer) => {
  const said = consentFields()
  reported = JSON.stringify(said)
  post({
    key,
    type,
    eventId,
    url,
    referrer: from,
    title: doc.title,
    timezone: quietly(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
    language: nav.language,
    cookies: cookies(),
    ...said,
    ...fields,
  })
}

const flush = () => {
  if (pending) {
    const [url, from] = pending
    pending = undefined
    clearTimeout(timer)
    send('pageview', viewId, {}, url, from)
  }
}

/** Sends a hit after the page view it belongs to; its event id. */
export const hit = (type: string, fields?: object, eventId = newId()) => {
  flush()
  send(type, eventId, fields)
  return eventId
}

/** Tells a change of consent. A page view that still waits will carry it. */
export const consentChanged = () => {
  if (!pending && reported && reported != JSON.stringify(consentFields())) hit('consent')
}

const tagsWait = () => {
  const jar = doc.cookie
  return (
    consent().ad_storage != 'denied' &&
    ((page.fbq && !/_fbp=/.test(jar)) || (page.ttq && !/_ttp=/.test(jar)) || (page.gtag && !/_g(a|cl_au)=/.test(jar)))
  )
}

/** What makes an address another page: not its anchor, unless the anchor is a path. */
const route = (): [path: string, search: string] => [
  place.pathname + (/^#!?\//.test(place.hash) ? place.hash : ''),
  place.search,
]

const view = (wait: number) => {
  here = place.href
  pending = [here, referrer]
  let left = STEPS
  const look = () => {
    if (left-- && quietly(tagsWait)) timer = setTimeout(look, STEP_MS)
    else flush()
  }
  timer = setTimeout(look, wait)
}

/** A navigation within the page, counted once whoever reports it; `replaced` ones that only tidy the query do not count. */
const navigated = (replaced: boolean, restored?: boolean) => {
  const [path, search] = route()
  if (restored || path != at[0] || (search != at[1] && !replaced)) {
    flush()
    nextView()
    if (!restored) referrer = here
    // The title follows the address a little later.
    view(STEP_MS)
  }
  at = [path, search]
  quietly(arrive)
}

export const start = () => {
  quietly(arrive)
  at = route()
  view(0)
  ;(['pushState', 'replaceState'] as const).forEach(method =>
    quietly(() => wrap(history, method, () => 0, () => navigated(method == 'replaceState'))),
  )
  on(page, 'popstate', () => navigated(false))
  on(page, 'pageshow', event => {
    if ((event as PageTransitionEvent).persisted) {
      retryNow()
      navigated(false, true)
    }
  })
  on(page, 'online', retryNow)
  on(page, 'pagehide visibilitychange', event => {
    if (event.type == 'pagehide' || doc.visibilityState == 'hidden') {
      leave()
      flush()
      consentChanged()
    } else retryNow()
  })
}
