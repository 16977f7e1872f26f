/** What the site owner wrote on the script element; in the script's address where a tag manager drops attributes. */
import { doc, place } from './browser'

const script = (doc.currentScript || doc.querySelector('script[data-key]')) as HTMLScriptElement
const source = new URL(script.src, place.href)

export const option = (name: string) => script.dataset[name] || source.searchParams.get(name) || ''

export const key = option('key')

/** The folder `/t` and `/wa/` are in, with a slash at its end: that of the script, or `data-host`. */
export const hub = new URL(option('host') ? option('host').replace(/\/*$/, '/') : '.', source).href

const domains = option('domains').split(/[\s,]+/)

/** Whether the host is one of `data-domains`, or below one. */
export const isOwn = (host: string) => domains.some(domain => domain && ('.' + host).endsWith('.' + domain))
