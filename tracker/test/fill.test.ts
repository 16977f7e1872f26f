import { afterEach, expect, test } from 'vitest'
import { CODE, HUB, Page, until, type Setting } from './page'

let page: Page
const open = (setting?: Setting) => (page = new Page(setting))
afterEach(() => page.close())

const MARK = `%5B${CODE}%5D`
const href = (selector: string) => page.element<any>(selector).getAttribute('href')
const values = () =>
  Object.fromEntries([...page.document.querySelectorAll('input')].map((input: any) => [input.name, input.value]))
const inputs = (...names: string[]) => names.map(name => `<input type=hidden name="${name}">`).join('')
const coded = (html: string, more: Setting = {}) =>
  open({ html, ...more, before: w => (w.sessionStorage.setItem('kmb_v', `"${CODE}"`), more.before?.(w)) })

test('fills every hidden input it knows something for', async () => {
  open({
    url: 'https://shop.example/promo?fbclid=IwAR1&gclid=Cj0&gbraid=0AA&wbraid=CK&ttclid=E.C.P&li_fat_id=6f1&utm_source=meta&utm_campaign=Eid+2026',
    html: inputs(
      'visitor', 'kmb_visitor', 'page_url', 'fbclid', 'gclid', 'gbraid', 'wbraid', 'ttclid', 'li_fat_id', '_fbc', '_fbp', '_ttp',
      'ga_client_id', 'ga_session_id', 'consent', 'utm_source', 'utm_campaign', 'utm_term', 'other', 'constructor', 't', 'form_fields[gclid]',
    ),
    before: w => {
      for (const cookie of ['_fbp=fb.1.1.2', '_ttp=2abc', '_ga=GA1.1.1162820436.1749482504', '_ga_A=GS1.1.1690013078.2.1.1690013090.0'])
        w.document.cookie = cookie
      w.document.cookie = '_ga_B=GS2.1.o1$g0$s1747132561$t1747132655$j0'
      w.dataLayer = [['consent', 'default', { ad_storage: 'granted' }]]
    },
  })
  await until(() => expect(values().visitor).toBe(CODE))
  expect(values()).toEqual({
    visitor: CODE,
    kmb_visitor: CODE,
    page_url: page.window.location.href,
    fbclid: 'IwAR1',
    gclid: 'Cj0',
    gbraid: '0AA',
    wbraid: 'CK',
    ttclid: 'E.C.P',
    li_fat_id: '6f1',
    _fbc: expect.stringMatching(/^fb\.1\.\d{13}\.IwAR1$/),
    _fbp: 'fb.1.1.2',
    _ttp: '2abc',
    ga_client_id: '1162820436.1749482504',
    ga_session_id: '1747132561',
    consent: '{"ad_storage":"granted"}',
    utm_source: 'meta',
    utm_campaign: 'Eid 2026',
    utm_term: '',
    other: '',
    constructor: '',
    t: '',
    'form_fields[gclid]': 'Cj0',
  })
})

test('a form on the third page still knows the landing', async () => {
  open({ url: 'https://shop.example/?utm_source=meta&fbclid=IwAR1', html: inputs('_fbc') })
  await until(() => expect(values()._fbc).not.toBe(''))
  const fbc = values()._fbc
  const { session } = page.storage()
  await page.close()
  open({
    url: 'https://shop.example/checkout',
    html: inputs('utm_source', 'fbclid', '_fbc'),
    before: w => Object.entries(session).forEach(([name, value]) => w.sessionStorage.setItem(name, value)),
  })
  await until(() => expect(values()).toEqual({ utm_source: 'meta', fbclid: 'IwAR1', _fbc: fbc }))
})

test('a new landing replaces the old one; empty values and unreplaced macros are none', async () => {
  open({
    url: 'https://shop.example/?UTM_Source=tiktok&ttclid=E.C&ttclid=__CLICKID__&utm_term={keyword}&utm_campaign={{campaign.name}}&gclid=',
    html: inputs('utm_source', 'utm_term', 'utm_campaign', 'fbclid', 'gclid', 'ttclid'),
    before: w => w.sessionStorage.setItem('kmb_l', '{"fbclid":"old","utm_term":"old"}'),
  })
  await until(() => expect(values().utm_source).toBe('tiktok'))
  expect(values()).toEqual({ utm_source: 'tiktok', utm_term: '', utm_campaign: '', fbclid: '', gclid: '', ttclid: 'E.C' })
})

