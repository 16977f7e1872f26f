/** Hands the visitor's code on: into hidden inputs, WhatsApp drafts, our own links, and links to other own domains. */
import { doc, place } from './browser'
import { hub, isOwn } from './options'
import { code, knowledge } from './visit'

/** Chats with a number; a link without one is for sharing, and its text goes to a friend. */
const CHAT = /^(https?:\/\/(wa\.me\/\+?\d|(api|web)\.whatsapp\.com\/send\/?\?.*phone=)|whatsapp:\/\/send\/?\?.*phone=)/i
const HAS_CODE = /(\[|%5B)[a-z]{3}\d{4}/i
const filled = new WeakMap<HTMLInputElement, string>()

/** Puts the code into a link to a chat or to one of our links or, when followed, to another own domain. */
export const markLink = (anchor: HTMLAnchorElement, followed?: boolean) => {
  const link = anchor.href
  const chat = CHAT.test(link)
  const name = chat
    ? 'text'
    : link.startsWith(hub + 'wa/')
      ? 'visitor'
      : followed && anchor.hostname != place.hostname && isOwn(anchor.hostname) && 'kmb_v'
  const given = new RegExp(`[?&]${name}=[^&#]*`).exec(link)
  if (!code || !name || (chat ? HAS_CODE.test(link) : given)) return
  const value = chat ? `%5B${code}%5D` : code
  anchor.href = given
    ? link.replace(given[0]!, text => text + (text.endsWith('=') ? '' : '%20') + value)
    : link.replace(/#|$/, end => (/^[^#]*\?/.test(link) ? '&' : '?') + name + '=' + value + end)
}

/** Fills what is on the page by now; what the site itself put into an input stays. */
export const fill = () => {
  const known = knowledge()
  doc.querySelectorAll<HTMLInputElement>('input[type=hidden]').forEach(input => {
    // Form builders write form_fields[gclid].
    const value = known[(/^(?:.*\[)?(\w+)]?$/.exec(input.name) || [])[1]!]
    if (typeof value == 'string' && (!input.value || filled.get(input) == input.value)) {
      input.value = value
      filled.set(input, value)
    }
  })
  doc
    .querySelectorAll<HTMLAnchorElement>(`a[href*="wa.me/"],a[href*=whatsapp],a[href*="/wa/"]`)
    .forEach(anchor => markLink(anchor))
}
