import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@mercato/adapters/http-server/free-port'
import { resetEmbeddedPostgres } from './postgres.ts'

/** Mercato as its own process, as a person starts it. */
export interface MercatoProcess extends AsyncDisposable {
  readonly url: string
  readonly adminUrl: string
  readonly pid: number
  /** What it has printed so far. */
  output(): string
  /** Closes our end of its output, as a reader does that leaves first. */
  stopReading(): void
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>
  /** Asks it to stop (SIGTERM when not said otherwise) and waits; resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface LaunchOptions {
  readonly env?: Readonly<Record<string, string>>
  /** What is run; the program itself by its file when not given. */
  readonly command?: readonly [string, ...string[]]
}

/** Starts the embedded process on free ports; `ready` resolves when it serves, `exited` with code and output when it ends. */
export const launchMercato = async (dataDir: string, { env = {}, command }: LaunchOptions = {}) => {
  const [edgePort, adminPort] = [await freePort(), await freePort()]
  const [program, ...args] = command ?? [process.execPath, MAIN]
  const child = spawn(program, args, {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: '',
      EDGE_PORT: String(edgePort),
      EDGE_ADMIN_PORT: String(adminPort),
      MERCATO_DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output += chunk
    })
  // Not "exit": what it said last may still be on its way.
  const exited = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, output }))
  const url = `http://localhost:${env['EDGE_PORT'] ?? edgePort}`
  const up = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (output.includes('Mercato is up')) resolve()
    })
    void exited.then(({ code }) => reject(new Error(`Mercato ended with ${code}:\n${output}`)))
  })
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    return (await exited).code
  }
  const mercato: MercatoProcess = {
    url,
    adminUrl: `http://localhost:${env['EDGE_ADMIN_PORT'] ?? adminPort}`,
    pid: child.pid ?? Number.NaN,
    output: () => output,
    stopReading() {
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
    },
    async kill() {
      await end('SIGKILL')
    },
    stop: (signal = 'SIGTERM') => end(signal),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM')
    },
  }
  const ready = up.then(() => mercato)
  ready.catch(() => undefined)
  return { mercato, exited, ready }
}

/** A data folder of its own; disposing deletes it with everything that belongs to it. */
export const temporaryData = (): { readonly path: string } & AsyncDisposable => {
  const folder = mkdtempSync(join(tmpdir(), 'mercato-e2e-'))
  const path = join(folder, 'data')
  return {
    path,
    async [Symbol.asyncDispose]() {
      await resetEmbeddedPostgres({ dataDir: path, log: () => undefined })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const API_KEY = 'frontend-api-key-12345'

/** A GraphQL call through the edge, as a front end makes it. */
export const callGraphQL = async (
  url: string,
  query: string,
  variables: unknown = {},
  options: { readonly token?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<{
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, field by field
  data?: any
  errors?: { message: string; extensions: Record<string, unknown> }[]
  headers: Headers
  status: number
}> => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-api-key': API_KEY,
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...options.headers,
    },
    body: JSON.stringify({ query, variables }),
  })
  return { ...((await response.json()) as object), headers: response.headers, status: response.status }
}

/** Signs a demo user in; gives the access token. */
export const signIn = async (url: string, who: 'customer' | 'support' | 'merchandiser' | 'admin'): Promise<string> => {
  const { data } = await callGraphQL(
    url,
    'mutation SignIn($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code } } }',
    { input: { email: `${who}@mercato.local`, password: 'correct horse battery staple' } },
  )
  return data.signIn.session.accessToken
}