test('Meta’s own cookie for the same click goes before ours', async () => {
  open({
    url: 'https://shop.example/?fbclid=IwAR1',
    html: inputs('_fbc'),
    before: w => (w.document.cookie = '_fbc=fb.1.1700000000000.IwAR1.AQMB'),
  })
  await until(() => expect(values()._fbc).toBe('fb.1.1700000000000.IwAR1.AQMB'))
})

test('what the site put into an input stays, and visible inputs are nobody’s business', async () => {
  coded('<input type=hidden name=consent value=newsletter><input name=visitor><input type=hidden name=kmb_visitor>')
  await until(() => expect(values().kmb_visitor).toBe(CODE))
  expect(values()).toMatchObject({ consent: 'newsletter', visitor: '' })
})

test('a form that is added later is filled, and again when something has become known', async () => {
  open({ answer: () => ({ body: {} }) })
  await page.hit('pageview')
  page.document.body.innerHTML = inputs('visitor', 'page_url', 'consent')
  await until(() => expect(values()).toMatchObject({ page_url: 'https://shop.example/promo', consent: '{}', visitor: '' }))
  page.answer = () => ({ body: { visitorCode: CODE } })
  page.window.kembali('consent', { ad_user_data: 'denied' })
  page.window.history.pushState({}, '', '/next')
  await until(() =>
    expect(values()).toEqual({ visitor: CODE, page_url: 'https://shop.example/next', consent: '{"ad_user_data":"denied"}' }),
  )
})

test('a form is filled at the latest when it is sent', async () => {
  coded(`<form>${inputs('gclid')}</form>`)
  await page.hit('pageview')
  page.window.sessionStorage.clear()
  page.document.cookie = '_ttp=late'
  page.element<any>('input').name = '_ttp'
  page.element('form').dispatchEvent(new page.window.Event('submit', { bubbles: true }))
  expect(values()).toEqual({ _ttp: 'late' })
})

test('WhatsApp drafts get the code', async () => {
  const drafts: Record<string, string> = {
    'https://wa.me/6281234567890?text=Halo%20kak': `https://wa.me/6281234567890?text=Halo%20kak%20${MARK}`,
    'https://wa.me/6281234567890': `https://wa.me/6281234567890?text=${MARK}`,
    'https://wa.me/6281234567890?text=': `https://wa.me/6281234567890?text=${MARK}`,
    'https://api.whatsapp.com/send?phone=628123&text=Hi+there&source=x': `https://api.whatsapp.com/send?phone=628123&text=Hi+there%20${MARK}&source=x`,
    'https://api.whatsapp.com/send/?phone=628123#x': `https://api.whatsapp.com/send/?phone=628123&text=${MARK}#x`,
    'whatsapp://send?phone=628123&text=50%25%20$&': `whatsapp://send?phone=628123&text=50%25%20$%20${MARK}&`,
    // These have a code, or cannot have one.
    'https://wa.me/628123?text=Halo%20%5BXYZ9876%5D': '',
    'https://wa.me/628123?text=Halo [abc2345] x': '',
    'https://wa.me/message/ABCDEF': '',
    'https://wa.me/?text=Look%20at%20this': '',
    'https://chat.whatsapp.com/ABC': '',
    'https://shop.example/wa/promo': '',
    'mailto:wa.me/628@example.com': '',
  }
  coded(Object.keys(drafts).map((link, i) => `<a id=a${i} href="${link.replace(/&/g, '&amp;')}">chat</a>`).join(''))
  await until(() => expect(href('#a0')).toContain(CODE))
  expect(Object.keys(drafts).map((_, i) => href('#a' + i))).toEqual(Object.entries(drafts).map(([link, to]) => to || link))
})

