/** The page we are a guest in. Whatever it lacks or breaks must not become an exception of ours. */

/** A call somebody made to a tag: an array, or the `arguments` a stub kept. */
export interface Call {
  [index: number]: any
  length: number
}

export type Tag = ((...args: any[]) => unknown) & { queue?: Call[]; q?: Call[]; kmb?: 1 }

/** Globals of other people's scripts, none of which need be there or be what it should. */
export interface Page extends Window {
  kembali?: ((...args: any[]) => unknown) & { q?: { push(call: Call): unknown }; kmb?: 1 }
  dataLayer?: Call[] & { kmb?: 1 }
  google_tag_data?: { ics?: { getConsentState?(key: string): number } }
  __tcfapi?: ((command: string, version: number, callback: (data: TcData, ok: boolean) => void) => void) & { kmb?: 1 }
  fbq?: Tag & { disablePushState?: boolean }
  _fbq?: Tag
  lintrk?: Tag
  _linkedin_event_id?: string
  ttq?: Call[] & { track?: Tag }
  gtag?: Tag
}

export interface TcData {
  tcString?: string
  gdprApplies?: boolean
  eventStatus?: string
}

export const page = window as unknown as Page
export const doc = document
export const place = location
export const nav = navigator as Navigator & { globalPrivacyControl?: boolean }

export const quietly = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    // The page's storage, cookies or tags are not as they should be: go on without.
  }
  return
}

/** Listens before the page's own listeners, so that links and forms are ready when those read them. */
export const on = (target: EventTarget, types: string, listener: (event: Event) => void) =>
  types.split(' ').forEach(type => target.addEventListener(type, event => quietly(() => listener(event)), true))

/** Hangs on to a method of somebody else's object; what it does and returns stays. */
export const wrap = (owner: any, method: string, before: (call: any[]) => unknown, after?: () => void) => {
  const original = owner[method]
  owner[method] = function (...call: any[]) {
    quietly(() => before(call))
    const result = original.apply(this, call)
    quietly(after!)
    return result
  }
  owner[method].kmb = 1
}

type Area = 'localStorage' | 'sessionStorage'

/** Undefined when nothing is there, or nothing that can be read. */
export const recall = (area: Area, name: string): unknown =>
  quietly(() => JSON.parse(page[area].getItem('kmb_' + name)!))

export const remember = (area: Area, name: string, value: unknown) =>
  quietly(() => page[area].setItem('kmb_' + name, JSON.stringify(value)))

const OURS = /^(_ga(_\w+)?|_fb[cp]|_ttp|ttclid|_?li_fat_id|_gcl_\w\w|FPGCL\w+|_uetmsclkid)$/

/** The advertising tags' cookies by name, values as they are. */
export const cookies = () => {
  const found: Record<string, string> = {}
  quietly(() =>
    doc.cookie.split('; ').forEach(pair => {
      const at = pair.indexOf('=')
      const name = pair.slice(0, at)
      if (OURS.test(name)) found[name] = pair.slice(at + 1)
    }),
  )
  return found
}
