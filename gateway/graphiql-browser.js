// Runs in the browser, inside the page that graphiql.ts renders: no imports, no build.
// Globals: YogaGraphiQL, graphqlWs and meros (inlined libraries), settings (inlined by the page).

/* global YogaGraphiQL, graphqlWs, meros, settings */

const TOKEN = 'mercato:access-token'
const ANSWERS = 'mercato:answers'
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

const answered = () => JSON.parse(sessionStorage.getItem(ANSWERS) ?? '{}')

/**
 * Remembers of an answer what later tabs need: the token of a sign-in, so that they run as this person, and every plain
 * value by the names of its object and field, so that `{{order.id}}` in variables stands for the id of the latest order.
 * `within` is the name of the object that the data belong to, where they came apart from it.
 */
function remember(data, within = '') {
  const values = answered()
  const visit = (name, value) => {
    if (Array.isArray(value)) for (const item of value) visit(name, item)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    if (typeof value.accessToken === 'string') sessionStorage.setItem(TOKEN, value.accessToken)
    for (const [field, inner] of Object.entries(value)) {
      if (typeof inner === 'object') visit(field, inner)
      else values[`${name}.${field}`] = inner
    }
  }
  visit(within, data)
  sessionStorage.setItem(ANSWERS, JSON.stringify(values))
  showSession()
}

/** Variables with `{{order.id}}` and the like filled in from earlier answers; throws what is still to be asked for. */
function filledIn(variables) {
  const values = answered()
  const lookUp = reference => {
    if (Object.hasOwn(values, reference)) return values[reference]
    throw new Error(
      `No answer held ${reference} so far, which the variables refer to: run the tab that asks for it first.`,
    )
  }
  const fill = value => {
    if (typeof value === 'string') {
      const whole = /^\{\{([\w.]+)\}\}$/.exec(value)
      return whole ? lookUp(whole[1]) : value.replace(/\{\{([\w.]+)\}\}/g, (_, reference) => String(lookUp(reference)))
    }
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]))
  }
  return fill(variables)
}

/**
 * Offers every operation of the page: a choice opens it in a tab of its own. GraphiQL takes tabs from the browser's memory
 * alone, so the page is loaded anew; what stands in the other tabs is kept there.
 */
function offerOperations() {
  const choice = document.querySelector('#operations')
  for (const { label, operations } of settings.operations) {
    const group = choice.appendChild(Object.assign(document.createElement('optgroup'), { label }))
    for (const { title } of operations) group.append(new Option(title))
  }
  choice.hidden = settings.operations.length === 0
  choice.addEventListener('change', () => {
    const chosen = settings.operations.flatMap(each => each.operations).find(({ title }) => title === choice.value)
    const { tabs = [] } = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}')
    const { title, query, variables } = chosen
    const tab = { query, variables, headers: settings.defaultHeaders }
    tabs.push({ ...tab, id: crypto.randomUUID(), hash: null, title, operationName: title, response: null })
    // It opens the tab that holds what was edited last.
    for (const [key, value] of Object.entries(tab)) localStorage.setItem(`graphiql:${key}`, value)
    localStorage.setItem('graphiql:tabState', JSON.stringify({ tabs, activeTabIndex: tabs.length - 1 }))
    location.reload()
  })
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
      accept: 'application/graphql-response+json, application/json, multipart/mixed;deferSpec=20220824',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(parameters),
  })
  const parts = await meros(response)
  return parts === response ? inOnePiece(response) : inParts(parts)
}

async function inOnePiece(response) {
  const text = await response.text()
  let result
  try {
    result = JSON.parse(text)
  } catch {
    return {
      errors: [{ message: `${response.status} ${response.statusText}`, extensions: { body: text.slice(0, 2000) } }],
    }
  }
  remember(result.data)
  return result
}

/** What `@defer` puts off comes later; GraphiQL puts it where it belongs. */
async function* inParts(parts) {
  for await (const { body } of parts) {
    remember(body.data)
    for (const { data, path = [] } of body.incremental ?? [])
      remember(
        data,
        path.findLast(step => typeof step === 'string'),
      )
    yield body
  }
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
    for await (const event of client.iterate(parameters)) {
      remember(event.data)
      yield event
    }
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
  const parameters = { query, variables: filledIn(variables), ...(chosen?.name ? { operationName: chosen.name } : {}) }
  return chosen?.kind === 'subscription'
    ? subscribe(parameters, headersOf(headers))
    : ask(parameters, headersOf(headers))
}

startWithOwnTabs()
offerOperations()
showSession()
document.querySelector('#session button').addEventListener('click', () => {
  sessionStorage.removeItem(TOKEN)
  sessionStorage.removeItem(ANSWERS)
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
