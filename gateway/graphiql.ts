import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import {
  css,
  editorWorkerService,
  favicon,
  graphqlWorker,
  js,
  jsonWorker,
} from '@graphql-yoga/render-graphiql/graphiql'

export interface GraphiqlTab {
  /** What a person reads above the operation. GraphiQL titles the tab with the operation's own name. */
  readonly name: string
  readonly query: string
  /** JSON, or what becomes JSON. A text `{{order.id}}` is filled in with the `id` of the latest `order` that was answered. */
  readonly variables?: string | Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** Operations that can be opened in a tab, under a heading. */
export interface GraphiqlShelf {
  readonly label: string
  readonly operations: readonly {
    /** The operation's own name; unique. */
    readonly title: string
    readonly query: string
    readonly variables?: Readonly<Record<string, unknown>>
  }[]
}

export interface GraphiqlOptions {
  /** Path or URL of the GraphQL endpoint as the browser reaches it, such as `/graphql`. */
  readonly endpoint: string
  /** Filled into the headers of every tab and sent with every request; in the address of a WebSocket. */
  readonly apiKey?: string
  readonly tabs: readonly GraphiqlTab[]
  /** What else can be chosen, from a list in the corner; no list when absent. */
  readonly shelves?: readonly GraphiqlShelf[]
}

/**
 * The GraphiQL page: whole in itself (no other host is asked for anything) and the same text for the same options, so
 * that it can be cached by its hash. Queries and mutations go out as POST, and what `@defer` puts off is shown as it comes;
 * subscriptions run over graphql-transport-ws with the key as the parameter `X-API-Key` and the other headers as connection
 * parameters. An `accessToken` in an answer is remembered for the browser's tab and sent as `Authorization` from then on. A
 * text `{{order.id}}` in variables stands for the `id` of the latest `order` in an answer.
 */
export function renderGraphiqlPage({ endpoint, apiKey, tabs, shelves = [] }: GraphiqlOptions): string {
  const defaultHeaders = pretty(apiKey === undefined ? {} : { 'X-API-Key': apiKey })
  const content = {
    title: 'Mercato',
    endpoint,
    ...(apiKey !== undefined && { apiKey }),
    defaultHeaders,
    tabs: tabs.map(({ name, query, variables, headers }) => ({
      query: titled(name, query),
      ...(variables !== undefined && { variables: typeof variables === 'string' ? variables : pretty(variables) }),
      headers: headers === undefined ? defaultHeaders : pretty({ ...(apiKey && { 'X-API-Key': apiKey }), ...headers }),
    })),
  }
  const seed = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
  const operations = shelves.map(shelf => ({
    ...shelf,
    operations: shelf.operations.map(({ title, query, variables }) => ({
      title,
      query: `${query.trim()}\n`,
      variables: variables === undefined ? '' : pretty(variables),
    })),
  }))
  return page({ ...content, operations, seed })
}

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2)

const titled = (name: string, query: string): string => `# ${name.replaceAll(/\s+/g, ' ')}\n${query.trim()}\n`

/** JSON that cannot end the script element it stands in. */
const inline = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c')

const asset = (path: string): string => readFileSync(path, 'utf8')
const browser = asset(fileURLToPath(new URL('./graphiql-browser.js', import.meta.url)))
const meros = `const { meros } = (exports => {${asset(createRequire(import.meta.url).resolve('meros/browser'))};return exports})({})`
const graphqlWs = asset(fileURLToPath(new URL('../umd/graphql-ws.min.js', import.meta.resolve('graphql-ws'))))

const page = (settings: Readonly<Record<string, unknown>> & { readonly title: string }): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${settings.title} · GraphiQL</title>
<link rel="icon" href="${favicon}">
<style>${css}</style>
<style>
html, body, #root { height: 100%; margin: 0; overflow: hidden }
/* GraphiQL's tabs keep an offset from their first layout, and jump away by it under the mouse that presses them. */
.graphiql-tab { transform: none !important }
#session { position: fixed; right: 12px; bottom: 10px; z-index: 10; padding: 6px 10px; border-radius: 6px;
  background: #1b2240; color: #fff; font: 13px system-ui, sans-serif }
#session[hidden], #operations[hidden] { display: none }
#operations { position: fixed; left: 56px; bottom: 10px; z-index: 10; padding: 4px 6px; border-radius: 6px;
  font: 13px system-ui, sans-serif; max-width: 240px }
#session button { margin-left: 8px; border: 0; border-radius: 4px; padding: 2px 8px; font: inherit; cursor: pointer }
</style>
</head>
<body class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<select id="operations" aria-label="All operations" hidden><option value="" selected disabled>All operations …</option></select>
<div id="session" hidden>Signed in: the token of your last sign-in is sent along.<button type="button">Forget it</button></div>
<script>
const worker = source => URL.createObjectURL(new Blob([source], { type: 'application/javascript' }))
const workers = { editorWorkerService: worker(${inline(editorWorkerService)}), json: worker(${inline(jsonWorker)}), graphql: worker(${inline(graphqlWorker)}) }
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_, label) => workers[label] }
</script>
<script>${js}</script>
<script>${graphqlWs}</script>
<script>${meros}</script>
<script>const settings = ${inline(settings)}</script>
<script>${browser}</script>
</body>
</html>
`
