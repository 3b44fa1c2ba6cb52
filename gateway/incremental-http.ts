/** How an answer in parts goes over HTTP. */
export type PartsFormat = 'multipart' | 'events'

/** Incremental delivery as Apollo's clients and routers speak it. */
export const MULTIPART = 'multipart/mixed; boundary="graphql"; deferSpec=20220824'
const BOUNDARY = '--graphql'

/** Parameters that make a media type another protocol, unless they have these values. */
const understood = (parameter: string): boolean => {
  const [name = '', value = ''] = parameter.split('=').map(text => text.trim().replaceAll('"', ''))
  if (name === 'q') return Number(value) > 0
  return name === 'boundary' || name === 'charset' || (name === 'deferspec' && value === '20220824')
}

/** The first that a client accepts by name: `multipart/mixed`, with `deferSpec=20220824` or none, or server-sent events. */
export const formatOfParts = (accept: string | null | undefined): PartsFormat | undefined => {
  if (!accept || !/multipart|event-stream/i.test(accept)) return undefined
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';')
    if (!parameters.every(understood)) continue
    if (type.trim() === 'multipart/mixed') return 'multipart'
    if (type.trim() === 'text/event-stream') return 'events'
  }
  return undefined
}

/** A payload as a part of the body. Its closing boundary comes with it, so that nobody waits for the next to read this one. */
export const partOfBody = (json: string, isFirst: boolean): string =>
  `${isFirst ? `\r\n${BOUNDARY}` : ''}\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${json}\r\n${BOUNDARY}`

export const END_OF_BODY = '--\r\n'
