import { afterEach, expect, test } from 'vitest'
import { CODE, HUB, Page, until, type Setting } from './page'

let page: Page
const open = (setting?: Setting) => (page = new Page(setting))
afterEach(() => page.close())

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('the first page view is complete', async () => {
  open({
    url: 'https://shop.example/promo?gclid=Cj0&utm_source=google#top',
    referrer: 'https://www.google.com/',
    before: w => {
      for (const cookie of ['_ga=GA1.1.111.222', '_ga_ABC=GS2.1.s1712345678$o1', '_fbp=fb.1.1.2', 'session=secret', '_gcl_au=1.1.5'])
        w.document.cookie = cookie
    },
  })
  const hit = await page.hit('pageview')
  expect(hit).toMatchObject({
    key: 'WS-1',
    url: 'https://shop.example/promo?gclid=Cj0&utm_source=google#top',
    referrer: 'https://www.google.com/',
    title: 'Promo',
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: page.window.navigator.language,
    consent: {},
  })
  expect(hit.cookies).toEqual({
    _ga: 'GA1.1.111.222',
    _ga_ABC: 'GS2.1.s1712345678$o1',
    _fbp: 'fb.1.1.2',
    _gcl_au: '1.1.5',
  })
  expect(hit.eventId).toMatch(UUID7)
  expect(parseInt(hit.eventId.replace(/-/g, '').slice(0, 12), 16)).toBeGreaterThan(Date.now() - 60_000)
  expect(hit.ageMs).toBeUndefined()
  expect(page.requests[0]).toMatchObject({
    url: HUB + 't',
    method: 'POST',
    credentials: 'include',
    keepalive: true,
  })
  // A string body travels as text/plain: no preflight.
  expect(page.requests[0].headers).toBeUndefined()
})

test('the hub is beside the script, or where data-host says', async () => {
  open({ script: { src: 'https://brand.example/hub/track.min.js?v=3' } })
  await page.hit('pageview')
  expect(page.requests[0].url).toBe('https://brand.example/hub/t')
  await page.close()
  open({ script: { 'data-host': 'https://go.brand.example' } })
  await page.hit('pageview')
  expect(page.requests[0].url).toBe('https://go.brand.example/t')
})

test('options may stand in the address of the script, for tag managers that drop attributes', async () => {
  open({ script: { 'data-key': '', src: `${HUB}track.min.js?key=WS-9` } })
  expect((await page.hit('pageview')).key).toBe('WS-9')
})

test('without a key nothing happens', async () => {
  open({ script: { 'data-key': '' } })
  await page.window.happyDOM.waitUntilComplete()
  expect(page.requests).toEqual([])
  expect(page.window.kembali).toBeUndefined()
})

test('calls made before the script came are replayed in order, after the page view', async () => {
  let told: unknown
  open({
    before: w => {
      w.eval('window.kembali = function () { (kembali.q = kembali.q || []).push(arguments) }')
      w.kembali('track', 'Lead', { value: 50000, currency: 'IDR', orderId: 'INV-9', colour: 'red' })
      w.kembali('identify', { name: 'Budi', email: 'budi@example.co.id', phone: '0812', ssn: '1' })
      w.kembali('visitor', (code: string) => (told = code))
    },
  })
  expect(await page.hit('event')).toMatchObject({ name: 'Lead', value: 50000, currency: 'IDR', orderId: 'INV-9' })
  const hit = await page.hit('identify')
  expect(hit.person).toEqual({ name: 'Budi', email: 'budi@example.co.id', phone: '0812' })
  expect(page.fetched.map(sent => sent.type)).toEqual(['pageview', 'event', 'identify'])
  await until(() => expect(told).toBe(CODE))
})

test('a new visitor is made once: later hits wait for the code of the first', async () => {
  open()
  page.window.kembali('track', 'Lead')
  page.window.kembali('track', 'Order')
  await page.hit('event', 1)
  expect(page.fetched.map(hit => hit.visitor)).toEqual([undefined, CODE, CODE])
})

test('track hands back the event id, and takes one', async () => {
  open()
  const id = page.window.kembali('track', 'Lead')
  expect((await page.hit('event')).eventId).toBe(id)
  expect(page.window.kembali('track', 'Order', { eventId: 'shop-77' })).toBe('shop-77')
  expect((await page.hit('event', 1)).eventId).toBe('shop-77')
})

test('event ids differ and sort as they were made', async () => {
  open()
  const ids = Array.from({ length: 40 }, () => page.window.kembali('track', 'x') as string)
  expect(new Set(ids).size).toBe(40)
  expect([...ids].sort()).toEqual(ids)
})

test('the code is remembered for the tab where the cookie does not reach', async () => {
  open({ before: w => w.sessionStorage.setItem('kmb_v', '"XYZ9876"') })
  expect((await page.hit('pageview')).visitor).toBe('XYZ9876')
  await until(() => expect(page.window.sessionStorage.getItem('kmb_v')).toBe(`"${CODE}"`))
})

test('loading it twice counts once', async () => {
  open()
  page.load()
  await page.hit('pageview')
  page.window.kembali('track', 'Lead')
  await page.hit('event')
  expect(page.fetched.filter(hit => hit.type == 'pageview')).toHaveLength(1)
})

test('the tags get a moment to write their cookies', async () => {
  open({ before: w => (w.fbq = () => 0) })
  page.window.setTimeout(() => (page.document.cookie = '_fbp=fb.1.3.4'), 50)
  expect((await page.hit('pageview')).cookies).toEqual({ _fbp: 'fb.1.3.4' })
})

test('a tag that is blocked delays the page view by a second, no more', async () => {
  const start = Date.now()
  open({ before: w => (w.fbq = () => 0) })
  await page.hit('pageview')
  expect(Date.now() - start).toBeGreaterThan(900)
})

for (const [what, breakIt] of Object.entries<(w: any) => void>({
  'no storage': w => {
    for (const area of ['localStorage', 'sessionStorage'])
      Object.defineProperty(w, area, {
        get() {
          throw new Error('SecurityError')
        },
      })
  },
  'foreign things in storage': w => {
    for (const junk of ['kmb_q', 'kmb_v', 'kmb_l']) {
      w.localStorage.setItem(junk, '{"a":[1,null]}')
      w.sessionStorage.setItem(junk, 'not json')
    }
  },
  'no cookies': w =>
    Object.defineProperty(w.document, 'cookie', {
      get() {
        throw new Error('SecurityError')
      },
    }),
  'broken cookies': w =>
    Object.defineProperty(w.document, 'cookie', { get: () => '=; ; _fbp; %E0%A4%A; _ga=%ZZ; __proto__=1' }),
  'broken tags': w => {
    w.fbq = 'blocked'
    w.ttq = { track: 7 }
    w.lintrk = Object.freeze(() => 0)
    w.dataLayer = [null, undefined, 3, { event: 'x' }]
    w.__tcfapi = () => {
      throw new Error('cmp')
    }
    w.kembali = w.document.body
  },
  'a frozen history': w => {
    Object.defineProperty(w.history, 'pushState', { value: w.history.pushState, writable: false })
  },
})) {
  test(`survives ${what}`, async () => {
    open({ before: breakIt, html: '<input type=hidden name=visitor>' })
    await page.hit('pageview')
    page.window.kembali('track', 'Lead')
    page.window.kembali('identify')
    page.window.kembali('consent')
    page.window.kembali('nonsense', {})
    page.window.history.pushState({}, '', '/next')
    await page.hit('event')
    await until(() => expect(page.element<any>('input').value).toBe(CODE))
    expect(page.errors).toEqual([])
  })
}
