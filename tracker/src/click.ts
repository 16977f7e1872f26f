/**
 * click.min.js, for a page that ads lead to directly: registers the click on the campaign, keeps its id, and hands it to
 * links and hidden inputs. A page that a campaign link led to has the id in its address; then that click counts.
 */
import { doc, place, quietly, recall, remember } from './browser'

interface Answer {
  info?: { sub_id?: string }
  visitorCode?: string
  mayKeepCookies?: boolean
}

interface ClickApi {
  (listener: (subid: string) => void): void
  subid?: string
  kmb?: 1
}

const script = (doc.currentScript || doc.querySelector('script[data-campaign]')) as HTMLScriptElement
const source = new URL(script.src, place.href)
const hub = new URL(script.dataset.host ? script.dataset.host.replace(/\/*$/, '/') : '.', source).href
const token = /[?&]_c=([\w-]+)/.exec(place.search)?.[1] || script.dataset.campaign || source.searchParams.get('campaign')

const ID = /^[0-9a-z]{20}$/
const NAMES = ['subid', 'click_id', 'clickid', 'sub_id', 'kmb_click']
/** What makes an address another arrival and not another page of the same visit. */
const ARRIVAL = /[?&](utm_\w+|\w*clid|[gw]braid|_c|external_id)=/i
const COOKIE = 'kmb_click'
const DAYS_90 = 7776e3

const waiting: ((subid: string) => void)[] = []
const api: ClickApi = listener => {
  if (api.subid) setTimeout(listener, 0, api.subid)
  else waiting.push(listener)
}

const fill = () => {
  const id = api.subid!
  doc.querySelectorAll<HTMLAnchorElement>('a[href*="{subid}"],a[href*="%7Bsubid%7D"]').forEach(anchor => {
    anchor.href = anchor.getAttribute('href')!.replace(/\{subid\}|%7Bsubid%7D/gi, id)
  })
  doc.querySelectorAll<HTMLInputElement>('input[type=hidden]').forEach(input => {
    if (NAMES.includes(input.name) && !input.value) input.value = id
  })
}

const know = (id: string, keep?: boolean) => {
  api.subid = id
  remember('sessionStorage', 'c', [token, place.search, id])
  doc.cookie = `${COOKIE}=${id};path=/;samesite=lax${keep ? `;max-age=${DAYS_90}` : ''}${place.protocol == 'https:' ? ';secure' : ''}`
  waiting.splice(0).forEach(listener => setTimeout(listener, 0, id))
  quietly(fill)
  new MutationObserver(() => quietly(fill)).observe(doc, { childList: true, subtree: true })
}

const register = async () => {
  const query = new URLSearchParams(place.search)
  NAMES.forEach(name => query.delete(name))
  query.set('token', token!)
  query.set('info', '1')
  query.set('page', place.href)
  if (doc.referrer) query.set('referrer', doc.referrer)
  const visitor = recall('sessionStorage', 'v')
  if (visitor) query.set('visitor', visitor as string)
  const response = await fetch(`${hub}click_api/v3?${query}`, { credentials: 'include', keepalive: true })
  const answer: Answer = await response.json()
  if (answer.visitorCode && !visitor) remember('sessionStorage', 'v', answer.visitorCode)
  if (answer.info && answer.info.sub_id) know(answer.info.sub_id, answer.mayKeepCookies)
}

const begin = () => {
  const brought = new URLSearchParams(place.search)
  const id = NAMES.map(name => brought.get(name) || '').find(value => ID.test(value))
  const known = recall('sessionStorage', 'c') as [string, string, string] | undefined
  if (id) know(id)
  else if (known && known[0] == token && (known[1] == place.search || !ARRIVAL.test(place.search))) know(known[2])
  else register().catch(() => {})
}

if (token && !((window as any).kembaliClick || {}).kmb) {
  const early = ((window as any).kembaliClick || {}).q || []
  api.kmb = 1
  ;(window as any).kembaliClick = api
  early.forEach((call: [(subid: string) => void]) => api(call[0]))
  if ((doc as any).prerendering) doc.addEventListener('prerenderingchange', begin)
  else begin()
}
