/** What the person agreed to, as Consent Mode, TCF, GPC or the page say it. */
import { nav, page, quietly, type TcData } from './browser'

const KEYS = ['ad_storage', 'analytics_storage', 'ad_user_data', 'ad_personalization']

type Answers = Record<string, unknown>

const general: Answers = {}
const regional: Answers = {}
const said: Answers = {}
let tc: TcData = {}

/** A `default` or `update` of Consent Mode. */
export const note = (mode: unknown, answers: Answers) =>
  KEYS.forEach(key => {
    if (/^(granted|denied)$/.test(answers[key] as string)) {
      ;(mode == 'update' ? said : answers.region ? regional : general)[key] = answers[key]
    }
  })

/**
 * The keys that have an answer. Which region we are in nobody tells us: where a regional default differs from the
 * general one, the key is left out and the server decides. Consent that came through a tag manager's own interface is
 * only in Google's undocumented registry (1 granted, 2 denied).
 */
export const consent = () => {
  const known: Answers = {}
  KEYS.forEach(key => {
    const answer =
      said[key] ||
      ((!regional[key] || regional[key] == general[key]) && general[key]) ||
      quietly(() => [, 'granted', 'denied'][page.google_tag_data!.ics!.getConsentState!(key)])
    if (answer) known[key] = answer
  })
  return known
}

/** The consent part of a hit. */
export const consentFields = () => ({
  consent: consent(),
  // While the banner is open the string is that of nobody's choice.
  tcString: tc.eventStatus == 'cmpuishown' ? undefined : tc.tcString,
  gdpr: tc.gdprApplies,
  gpc: nav.globalPrivacyControl || undefined,
})

/** Listens to a consent manager that speaks TCF, once there is one. */
export const listenToTcf = (changed: () => void) => {
  const api = page.__tcfapi
  if (api && !api.kmb) {
    api.kmb = 1
    api('addEventListener', 2, (data, ok) => {
      if (ok) {
        tc = data
        changed()
      }
    })
  }
}
