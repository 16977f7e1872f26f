/** The tracker: attaches to the page, says who visits, and takes the page's calls of `kembali(...)`. */
import { doc, on, page, quietly, type Call } from './browser'
import { note } from './consent'
import { fill, markLink } from './fill'
import { key } from './options'
import { open as openOutbox } from './outbox'
import { attach, taken, viewId } from './tags'
import { consentChanged, hit, start } from './views'
import { know, onCode, open as openVisit } from './visit'

const QUIET_MS = 100

/** One call of `kembali(command, ...)`; the event id where it made a hit. */
const run = (command: string, a: any, b?: any): string | undefined => {
  if (command == 'track') {
    const { value, currency, orderId, eventId } = b || {}
    return hit('event', { name: a, value, currency, orderId }, eventId)
  }
  if (command == 'identify') {
    const { name, email, phone } = a
    return hit('identify', { person: { name, email, phone } })
  }
  if (command == 'consent') {
    note('update', a)
    consentChanged()
  }
  if (command == 'visitor') onCode(a)
  return
}

let soon: unknown

const look = () => {
  attach(consentChanged)
  soon =
    soon ||
    setTimeout(() => {
      soon = 0
      attach(consentChanged)
      quietly(consentChanged)
      quietly(fill)
    }, QUIET_MS)
}

const begin = () => {
  if ((page.kembali || {}).kmb) return
  openVisit()
  openOutbox((answer, hit) => {
    know(answer.visitorCode)
    if (hit.eventId == viewId) taken(answer.events || {})
    look()
  })
  start()
  const waiting = (page.kembali || {}).q || []
  const api = (...call: any[]) => quietly(() => (run as any)(...call))
  page.kembali = Object.assign(api, { kmb: 1 as const, q: { push: (call: Call) => api(...Array.from(call)) } })
  ;[].slice.call(waiting).forEach(page.kembali.q!.push)
  look()
  new MutationObserver(look).observe(doc, { childList: true, subtree: true })
  on(doc, 'click auxclick', event =>
    markLink((event.composedPath()[0] as Element).closest<HTMLAnchorElement>('a[href]')!, true),
  )
  on(doc, 'submit', fill)
}

if (key && !(page.kembali || {}).kmb) {
  attach(consentChanged)
  if ((doc as any).prerendering) on(doc, 'prerenderingchange', begin)
  else begin()
}
