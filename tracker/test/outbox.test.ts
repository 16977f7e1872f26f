import { afterEach, expect, test } from 'vitest'
import { CODE, Page, until, type Setting } from './page'

let page: Page
const open = (setting?: Setting) => (page = new Page(setting))
afterEach(() => page.close())

const DAY = 86_400_000
const kept = () => JSON.parse(page.window.localStorage.getItem('kmb_q') || '[]')
const keptIds = () => kept().map((entry: any) => entry[1].eventId)
const waiting = (ageMs: number, eventId: string) => [Date.now() - ageMs, { key: 'WS-1', type: 'event', eventId }, 1]
const withKept = (entries: unknown): Setting => ({
  before: w => w.localStorage.setItem('kmb_q', JSON.stringify(entries)),
})

for (const [what, answer] of Object.entries({
  'a server in trouble': { status: 503 },
  'too many requests': { status: 429 },
  'a lost network': { lost: true },
})) {
  test(`after ${what} the same hit is sent again, with its age`, async () => {
    open({ answer: () => answer })
    await until(() => expect(page.requests).toHaveLength(1))
    const first = JSON.parse(page.requests[0].body)
    await until(() => expect(keptIds()).toEqual([first.eventId]))
    page.fetched.length = 0
    page.answer = () => ({ body: { visitorCode: CODE, outcome: 'accepted' } })
    page.offline(false)
    const again = await page.hit('pageview')
    expect(again.eventId).toBe(first.eventId)
    expect(again.url).toBe(first.url)
    expect(again.ageMs).toBeGreaterThanOrEqual(0)
    await until(() => expect(kept()).toEqual([]))
  })
}

test('offline nothing is tried; online everything is, in order', async () => {
  open({ before: w => Object.defineProperty(w.navigator, 'onLine', { value: false, configurable: true }) })
  const ids = ['a', 'b', 'c'].map(name => page.window.kembali('track', name))
  await until(() => expect(keptIds().slice(1)).toEqual(ids))
  expect(page.requests).toEqual([])
  page.offline(false)
  await page.hit('event', 2)
  expect(page.fetched.map(hit => hit.eventId).slice(1)).toEqual(ids)
  expect(page.fetched.map(hit => hit.visitor)).toEqual([undefined, CODE, CODE, CODE])
})

test('a refused hit is not sent again', async () => {
  open({ answer: () => ({ status: 400, body: { detail: 'no such key' } }) })
  await page.hit('pageview')
  page.window.kembali('track', 'Lead')
  await page.hit('event')
  page.offline(false)
  page.window.kembali('track', 'Fence')
  await page.hit('event', 1)
  expect(page.requests).toHaveLength(3)
  expect(kept()).toEqual([])
})

test('an answer that is no JSON still counts as taken', async () => {
  open({ answer: () => ({ body: undefined }) })
  await page.hit('pageview')
  page.window.kembali('track', 'Lead')
  await page.hit('event')
  expect(page.requests).toHaveLength(2)
})

test('the next page sends what the last one could not, unless it is over seven days old', async () => {
  open(withKept([waiting(8 * DAY, 'too-old'), waiting(2 * DAY, 'kept-1'), waiting(DAY, 'kept-2')]))
  await page.hit('event', 1)
  expect(page.fetched.map(hit => hit.eventId)).toEqual(expect.arrayContaining(['kept-1', 'kept-2']))
  expect(page.fetched.map(hit => hit.eventId)).not.toContain('too-old')
  const sent = page.fetched.find(hit => hit.eventId == 'kept-1')!
  expect(sent.ageMs).toBeGreaterThan(2 * DAY - 60_000)
  await until(() => expect(keptIds()).toEqual([]))
})

test('what another tab keeps stays', async () => {
  open({ answer: () => ({ lost: true }) })
  await until(() => expect(kept()).toHaveLength(1))
  page.window.localStorage.setItem('kmb_q', JSON.stringify([waiting(1, 'of-another-tab'), ...kept()]))
  page.answer = () => ({ body: {} })
  page.offline(false)
  await page.hit('pageview')
  await until(() => expect(keptIds()).toEqual(['of-another-tab']))
})

test('fifty hits are kept, the latest', async () => {
  open({ answer: () => ({ lost: true }) })
  const ids: string[] = []
  for (let i = 0; i < 60; i++) ids.push(page.window.kembali('track', 'n' + i))
  page.offline(true)
  page.window.kembali('track', 'last')
  await until(() => expect(kept()).toHaveLength(50))
  expect(kept().at(-1)[1].name).toBe('last')
})

test('nothing is written where storage was refused', async () => {
  open({
    answer: () => ({ lost: true }),
    before: w => (w.dataLayer = [['consent', 'default', { ad_storage: 'denied' }]]),
  })
  await until(() => expect(page.requests).toHaveLength(1))
  page.leave()
  expect(kept()).toEqual([])
})

test('what was not tried yet leaves by beacon, once', async () => {
  open()
  const id = page.window.kembali('track', 'Lead')
  page.leave()
  expect(page.beaconed.map(hit => hit.type)).toEqual(['event'])
  expect(page.beaconed[0]!.eventId).toBe(id)
  page.leave()
  expect(page.beaconed).toHaveLength(1)
  await page.hit('pageview')
  expect(page.fetched.map(hit => hit.type)).toEqual(['pageview'])
})

test('a page view that still waits for the tags leaves by beacon', async () => {
  open({ before: w => (w.fbq = () => 0) })
  page.leave()
  expect(page.beaconed).toMatchObject([{ type: 'pageview', url: 'https://shop.example/promo' }])
})

test('what the browser does not take when leaving is kept', async () => {
  open({ before: w => (w.fbq = () => 0) })
  page.window.navigator.sendBeacon = () => false
  page.leave()
  expect(kept()).toHaveLength(1)
})

test('a page that is shown again goes on', async () => {
  open()
  await page.hit('pageview')
  Object.defineProperty(page.document, 'visibilityState', { value: 'hidden', configurable: true })
  page.document.dispatchEvent(new page.window.Event('visibilitychange'))
  page.window.kembali('track', 'hidden')
  expect(page.beaconed).toHaveLength(1)
  Object.defineProperty(page.document, 'visibilityState', { value: 'visible', configurable: true })
  page.document.dispatchEvent(new page.window.Event('visibilitychange'))
  page.window.kembali('track', 'shown')
  expect((await page.hit('event')).name).toBe('shown')
})
