import { buildSync } from 'esbuild'
import { Window } from 'happy-dom'
import { afterEach, expect, test, vi } from 'vitest'

const source = buildSync({ entryPoints: ['src/click.ts'], bundle: true, write: false, format: 'iife', target: 'es2018' })
  .outputFiles[0]!.text
const SUBID = 'n1q2w3e4r5t6y7u8i9o0'
const OTHER = 'n0000000000000000001'
const WAIT = { timeout: 10_000, interval: 5 }

let window: any

interface Setting {
  url?: string
  html?: string
  before?: (window: any) => void
  answer?: () => unknown
}

/** A page with the script; what it asked of the hub. */
const open = ({ url = 'https://shop.example/promo?fbclid=IwAR0x&ad_id=7', html = '', before, answer }: Setting = {}) => {
  const asked: URL[] = []
  window = new Window({
    url,
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  } as any)
  window.fetch = async (address: string) => {
    asked.push(new URL(address))
    const body = answer ? answer() : { info: { sub_id: SUBID }, visitorCode: 'ABC2345', mayKeepCookies: true }
    return { json: async () => body }
  }
  window.document.body.innerHTML = html
  const script = window.document.createElement('script')
  script.type = 'text/plain'
  script.setAttribute('data-campaign', 'tok-1')
  Object.defineProperty(script, 'src', { value: 'https://go.brand.example/click.min.js' })
  window.document.head.appendChild(script)
  before?.(window)
  window.eval(source)
  return asked
}
const told = () => vi.waitFor(() => expect(window.kembaliClick.subid).toBeTruthy(), WAIT)

afterEach(() => window.happyDOM.close())

test('registers the click with what the address says, once', async () => {
  const asked = open()
  await told()
  expect(asked).toHaveLength(1)
  expect(asked[0]!.origin + asked[0]!.pathname).toBe('https://go.brand.example/click_api/v3')
  expect(Object.fromEntries(asked[0]!.searchParams)).toMatchObject({
    token: 'tok-1',
    fbclid: 'IwAR0x',
    ad_id: '7',
    page: 'https://shop.example/promo?fbclid=IwAR0x&ad_id=7',
  })
  expect(window.kembaliClick.subid).toBe(SUBID)
  expect(window.document.cookie).toContain('kmb_click=' + SUBID)
  window.eval(source)
  expect(asked).toHaveLength(1)
})

test('a page that a campaign link led to keeps that click', async () => {
  const asked = open({ url: `https://shop.example/promo?subid=${OTHER}` })
  await told()
  expect(window.kembaliClick.subid).toBe(OTHER)
  expect(asked).toHaveLength(0)
})

test('the next page of the visit has the same click, another ad another one', async () => {
  const visited = (search: string) => (w: any) =>
    w.sessionStorage.setItem('kmb_c', JSON.stringify(['tok-1', search, OTHER]))
  let asked = open({ url: 'https://shop.example/cart', before: visited('?fbclid=IwAR0x') })
  await told()
  expect(window.kembaliClick.subid).toBe(OTHER)
  expect(asked).toHaveLength(0)
  asked = open({ url: 'https://shop.example/promo?fbclid=IwAR0y', before: visited('?fbclid=IwAR0x') })
  await told()
  expect(window.kembaliClick.subid).toBe(SUBID)
  expect(asked).toHaveLength(1)
})

test('links and hidden inputs get the id, also those that come later', async () => {
  open({ html: '<a href="https://offer.example/?s={subid}">x</a><input type="hidden" name="subid"><input type="hidden" name="clickid" value="own">' })
  await told()
  const value = (name: string) => window.document.querySelector(`input[name=${name}]`).value
  expect(window.document.querySelector('a').href).toBe('https://offer.example/?s=' + SUBID)
  expect([value('subid'), value('clickid')]).toEqual([SUBID, 'own'])
  window.document.body.insertAdjacentHTML('beforeend', '<a id="late" href="https://offer.example/?s=%7Bsubid%7D">y</a>')
  await vi.waitFor(() => expect(window.document.getElementById('late').href).toContain(SUBID), WAIT)
})

test('listeners are told, also those that waited before the script came', async () => {
  const heard: string[] = []
  open({ before: w => (w.kembaliClick = { q: [[(id: string) => heard.push('early ' + id)]] }) })
  window.kembaliClick((id: string) => heard.push('late ' + id))
  await vi.waitFor(() => expect(heard.sort()).toEqual(['early ' + SUBID, 'late ' + SUBID]), WAIT)
})

test('a token in the address goes before that of the tag, and machines get no id', async () => {
  const asked = open({ url: 'https://shop.example/?_c=tok-2', answer: () => ({ info: { sub_id: null } }) })
  await vi.waitFor(() => expect(asked).toHaveLength(1), WAIT)
  expect(asked[0]!.searchParams.get('token')).toBe('tok-2')
  await new Promise(resolve => window.setTimeout(resolve, 0))
  expect(window.kembaliClick.subid).toBeUndefined()
  expect(window.document.cookie).not.toContain('kmb_click')
})
