// Runs in the browser, inside the page that graphiql.ts renders: no imports, no build.
// Globals: YogaGraphiQL and graphqlWs (inlined libraries), settings (inlined by the page).

/* global YogaGraphiQL, graphqlWs, settings */

const TOKEN = 'mercato:access-token'
const SEED = 'mercato:seed'

/**
 * GraphiQL keeps its tabs in the browser, and takes the first tab's variables and headers from there alone. On a first
 * visit, and when the page comes with other tabs than last time, they start as the page has them.
 */
function startWithOwnTabs() {
  if (localStorage.getItem(SEED) === settings.seed) return
  localStorage.removeItem('graphiql:tabState')
  localStorage.removeItem('graphiql:operationName')
  const [first] = settings.tabs
  for (const key of ['query', 'variables', 'headers']) localStorage.setItem(`graphiql:${key}`, first?.[key] ?? '')
  localStorage.setItem(SEED, settings.seed)
}

/** The headers of one run: what stands in the editor wins over the key of the page and the token of the last sign-in. */
function headersOf(written = {}) {
  const names = new Set(Object.keys(written).map(name => name.toLowerCase()))
  const token = sessionStorage.getItem(TOKEN)
  return {
    ...(settings.apiKey && !names.has('x-api-key') ? { 'X-API-Key': settings.apiKey } : {}),
    ...(token && !names.has('authorization') ? { Authorization: `Bearer ${token}` } : {}),
    ...written,
  }
}

/** Remembers the token of a payload that signs somebody in, so that the next tabs run as this person. */
function rememberToken(value) {
  if (typeof value !== 'object' || value === null) return
  if (typeof value.accessToken === 'string') {
    sessionStorage.setItem(TOKEN, value.accessToken)
    showSession()
  }
  for (const inner of Object.values(value)) rememberToken(inner)
}

/** What answers held, by field and name: `order.id`. */
const answered = new Map()

function rememberLeaves(value, field) {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string') answered.set(`${field}.${name}`, inner)
    else if (Array.isArray(value)) rememberLeaves(inner, field)
    else rememberLeaves(inner, name)
  }
}

/** Variables with what earlier tabs were answered: `{{order.id}}` is the id of the latest order. */
function recall(variables) {
  if (typeof variables === 'string') {
    const wanted = /^\{\{(\w+\.\w+)\}\}$/.exec(variables)?.[1]
    if (wanted === undefined) return variables
    if (answered.has(wanted)) return answered.get(wanted)
    throw new Error(`No answer held ${wanted} so far: run the tabs to the left first.`)
  }
  if (typeof variables !== 'object' || variables === null) return variables
  if (Array.isArray(variables)) return variables.map(recall)
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, recall(value)]))
}

function showSession() {
  const note = document.querySelector('#session')
  note.hidden = sessionStorage.getItem(TOKEN) === null
}

async function ask(parameters, headers) {
  const response = await fetch(settings.endpoint, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(parameters),
  })
  const text = await response.text()
  let result
  try {
    result = JSON.parse(text)
  } catch {
    return {
      errors: [{ message: `${response.status} ${response.statusText}`, extensions: { body: text.slice(0, 2000) } }],
    }
  }
  rememberToken(result.data)
  rememberLeaves(result.data)
  return result
}

/** One socket per subscription. A browser cannot set headers on it: the key goes into the address, the rest into the first message. */
async function* subscribe(parameters, headers) {
  const url = new URL(settings.endpoint, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const connection = {}
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'x-api-key') url.searchParams.set('X-API-Key', value)
    else connection[name] = value
  }
  const client = graphqlWs.createClient({ url: url.toString(), connectionParams: connection, retryAttempts: 0 })
  try {
    yield* client.iterate(parameters)
  } catch (problem) {
    if (Array.isArray(problem)) yield { errors: problem }
    else if (problem instanceof CloseEvent)
      throw new Error(`The WebSocket was closed: ${problem.code} ${problem.reason}`)
    else if (problem instanceof Event) throw new Error('The WebSocket could not be opened; the network panel says why.')
    else throw problem
  } finally {
    await client.dispose()
  }
}

/** Kind and name of each operation of a document: the words that stand outside all braces, comments and strings. */
function operationsOf(query) {
  const bare = query.replace(/"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, ' ')
  const operations = []
  let depth = 0
  for (const [token, kind, name] of bare.matchAll(/[{}()]|\b(query|mutation|subscription|fragment)\b\s*(\w+)?/g)) {
    if (token === '{' || token === '(') depth += 1
    else if (token === '}' || token === ')') depth -= 1
    else if (depth === 0 && kind !== 'fragment') operations.push({ kind, name })
  }
  return operations
}

/** GraphiQL tells which operation to run, but for a moment after a change of tabs it still tells the last tab's. */
function fetcher({ query, variables, operationName }, { headers } = {}) {
  const operations = operationsOf(query)
  const chosen = operations.find(({ name }) => name === operationName) ?? operations[0]
  const parameters = { query, variables: recall(variables), ...(chosen?.name ? { operationName: chosen.name } : {}) }
  return chosen?.kind === 'subscription'
    ? subscribe(parameters, headersOf(headers))
    : ask(parameters, headersOf(headers))
}

startWithOwnTabs()
showSession()
document.querySelector('#session button').addEventListener('click', () => {
  sessionStorage.removeItem(TOKEN)
  showSession()
})
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  title: settings.title,
  fetcher,
  headers: settings.defaultHeaders,
  defaultTabs: settings.tabs,
  shouldPersistHeaders: true,
  defaultEditorToolsVisibility: true,
  // Yoga's default writes every query, passwords included, into the address bar.
  onEditQuery: () => {},
})
