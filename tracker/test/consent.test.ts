import { afterEach, expect, test } from 'vitest'
import { Page, until, type Setting } from './page'

let page: Page
const open = (setting?: Setting) => (page = new Page(setting))
afterEach(() => page.close())

const GTAG = 'window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) }; window.gtag = gtag'
const withGtag = (...calls: unknown[][]): Setting => ({
  before: w => {
    w.eval(GTAG)
    calls.forEach(call => w.gtag(...call))
  },
})
const DENIED = { ad_storage: 'denied', analytics_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' }
const GRANTED = {
  ad_storage: 'granted',
  analytics_storage: 'granted',
  ad_user_data: 'granted',
  ad_personalization: 'granted',
}

test('reads the defaults that were set before it came', async () => {
  open(withGtag(['consent', 'default', { ...DENIED, wait_for_update: 500, functionality_storage: 'granted' }]))
  expect((await page.hit('pageview')).consent).toEqual(DENIED)
})

test('an update after the page view is sent as a consent hit, once', async () => {
  open(withGtag(['consent', 'default', DENIED]))
  await page.hit('pageview')
  page.window.gtag('consent', 'update', { ad_storage: 'granted', ad_user_data: 'granted' })
  page.window.gtag('consent', 'update', { ad_storage: 'granted', ad_user_data: 'granted' })
  const hit = await page.hit('consent')
  expect(hit.consent).toEqual({ ...DENIED, ad_storage: 'granted', ad_user_data: 'granted' })
  page.window.kembali('track', 'Lead')
  expect((await page.hit('event')).consent).toEqual(hit.consent)
  expect(page.fetched.filter(sent => sent.type == 'consent')).toHaveLength(1)
})

test('an update before the page view left travels with it', async () => {
  open(withGtag(['consent', 'default', DENIED]))
  page.window.gtag('consent', 'update', GRANTED)
  expect((await page.hit('pageview')).consent).toEqual(GRANTED)
  page.window.kembali('track', 'Lead')
  await page.hit('event')
  expect(page.fetched.map(hit => hit.type)).toEqual(['pageview', 'event'])
})

test('a default for a region that differs leaves the answer open', async () => {
  open(
    withGtag(
      ['consent', 'default', { ...DENIED, region: ['DE', 'FR'] }],
      ['consent', 'default', { ad_storage: 'granted', ad_user_data: 'denied' }],
    ),
  )
  expect((await page.hit('pageview')).consent).toEqual({ ad_user_data: 'denied' })
  page.window.gtag('consent', 'update', { ad_storage: 'granted' })
  expect((await page.hit('consent')).consent).toEqual({ ad_storage: 'granted', ad_user_data: 'denied' })
})

test('kembali("consent") says it where there is no Consent Mode, and nothing but granted and denied counts', async () => {
  open()
  await page.hit('pageview')
  page.window.kembali('consent', { ad_user_data: 'granted', ad_storage: true, other: 'granted' })
  expect((await page.hit('consent')).consent).toEqual({ ad_user_data: 'granted' })
})

test('a data layer that comes late is found, and one a tag manager took over still tells', async () => {
  open()
  await page.hit('pageview')
  page.window.eval(GTAG)
  page.window.gtag('consent', 'default', DENIED)
  page.document.body.appendChild(page.document.createElement('script'))
  expect((await page.hit('consent')).consent).toEqual(DENIED)
  const push = page.window.dataLayer.push
  page.window.dataLayer.push = (...items: unknown[]) => push.apply(page.window.dataLayer, items)
  page.window.gtag('consent', 'update', GRANTED)
  expect((await page.hit('consent', 1)).consent).toEqual(GRANTED)
})

test('what a tag manager template said is read from Google’s registry', async () => {
  open({ before: w => (w.google_tag_data = { ics: { getConsentState: (k: string) => (k == 'ad_storage' ? 2 : k == 'ad_user_data' ? 1 : 0) } }) })
  expect((await page.hit('pageview')).consent).toEqual({ ad_storage: 'denied', ad_user_data: 'granted' })
})

test('TCF: the string counts once the person has chosen', async () => {
  let tell: any
  open({ before: w => (w.__tcfapi = (...call: any[]) => ([, , tell] = call) && expect(call.slice(0, 2)).toEqual(['addEventListener', 2])) })
  await until(() => expect(tell).toBeDefined())
  tell({ tcString: 'CPdefault', gdprApplies: true, eventStatus: 'cmpuishown' }, true)
  const view = await page.hit('pageview')
  expect([view.tcString, view.gdpr]).toEqual([undefined, true])
  tell(null, false)
  tell({ tcString: 'CPchosen', gdprApplies: true, eventStatus: 'useractioncomplete' }, true)
  expect(await page.hit('consent')).toMatchObject({ tcString: 'CPchosen', gdpr: true })
})

test('Global Privacy Control is told, its absence is not', async () => {
  open({ before: w => (w.navigator.globalPrivacyControl = true) })
  expect((await page.hit('pageview')).gpc).toBe(true)
  await page.close()
  open({ before: w => (w.navigator.globalPrivacyControl = false) })
  expect(await page.hit('pageview')).not.toHaveProperty('gpc')
})

test('a refusal made while leaving is still sent', async () => {
  open()
  await page.hit('pageview')
  page.window.google_tag_data = { ics: { getConsentState: () => 2 } }
  page.leave()
  expect(page.beaconed).toMatchObject([{ type: 'consent', consent: DENIED }])
})
