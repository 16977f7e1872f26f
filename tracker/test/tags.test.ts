import { afterEach, expect, test } from 'vitest'
import { CODE, Page, until, type Hit, type Setting } from './page'

let page: Page
const open = (setting?: Setting) => (page = new Page(setting))
afterEach(() => page.close())

/** The stub of Meta's snippet, and what its script does when it has loaded. */
const FBQ = `(function (f, n) {
  n = f.fbq = function () { n.callMethod ? n.callMethod.apply(n, arguments) : n.queue.push(arguments) }
  if (!f._fbq) f._fbq = n
  n.push = n; n.loaded = true; n.version = '2.0'; n.queue = []
})(window)`
const FBEVENTS = `window.sent = []
  fbq.callMethod = function () { sent.push(Array.from(arguments)) }
  fbq.queue.forEach(function (call) { fbq.callMethod.apply(fbq, call) })`
/** The stub of TikTok's snippet. */
const TTQ = `window.ttq = []; ttq.track = function () { ttq.push(['track'].concat(Array.from(arguments))) }`
const EVENTS = { meta: 'PageView', tiktok: 'ViewContent', ga4: 'page_view', linkedin: 'PAGE_VIEW' }
const withEvents = (hit: Hit) => ({ body: { visitorCode: CODE, eventId: hit.eventId, outcome: 'accepted', events: EVENTS } })

const recorder = (w: any, name: string) => {
  const calls: any[] = []
  w[name] = (...call: any[]) => void calls.push(call)
  return calls
}

test('a page view that waits in Meta’s stub gets the id of the hit', async () => {
  open({
    before: w => {
      w.eval(FBQ)
      w.fbq('init', '123')
      w.fbq('track', 'PageView')
    },
  })
  page.window.eval(FBEVENTS)
  const { eventId } = await page.hit('pageview')
  expect(page.window.sent).toEqual([
    ['init', '123'],
    ['track', 'PageView', {}, { eventID: eventId }],
  ])
  expect(page.window._fbq).toBe(page.window.fbq)
})

test('a page view reported after the tracker came gets it too; parameters stay', async () => {
  let calls: any[] = []
  open({ before: w => (calls = recorder(w, 'fbq')) })
  page.window.fbq('track', 'PageView', { page: 7 }, { test_event_code: 'T' })
  page.window.fbq('track', 'Purchase', { value: 5 })
  const { eventId } = await page.hit('pageview')
  expect(calls).toEqual([
    ['track', 'PageView', { page: 7 }, { test_event_code: 'T', eventID: eventId }],
    ['track', 'Purchase', { value: 5 }],
  ])
})

test('an id the site gave itself stays', async () => {
  let calls: any[] = []
  open({ before: w => (calls = recorder(w, 'fbq')) })
  page.window.fbq('track', 'PageView', {}, { eventID: 'own' })
  expect(calls).toEqual([['track', 'PageView', {}, { eventID: 'own' }]])
})

test('one id is for one report: the second gets none, every single pixel gets it once', async () => {
  let calls: any[] = []
  open({ before: w => (calls = recorder(w, 'fbq')) })
  for (const call of [['trackSingle', '1', 'PageView'], ['trackSingle', '2', 'PageView'], ['trackSingle', '2', 'PageView']])
    page.window.fbq(...call)
  const { eventId } = await page.hit('pageview')
  expect(calls).toEqual([
    ['trackSingle', '1', 'PageView', {}, { eventID: eventId }],
    ['trackSingle', '2', 'PageView', {}, { eventID: eventId }],
    ['trackSingle', '2', 'PageView'],
  ])
})

test('the next page of the application has the next id', async () => {
  let calls: any[] = []
  open({ before: w => (calls = recorder(w, 'fbq')) })
  page.window.fbq('track', 'PageView')
  page.window.history.pushState({}, '', '/a')
  page.window.fbq('track', 'PageView')
  const ids = [await page.hit('pageview'), await page.hit('pageview', 1)].map(hit => hit.eventId)
  expect(calls.map(call => call[3].eventID)).toEqual(ids)
})

test('a stub that is defined after the tracker is found while its call still waits', async () => {
  open()
  page.window.eval(FBQ)
  page.window.fbq('track', 'PageView')
  page.document.head.appendChild(page.document.createElement('meta'))
  await until(() => expect(page.window.fbq.queue[0]).toHaveLength(4))
  page.window.eval(FBEVENTS)
  const { eventId } = await page.hit('pageview')
  expect(page.window.sent).toEqual([['track', 'PageView', {}, { eventID: eventId }]])
})

