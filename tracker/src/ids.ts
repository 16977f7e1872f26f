let last = 0

/** A UUIDv7: its first 48 bits are the time in ms, one more than the last id's at least, so ids sort as they were made. */
export const newId = () => {
  last = Math.max(Date.now(), last + 1)
  // 11 digits until the year 2527.
  return `0${last.toString(16)}-7xxx-axxx-xxxxxxxxxxxx`
    .replace(/.{8}/, '$&-')
    .replace(/x/g, () => (crypto.getRandomValues(new Uint8Array(1))[0]! & 15).toString(16))
}
