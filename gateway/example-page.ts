import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from './http.ts'

const PATH = '/examples/live'
const EXAMPLE = new URL('./client/example/', import.meta.url)
/** Where the parts of the page are, by the folder they are asked for under. */
const FOLDERS: Readonly<Record<string, URL>> = {
  '': EXAMPLE,
  client: new URL('./client/dist/', import.meta.url),
  'graphql-ws': new URL('./', import.meta.resolve('graphql-ws')),
}
const TYPES: Readonly<Record<string, string>> = { css: 'text/css', js: 'text/javascript' }

/** What stands behind the names of packages in the browser. */
const IMPORTS = JSON.stringify({
  imports: {
    '@mercato/client': `${PATH}/client/index.js`,
    '@mercato/client/operations': `${PATH}/client/generated/operations.js`,
    'graphql-ws/client': `${PATH}/graphql-ws/client.js`,
  },
})

const missing = (): Response => new Response('Nothing is here.', { status: 404 })

const file = (path: string): Response => {
  const [, folder = '', name = '', ending = ''] =
    /^(?:([\w-]+)\/)?((?:generated\/|transports\/)?[\w-]+\.(js|css))$/.exec(path) ?? []
  const base = FOLDERS[folder]
  const type = TYPES[ending]
  if (!base || !type) return missing()
  const at = fileURLToPath(new URL(name, base))
  if (!existsSync(at)) return missing()
  return new Response(readFileSync(at), {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' },
  })
}

const notBuilt = (): Response =>
  new Response('The client is not built here: npm run generate builds it.', { status: 503 })

const page = (apiKey: string): Response => {
  if (!existsSync(new URL('./client/dist/index.js', import.meta.url))) return notBuilt()
  const head = `<meta name="api-key" content="${encodeURI(apiKey)}">\n<script type="importmap">${IMPORTS}</script>\n`
  const html = readFileSync(new URL('live.html', EXAMPLE), 'utf8').replace(
    '<link rel="icon"',
    `${head}<link rel="icon"`,
  )
  const map = createHash('sha256').update(IMPORTS).digest('base64')
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': `default-src 'none'; img-src data:; style-src 'self'; script-src 'self' 'sha256-${map}'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
    },
  })
}

/**
 * An example of a front end on the client package, for development: stock and orders that stay live through restarts of the
 * gateway. `?over=sse` has it use server-sent events. `apiKey` is the key of a browser application: it is public by nature.
 */
export const examplePages = (apiKey: string): Readonly<Record<string, Page>> => ({
  [PATH]: () => page(apiKey),
  [`${PATH}/*`]: request => file(new URL(request.url).pathname.slice(PATH.length + 1)),
})
