import { MASK } from './sensitive-keys.ts'

const MAX_TEXT = 16_384

/** Names after which a bare word is a secret: narrower than the names of fields, since prose has colons, too. */
const NAME = '[\\w.-]{0,40}(?:password|passwd|secret|token|api[-_]?key|authorization|e-?mail)'

/**
 * Text that gives a secret or a person away wherever it stands, and what to put there. Order matters: broad ones last.
 * Repetitions are bounded, so that no text makes a pattern slow.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, MASK],
  // drizzle quotes the parameters of a failed query.
  [/(\bparams: )[\s\S]*/g, `$1${MASK}`],
  // PostgreSQL quotes the values of a violated key.
  [/(\bKey \([^)]{0,200}\)=)\([^)]*\)/g, `$1(${MASK})`],
  [/((?:set-)?cookie\s{0,5}[=:]\s{0,5})(?!["'[\\])[^\r\n"]+/gi, `$1${MASK}`],
  [/\b(bearer|basic)\s{1,5}[\w.~+/=-]{6,}/gi, `$1 ${MASK}`],
  [/\beyJ[\w-]{5,2000}\.[\w-]+(?:\.[\w-]*)?/g, MASK],
  [/\$argon2(?:id|i|d)\$[^\s"']+/g, MASK],
  // Credentials in a URL.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{0,200}:[^\s/@]{0,500}@/gi, `$1${MASK}@`],
  [
    new RegExp(String.raw`(\b${NAME}\s{0,5}[=:]\s{0,5})(?!\[masked\]|(?:bearer|basic)\s)[^\s&;,"'\\}]+`, 'gi'),
    `$1${MASK}`,
  ],
  [/[^\s@"(),:;<>[\]\\/=&?{}|]{1,64}(?:@|%40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,7}\.[a-z][a-z0-9-]{1,62}/gi, MASK],
  // API keys and tokens as shops hand them out.
  [/\b[\w-]{0,40}api-key-[\w-]+/gi, MASK],
  [/\b(?:sk|pk|rk|mk|rt|tok|key)_(?:[a-z]{1,20}_)?[A-Za-z0-9-]{12,}/g, MASK],
]

/** `"name": "value"` or a number, as JSON has it, also when JSON stands in JSON and its quotes are escaped. */
const JSON_FIELD = /(\\{0,15})"([\w.-]{1,60})\1"(\s{0,5}:\s{0,5})(?:(-?\d[\d.]*)|\1"([\s\S]*?)(?:(?<!\\)\1"|$))/g

/** `name: 'value'`, `name="value"`, as GraphQL, JavaScript and key-value lines have it. */
const QUOTED_FIELD = /([\w.-]{1,60})(\s{0,5}[:=]\s{0,5})(\\{0,15})(["'`])([\s\S]*?)(?:(?<!\\)\3\4|$)/g

/**
 * Masks fields that are spelled out in text when their names are sensitive, whatever looks like a secret or an e-mail address,
 * and cuts text that is too long for a log line.
 */
export const createTextMask = (isSensitive: (name: string) => boolean): ((text: string) => string) => {
  const maskFields = (text: string): string =>
    text.replace(JSON_FIELD, (_, slashes: string, name: string, colon: string, number?: string, value = '') => {
      const start = `${slashes}"${name}${slashes}"${colon}`
      if (number !== undefined) return `${start}${isSensitive(name) ? `${slashes}"${MASK}${slashes}"` : number}`
      return `${start}${slashes}"${isSensitive(name) ? MASK : maskFields(value)}${slashes}"`
    })
  const maskQuoted = (text: string): string =>
    text.replace(QUOTED_FIELD, (_, name: string, colon: string, slashes: string, quote: string, value: string) => {
      const end = `${slashes}${quote}`
      return `${name}${colon}${end}${isSensitive(name) ? MASK : maskQuoted(value)}${end}`
    })

  return text => {
    // More than is kept goes through the patterns, so that the cut leaves no half of an address behind.
    let masked = text.length > MAX_TEXT * 2 ? text.slice(0, MAX_TEXT * 2) : text
    masked = maskQuoted(maskFields(masked))
    for (const [pattern, replacement] of PATTERNS) masked = masked.replace(pattern, replacement)
    return masked.length > MAX_TEXT ? `${masked.slice(0, MAX_TEXT)}… [${text.length} characters]` : masked
  }
}
