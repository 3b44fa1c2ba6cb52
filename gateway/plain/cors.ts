import type { IncomingMessage, ServerResponse } from 'node:http'

/** Says which pages of other origins may read the answer. True when the request was only a question about that, and is answered. */
export type Cors = (message: IncomingMessage, response: ServerResponse) => boolean

const ASK_AGAIN_SECONDS = '600'

/** `*` lets every page ask, without credentials; an origin lets its pages ask, cookies included. Nobody is let in by an empty list. */
export const createCors = (origins: readonly string[]): Cors => {
  const anybody = origins.includes('*')
  const allowed = new Set(origins)
  return ({ method, headers }, response) => {
    const { origin } = headers
    if (!anybody && allowed.size > 0) response.setHeader('vary', 'origin')
    if (origin === undefined || !(anybody || allowed.has(origin))) return false
    response.setHeader('access-control-allow-origin', anybody ? '*' : origin)
    if (!anybody) response.setHeader('access-control-allow-credentials', 'true')
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false
    response.setHeader('access-control-allow-methods', 'GET, POST')
    const asked = headers['access-control-request-headers']
    if (asked !== undefined) response.setHeader('access-control-allow-headers', asked)
    response.setHeader('access-control-max-age', ASK_AGAIN_SECONDS)
    response.writeHead(204).end()
    return true
  }
}
