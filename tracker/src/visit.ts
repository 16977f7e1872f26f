/** Who visits and where they came from: the visitor's code and the landing's parameters, for this tab's visit. */
import { cookies, doc, place, recall, remember } from './browser'
import { consent } from './consent'
import { isOwn } from './options'

const CODE = /^[A-Z]{3}\d{4}$/
const LANDING = /^(utm_\w+|(fb|g)clid|[gw]braid|ttclid|li_fat_id)$/
const UNREPLACED = /^(\{.*\}|__\w+__)$/
/** When the landing was, in epoch ms; no input can have this name. */
const SEEN = '@'

export let code: string | undefined
let waiting: ((code: string) => void)[] = []
let landing: Record<string, any> = {}

/** The listener's own exceptions stay the page's. */
const tell = (listener: (code: string) => void) => setTimeout(listener, 0, code)

export const onCode = (listener: (code: string) => void) => (code ? tell(listener) : waiting.push(listener))

export const know = (said: unknown) => {
  if (CODE.test(said as string)) {
    code = said as string
    remember('sessionStorage', 'v', code)
    waiting.forEach(tell)
    waiting = []
  }
}

/** Reads what the address says, and takes another own domain's word for who this is out of it. */
export const arrive = () => {
  const brought = /[?&]kmb_v=(\w+)/.exec(place.search)
  if (brought) {
    // A copied link must not make its reader somebody else.
    if (!doc.referrer || isOwn(new URL(doc.referrer).hostname)) know(brought[1])
    history.replaceState(
      history.state,
      '',
      place.href.replace(/([?&])kmb_v=[^&#]*&?/, '$1').replace(/[?&](?=#|$)/, ''),
    )
  }
  const found: Record<string, any> = {}
  new URLSearchParams(place.search).forEach((value, name) => {
    name = name.toLowerCase()
    if (LANDING.test(name) && value && !UNREPLACED.test(value)) found[name] = value
  })
  if (Object.keys(found)[0]) {
    found[SEEN] = landing.fbclid && landing.fbclid == found.fbclid ? landing[SEEN] : Date.now()
    landing = found
    remember('sessionStorage', 'l', landing)
  }
}

export const open = () => {
  know(recall('sessionStorage', 'v'))
  landing = (recall('sessionStorage', 'l') as typeof landing) || {}
}

/** What hidden inputs may ask for, by input name. */
export const knowledge = (): Record<string, unknown> => {
  const jar = cookies()
  const clicked = landing.fbclid
  // GS1.1.<session>. or GS2.1.<items between dollars, one of them s<session>>; the youngest of several streams.
  const sessions = Object.values(jar)
    .map(value => (/^GS\d\.[\d-]+\.(?:.*(?:\$|%24))?s?(\d{9,})/.exec(value) || [])[1] || '')
    .sort()
  return {
    ...jar,
    ...landing,
    _fbc: clicked && !(jar._fbc || '').includes(clicked) ? `fb.1.${landing[SEEN]}.${clicked}` : jar._fbc,
    visitor: code,
    kmb_visitor: code,
    page_url: place.href,
    ga_client_id: (/\d+\.\d+$/.exec(jar._ga || '') || [])[0],
    ga_session_id: sessions.pop(),
    consent: JSON.stringify(consent()),
  }
}