test('a draft gets the code once, however often the page changes', async () => {
  coded('<a href="https://wa.me/628123?text=Halo">chat</a>')
  for (let i = 0; i < 3; i++) {
    page.document.body.appendChild(page.document.createElement('p'))
    await until(() => expect(href('a')).toContain(CODE))
    page.click('a')
  }
  expect(href('a')).toBe(`https://wa.me/628123?text=Halo%20${MARK}`)
})

test('a draft whose link the page writes anew gets the code when it is clicked', async () => {
  coded('<a href="/x"><b>chat</b></a>')
  await page.hit('pageview')
  page.element<any>('a').href = 'https://wa.me/628123?text=Halo'
  page.element<any>('b').addEventListener('click', (event: any) => event.preventDefault())
  page.element<any>('b').click()
  expect(href('a')).toBe(`https://wa.me/628123?text=Halo%20${MARK}`)
})

test('our own links get the visitor, others do not', async () => {
  coded(`<a id=own href="${HUB}wa/promo?utm_source=site#x">1</a><a id=said href="${HUB}wa/promo?visitor=XYZ9876">2</a>
    <a id=other href="https://elsewhere.example/wa/promo">3</a>`)
  await until(() => expect(href('#own')).toBe(`${HUB}wa/promo?utm_source=site&visitor=${CODE}#x`))
  expect(href('#said')).toBe(`${HUB}wa/promo?visitor=XYZ9876`)
  expect(href('#other')).toBe('https://elsewhere.example/wa/promo')
})

test('links to other own domains get the code when they are followed, not before', async () => {
  coded(
    `<a id=pay href="https://pay.example/cart?x=1#y">1</a><a id=sub href="https://eu.pay.example/">2</a>
     <a id=same href="/next">3</a><a id=evil href="https://notpay.example/">4</a><a id=mail href="mailto:a@pay.example">5</a>`,
    { script: { 'data-domains': 'shop.example, pay.example' } },
  )
  await page.hit('pageview')
  expect(href('#pay')).toBe('https://pay.example/cart?x=1#y')
  for (const id of ['#pay', '#sub', '#same', '#evil', '#mail']) page.click(id)
  expect(href('#pay')).toBe(`https://pay.example/cart?x=1&kmb_v=${CODE}#y`)
  expect(href('#sub')).toBe(`https://eu.pay.example/?kmb_v=${CODE}`)
  expect(href('#same')).toBe('/next')
  expect(href('#evil')).toBe('https://notpay.example/')
  expect(href('#mail')).toBe('mailto:a@pay.example')
  page.click('#pay')
  expect(href('#pay')).toBe(`https://pay.example/cart?x=1&kmb_v=${CODE}#y`)
})

for (const [came, left] of Object.entries({
  '?kmb_v=XYZ9876': '',
  '?kmb_v=XYZ9876#top': '#top',
  '?a=1&kmb_v=XYZ9876': '?a=1',
  '?kmb_v=XYZ9876&a=%20b+c': '?a=%20b+c',
  '?a=1&kmb_v=XYZ9876&b=2#h': '?a=1&b=2#h',
})) {
  test(`takes the visitor out of ${came}`, async () => {
    open({
      url: 'https://pay.example/cart' + came,
      referrer: 'https://www.shop.example/',
      script: { 'data-domains': 'shop.example,pay.example' },
    })
    expect(await page.hit('pageview')).toMatchObject({ visitor: 'XYZ9876', url: 'https://pay.example/cart' + left })
    expect(page.window.location.href).toBe('https://pay.example/cart' + left)
    expect(page.fetched).toHaveLength(1)
  })
}

test('a copied link from elsewhere makes nobody somebody else', async () => {
  open({
    url: 'https://pay.example/?kmb_v=XYZ9876',
    referrer: 'https://forum.example/',
    script: { 'data-domains': 'shop.example,pay.example' },
  })
  const hit = await page.hit('pageview')
  expect(hit.visitor).toBeUndefined()
  expect(hit.url).toBe('https://pay.example/')
})
