const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** Codes that Unicode names besides those of ISO 3166-1: reserved or private ones, under which nothing can be delivered. */
const NO_COUNTRIES: ReadonlySet<string> = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'XK',
  'ZZ',
])

/** Whether a text is a code of ISO 3166-1 alpha-2 that is assigned today: not `UK`, `SU` or `ZZ`. */
export const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  !NO_COUNTRIES.has(code) &&
  NAMES.of(code) !== undefined &&
  // A code that was withdrawn or is an alias becomes the one in its place.
  new Intl.Locale(`und-${code}`).region === code
