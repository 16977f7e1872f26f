import { afterEach, expect, test } from 'vitest'
import { Page, until, type Hit, type Setting } from './page'

let page: Page
const open = (setting?: Setting) => (page = new Page(setting))
afterEach(() => page.close())

const views = () => page.fetched.filter(hit => hit.type == 'pageview')
/** All page views there are, known to be all because a later hit has arrived. */
const allViews = async (): Promise<Hit[]> => {
  const id = page.window.kembali('track', 'fence')
  await until(() => expect(page.fetched.some(hit => hit.eventId == id)).toBe(true))
  return views()
}

test('a navigation of the application is a page view with its own id, title and the page before as referrer', async () => {
  open({ referrer: 'https://www.google.com/' })
  const first = await page.hit('pageview')
  page.window.history.pushState({}, '', '/product?id=7')
  page.document.title = 'Product'
  const second = await page.hit('pageview', 1)
  expect(second).toMatchObject({
    url: 'https://shop.example/product?id=7',
    referrer: 'https://shop.example/promo',
    title: 'Product',
  })
  expect(second.eventId).not.toBe(first.eventId)
})

test('one navigation reported by several wrappers counts once', async () => {
  open({
    before: w => {
      // A wrapper of the old kind, that announces by itself and calls twice.
      const original = w.history.pushState
      w.history.pushState = function (...call: unknown[]) {
        original.apply(w.history, call)
        original.apply(w.history, call)
        w.dispatchEvent(new w.Event('popstate'))
      }
    },
  })
  await page.hit('pageview')
  page.window.history.pushState({}, '', '/a')
  page.window.history.replaceState({ scroll: 1 }, '', '/a')
  page.window.dispatchEvent(new page.window.Event('popstate'))
  expect((await allViews()).map(hit => hit.url)).toEqual(['https://shop.example/promo', 'https://shop.example/a'])
})

test('anchors and a tidied query are no page views; a path in the anchor is', async () => {
  open({ url: 'https://shop.example/promo?utm_source=x&gclid=y' })
  await page.hit('pageview')
  page.window.history.replaceState({}, '', '/promo')
  page.window.history.pushState({}, '', '/promo#reviews')
  page.window.history.pushState({}, '', '/promo#/cart')
  expect((await allViews()).map(hit => hit.url)).toEqual([
    'https://shop.example/promo?utm_source=x&gclid=y',
    'https://shop.example/promo#/cart',
  ])
})

test('going back is a page view', async () => {
  open()
  await page.hit('pageview')
  page.window.history.pushState({}, '', '/a')
  await page.hit('pageview', 1)
  page.window.happyDOM.setURL('https://shop.example/promo')
  page.window.dispatchEvent(new page.window.Event('popstate'))
  expect((await page.hit('pageview', 2)).url).toBe('https://shop.example/promo')
})

test('two navigations in a row are two page views, each with its own address', async () => {
  open()
  page.window.history.pushState({}, '', '/a')
  page.window.history.pushState({}, '', '/b')
  expect((await allViews()).map(hit => [hit.url, hit.referrer])).toEqual([
    ['https://shop.example/promo', ''],
    ['https://shop.example/a', 'https://shop.example/promo'],
    ['https://shop.example/b', 'https://shop.example/a'],
  ])
})

test('what pushState returns and throws stays the page’s', () => {
  open({ before: w => (w.history.pushState = () => 'kept') })
  expect(page.window.history.pushState({}, '', '/a')).toBe('kept')
  page.close()
  open({
    before: w =>
      (w.history.pushState = () => {
        throw new Error('too often')
      }),
  })
  expect(() => page.window.history.pushState({}, '', '/a')).toThrow('too often')
})

test('a page from the back/forward cache is viewed again', async () => {
  open()
  const first = await page.hit('pageview')
  page.leave()
  const shown = new page.window.Event('pageshow')
  shown.persisted = true
  page.window.dispatchEvent(shown)
  const second = await page.hit('pageview', 1)
  expect(second.url).toBe(first.url)
  expect(second.eventId).not.toBe(first.eventId)
})

test('a prerendered page is seen when it is shown', async () => {
  open({
    before: w => {
      w.document.prerendering = true
      w.eval('window.kembali = function () { (kembali.q = kembali.q || []).push(arguments) }')
    },
  })
  page.load()
  page.window.kembali('track', 'Lead')
  await page.window.happyDOM.waitUntilComplete()
  expect(page.requests).toEqual([])
  page.document.prerendering = false
  page.document.dispatchEvent(new page.window.Event('prerenderingchange'))
  await page.hit('event')
  expect(page.fetched.map(hit => hit.type)).toEqual(['pageview', 'event'])
})
