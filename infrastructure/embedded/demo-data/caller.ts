import { setTimeout as delay } from 'node:timers/promises'

export interface SeedOptions {
  /** The gateway: demo data is made as any client would make it. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly say: (sentence: string) => void
}

// biome-ignore lint/suspicious/noExplicitAny: the shapes are those of the documents that ask for them
export type Data = Record<string, any>

/** Somebody who makes demo data. */
export interface Seeder {
  /** What a query answers. @throws Error when it has errors */
  ask(query: string, variables?: object): Promise<Data>
  /**
   * The payload of a mutation, with the parts asked for. A step that was made before, by a start that was interrupted, is not made
   * again: its first answer comes. Its input has to be the same. @throws Error when it is refused
   */
  tell(step: string, mutation: string, input: object, parts?: string): Promise<Data>
}

interface Answer {
  readonly data?: Data
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly retryable?: boolean } }[]
}

const PATIENCE_MS = 30_000
const failed = (why: unknown): Error => new Error(`the demo data could not be made: ${why}`)

/** Calls the graph as somebody, or as nobody. */
export const createSeeder = ({ fetch }: SeedOptions, token?: string): Seeder => {
  const send = async (key: string, query: string, variables: object): Promise<Data> => {
    const headers = {
      'content-type': 'application/json',
      'x-consumer-username': 'seed',
      'idempotency-key': `demo/${key}`,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
    const body = JSON.stringify({ query, variables })
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      const response = await fetch(new Request('http://gateway/graphql', { method: 'POST', headers, body }))
      const { data, errors } = (await response.json()) as Answer
      const [error] = errors ?? []
      if (!error && data) return data
      // A step that was under way when its start ended is held for it a while.
      if (!error?.extensions?.retryable || performance.now() > end) throw failed(error?.message ?? response.status)
      await delay(25)
    }
  }
  return {
    ask: (query, variables = {}) => send('look', query, variables),
    async tell(step, mutation, input, parts = '') {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`
      const fields = `${parts} userErrors { code message }`
      const document = `mutation Seed($input: ${type}) { ${mutation}(input: $input) { ${fields} } }`
      const data = await send(step, document, { input })
      const [refusal] = data[mutation].userErrors
      if (refusal) throw failed(`${mutation}: ${refusal.code} ${refusal.message}`)
      return data[mutation]
    },
  }
}

/** Waits until a look at the shop shows something. @throws Error naming `what` when it does not in time */
export const until = async (what: string, look: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + PATIENCE_MS
  while (!(await look())) {
    if (performance.now() > end) throw failed(`${what} does not come`)
    await delay(25)
  }
}

/** Signs in with a password. */
export const signedIn = async (options: SeedOptions, email: string, password: string): Promise<Seeder> => {
  const { session } = await createSeeder(options).tell(
    'sign-in',
    'signIn',
    { email, password },
    'session { accessToken }',
  )
  return createSeeder(options, session.accessToken)
}
