/** Directives of a Cache-Control header by lower-case name; a number where the value is one, `true` without a value. */
export function cacheDirectives(header: string | undefined): Readonly<Record<string, string | number | true>> {
  const directives: [string, string | number | true][] = (header ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => {
      const [name = '', value] = part.split('=', 2)
      if (value === undefined) return [name.toLowerCase(), true]
      const number = Number(value)
      return [name.toLowerCase(), value !== '' && Number.isFinite(number) ? number : value]
    })
  return Object.assign(Object.create(null), Object.fromEntries(directives))
}

/** Seconds for which a response says that it is fresh; 0 when it does not. */
export function freshSeconds(cacheControl: string | undefined, expires: string | undefined, now: number): number {
  const directives = cacheDirectives(cacheControl)
  const age = directives['s-maxage'] ?? directives['max-age']
  if (typeof age === 'number') return Math.max(0, age)
  const until = expires === undefined ? Number.NaN : Date.parse(expires)
  return Number.isNaN(until) ? 0 : Math.max(0, Math.floor((until - now) / 1000))
}

/** Whether a content type is one of the expected: `*` matches a part, and parameters must be the same. */
export function contentTypeMatches(actual: string, expected: readonly string[]): boolean {
  const [type, parameters] = parse(actual)
  return expected.some(candidate => {
    const [wanted, wantedParameters] = parse(candidate)
    return partsMatch(type, wanted) && parameters === wantedParameters
  })
}

function parse(contentType: string): [string, string] {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map(part => part.trim())
  return [
    type,
    parameters
      .filter(part => part !== '')
      .sort()
      .join(';'),
  ]
}

function partsMatch(type: string, wanted: string): boolean {
  const [main, sub] = type.split('/')
  const [wantedMain, wantedSub] = wanted.split('/')
  return (wantedMain === '*' || wantedMain === main) && (wantedSub === '*' || wantedSub === sub)
}