test('TikTok: waiting and later calls get event_id', async () => {
  open({
    before: w => {
      w.eval(TTQ)
      w.ttq.track('ViewContent', { content_id: '7' })
      w.ttq.track('Contact')
    },
  })
  page.window.history.pushState({}, '', '/a')
  page.window.ttq.track('ViewContent')
  const [first, second] = [await page.hit('pageview'), await page.hit('pageview', 1)]
  expect([...page.window.ttq]).toEqual([
    ['track', 'ViewContent', { content_id: '7' }, { event_id: first.eventId }],
    ['track', 'Contact'],
    ['track', 'ViewContent', {}, { event_id: second.eventId }],
  ])
})

test('LinkedIn: calls of the loading page get event_id, later ones are other conversions', async () => {
  let calls: any[] = []
  open({
    before: w => {
      calls = recorder(w, 'lintrk')
      Object.defineProperty(w.document, 'readyState', { value: 'interactive', configurable: true })
    },
  })
  page.window.lintrk('track', { conversion_id: 1 })
  Object.defineProperty(page.document, 'readyState', { value: 'complete', configurable: true })
  page.window.lintrk('track', { conversion_id: 2 })
  const { eventId } = await page.hit('pageview')
  expect(calls).toEqual([
    ['track', { conversion_id: 1, event_id: eventId }],
    ['track', { conversion_id: 2 }],
  ])
})

test('LinkedIn: the script that loads later finds the id, unless the site gave one', async () => {
  open()
  expect(page.window._linkedin_event_id).toBe((await page.hit('pageview')).eventId)
  await page.close()
  open({ before: w => (w._linkedin_event_id = 'own') })
  expect(page.window._linkedin_event_id).toBe('own')
})

test('Google: page_view calls carry the id', async () => {
  open({ before: w => w.eval('window.dataLayer = []; window.gtag = function () { dataLayer.push(arguments) }; gtag("event", "page_view")') })
  page.window.history.pushState({}, '', '/a')
  page.window.gtag('event', 'page_view', { page_title: 'A' })
  page.window.gtag('event', 'scroll')
  const ids = [await page.hit('pageview'), await page.hit('pageview', 1)].map(hit => hit.eventId)
  expect(page.window.dataLayer.map((call: any) => Array.from(call))).toEqual([
    ['event', 'page_view', { event_id: ids[0] }],
    ['event', 'page_view', { page_title: 'A', event_id: ids[1] }],
    ['event', 'scroll'],
  ])
})

test('with data-fire the tracker reports, under the names the hub gives', async () => {
  const calls: Record<string, any[]> = {}
  open({
    script: { 'data-fire': 'fbq, ttq,gtag,lintrk:4711' },
    answer: withEvents,
    before: w => {
      for (const name of ['fbq', 'gtag', 'lintrk']) calls[name] = recorder(w, name)
      w.ttq = { track: (...call: any[]) => (calls.ttq = call) }
    },
  })
  const { eventId } = await page.hit('pageview')
  await until(() => expect(calls.lintrk).toHaveLength(1))
  expect(calls).toEqual({
    fbq: [['track', 'PageView', {}, { eventID: eventId }]],
    ttq: ['ViewContent', {}, { event_id: eventId }],
    gtag: [['event', 'page_view', { event_id: eventId }]],
    lintrk: [['track', { conversion_id: 4711, event_id: eventId }]],
  })
  expect(page.window.fbq.disablePushState).toBe(true)
})

test('never both: what the site has reported is not fired', async () => {
  let meta: any[] = []
  let tiktok: any[] = []
  open({
    script: { 'data-fire': 'fbq,ttq' },
    answer: withEvents,
    before: w => {
      meta = recorder(w, 'fbq')
      w.ttq = { track: (...call: any[]) => tiktok.push(call) }
    },
  })
  page.window.fbq('track', 'PageView')
  await until(() => expect(tiktok).toHaveLength(1))
  expect(meta).toHaveLength(1)
})

test('without data-fire nothing is fired, nor what is mapped to nothing', async () => {
  let calls: any[] = []
  const before = (w: any) => (calls = recorder(w, 'fbq'))
  open({ answer: withEvents, before })
  await page.hit('pageview')
  page.window.kembali('track', 'fence')
  await page.hit('event')
  expect(calls).toEqual([])
  await page.close()
  open({ script: { 'data-fire': 'fbq' }, answer: () => ({ body: { events: { meta: null } } }), before })
  await page.hit('pageview')
  page.window.kembali('track', 'fence')
  await page.hit('event')
  expect(calls).toEqual([])
})

test('a tag that comes after the answer is fired when it comes', async () => {
  open({ script: { 'data-fire': 'fbq' }, answer: withEvents })
  const { eventId } = await page.hit('pageview')
  const calls = recorder(page.window, 'fbq')
  page.document.head.appendChild(page.document.createElement('meta'))
  await until(() => expect(calls).toEqual([['track', 'PageView', {}, { eventID: eventId }]]))
})
