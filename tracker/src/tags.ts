/**
 * The advertising tags on the page, and the consent that passes through them. Platforms recognise the browser's and the server's report of one page view by a common
 * event id, so the page's own page-view calls get ours, or, with `data-fire`, we make the call.
 */
import { doc, page, quietly, wrap, type Call, type Tag } from './browser'
import { listenToTcf, note } from './consent'
import { newId } from './ids'
import { option } from './options'

/** The id of the page view under way. */
export let viewId = newId()

/** Tags that have reported this page view; a second call is another event and must not get its id. */
let reported: Record<string, 1> = {}

/** What the page view is called where, once the hub has said so. */
let events: Record<string, any> = {}

export const nextView = () => {
  viewId = newId()
  reported = {}
  events = {}
}

// LinkedIn's script reads it once, when it loads.
page._linkedin_event_id = page._linkedin_event_id || viewId

const lend = (call: Call, at: number, field: string, tag: string, pixel = '') => {
  const given = call[at] || {}
  if (!given[field] && !reported[tag + pixel]) {
    // A call's arguments do not grow by themselves.
    if (call.length <= at) call.length = at + 1
    call[at - 1] = call[at - 1] || {}
    call[at] = { ...given, [field]: viewId }
  }
  reported[tag] = reported[tag + pixel] = 1
}

const lendToMeta = (call: Call) => {
  const single = call[0] == 'trackSingle' ? 1 : 0
  if ((single || call[0] == 'track') && call[1 + single] == 'PageView') {
    lend(call, 3 + single, 'eventID', 'fbq', single && call[1])
  }
}

/** LinkedIn's calls name no event: those made while the page loads are taken for its page view. */
const lendToLinkedIn = (call: Call) => {
  if (call[0] == 'track' && doc.readyState != 'complete') lend(call, 1, 'event_id', 'lintrk')
}

/** TikTok's call, whose event name is at `at`. */
const lendToTikTok = (call: Call, at: number) => {
  if (/^(ViewContent|PageView)$/i.test(call[at])) lend(call, at + 2, 'event_id', 'ttq')
}

const readLayer = (call: Call) =>
  quietly(() => {
    if (call[0] == 'consent') note(call[1], call[2])
    if (call[0] == 'event' && call[1] == 'page_view') lend(call, 2, 'event_id', 'gtag')
  })

/** Calls that wait in a stub are changed in place; later ones pass through us. */
const adopt = (name: 'fbq' | 'lintrk', change: (call: Call) => void) => {
  const tag = page[name]
  if (!tag || tag.kmb) return
  ;(tag.queue || tag.q || []).forEach(change)
  tag.kmb = 1
  const through: Tag = new Proxy(tag, {
    apply: (target, self, call) => {
      quietly(() => change(call))
      return Reflect.apply(target, self, call)
    },
  })
  // Meta's script compares the two.
  if (page._fbq == tag) page._fbq = through
  page[name] = through
}

/** Reports the page view to the tags of `data-fire` that have not reported it themselves. */
const fire = () =>
  option('fire')
    .split(/[\s,]+/)
    .forEach(entry => {
      const [tag, conversion] = entry.split(':') as ['fbq' | 'ttq' | 'gtag' | 'lintrk', string?]
      const event = events[{ fbq: 'meta', ttq: 'tiktok', gtag: 'ga4', lintrk: 'linkedin' }[tag]]
      if (!event || reported[tag] || !page[tag]) return
      reported[tag] = 1
      quietly(() => {
        if (tag == 'fbq') {
          // Meta's script would report the later views of the visit by itself, without an id.
          page.fbq!.disablePushState = true
          page.fbq!('track', event, {}, { eventID: viewId })
        }
        if (tag == 'ttq') page.ttq!.track!(event, {}, { event_id: viewId })
        if (tag == 'gtag') page.gtag!('event', event, { event_id: viewId })
        if (tag == 'lintrk') page.lintrk!('track', { conversion_id: +conversion!, event_id: viewId })
      })
    })

/** The hub has taken the page view and says what it is called at the platforms. */
export const taken = (names: typeof events) => {
  events = names
  fire()
}

/** Attaches to the tags and the consent manager that are there by now; changes nothing where it did so before. */
export const attach = (consentSaid: () => void) =>
  [
    () => adopt('fbq', lendToMeta),
    () => adopt('lintrk', lendToLinkedIn),
    () => {
      const tag = page.ttq
      if (tag && tag.track && !tag.track.kmb) {
        if (Array.isArray(tag)) tag.forEach(call => call[0] == 'track' && lendToTikTok(call, 1))
        wrap(tag, 'track', call => lendToTikTok(call, 0))
      }
    },
    () => {
      const layer = page.dataLayer
      if (layer && !layer.kmb) {
        layer.kmb = 1
        layer.forEach(readLayer)
        wrap(layer, 'push', pushed => pushed.forEach(readLayer), consentSaid)
      }
    },
    () => listenToTcf(consentSaid),
    fire,
  ].forEach(quietly)
