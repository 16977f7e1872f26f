/** A page in happy-dom with the tracker bundled from its sources, and a hub that answers what the test says. */
import { buildSync } from 'esbuild'
import { Window, type HTMLElement } from 'happy-dom'
import { vi } from 'vitest'

const tracker = buildSync({ entryPoints: ['src/main.ts'], bundle: true, write: false, format: 'iife', target: 'es2018' })
  .outputFiles[0]!.text

export interface Hit {
  key: string
  type: string
  eventId: string
  url: string
  [field: string]: any
}

export interface Answer {
  status?: number
  body?: unknown
  /** As if the network were gone. */
  lost?: boolean
}

export interface Setting {
  url?: string
  referrer?: string
  html?: string
  /** Attributes of the script element. */
  script?: Record<string, string>
  /** What the page did before the tracker came. */
  before?: (window: any) => void
  answer?: (hit: Hit) => Answer
}

export const HUB = 'https://link.brand.example/'
export const CODE = 'ABC2345'

export class Page {
  readonly window: any
  readonly document: any
  /** What reached the hub by fetch, and by beacon. */
  readonly fetched: Hit[] = []
  readonly beaconed: Hit[] = []
  readonly requests: any[] = []
  /** What a page must never see. */
  readonly errors: unknown[] = []
  answer: (hit: Hit) => Answer

  constructor(setting: Setting = {}) {
    const window: any = new Window({
      url: setting.url || 'https://shop.example/promo',
      settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
    } as any)
    this.window = window
    this.document = window.document
    this.answer = setting.answer || (hit => ({ body: { visitorCode: CODE, eventId: hit.eventId, outcome: 'accepted' } }))
    if (setting.referrer) Object.defineProperty(window.document, 'referrer', { value: setting.referrer })
    window.addEventListener('error', (event: any) => this.errors.push(event.error))
    window.fetch = async (url: string, request: any) => {
      this.requests.push({ url, ...request })
      const hit = JSON.parse(request.body)
      const { status = 200, body = {}, lost } = this.answer(hit)
      if (lost) throw new TypeError('Failed to fetch')
      this.fetched.push(hit)
      return { status, ok: status < 300, json: async () => JSON.parse(JSON.stringify(body)) }
    }
    window.navigator.sendBeacon = (_url: string, body: string) => this.beaconed.push(JSON.parse(body)) > 0
    this.document.title = 'Promo'
    this.document.body.innerHTML = setting.html || ''
    const script = this.document.createElement('script')
    const attributes: Record<string, string> = { 'data-key': 'WS-1', 'data-from': `${HUB}track.min.js`, ...setting.script }
    // The element is there, but the test runs its text.
    script.type = 'text/plain'
    for (const name in attributes) script.setAttribute(name, attributes[name])
    Object.defineProperty(script, 'src', { value: attributes.src || `${HUB}track.min.js` })
    this.document.head.appendChild(script)
    setting.before?.(window)
    this.load()
  }

  load() {
    this.window.eval(tracker)
  }

  hit(type: string, at = 0): Promise<Hit> {
    return vi.waitFor(() => {
      const found = this.fetched.filter(hit => hit.type == type)[at]
      if (!found) throw new Error(`no ${type} ${at} among ${this.fetched.map(hit => hit.type)}`)
      return found
    }, WAIT)
  }

  element<T = HTMLElement>(selector: string): T {
    return this.document.querySelector(selector)
  }

  click(selector: string) {
    const anchor: any = this.element(selector)
    anchor.addEventListener('click', (event: any) => event.preventDefault())
    anchor.click()
  }

  offline(off: boolean) {
    Object.defineProperty(this.window.navigator, 'onLine', { value: !off, configurable: true })
    if (!off) this.window.dispatchEvent(new this.window.Event('online'))
  }

  leave() {
    this.window.dispatchEvent(new this.window.Event('pagehide'))
  }

  /** What the next page of the same tab finds. */
  storage() {
    return { local: { ...this.window.localStorage }, session: { ...this.window.sessionStorage } }
  }

  close() {
    return this.window.happyDOM.close()
  }
}

export const WAIT = { timeout: 8_000, interval: 5 }
export const until = <T>(check: () => T) => vi.waitFor(check, WAIT)
