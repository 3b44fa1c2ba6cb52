import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resetEmbeddedPostgres } from './postgres.ts'

/** Mercato as its own process, as a person starts it. */
export interface MercatoProcess extends AsyncDisposable {
  readonly url: string
  readonly adminUrl: string
  /** What it has printed so far. */
  output(): string
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>
  /** Asks it to stop and waits; resolves with its exit code. */
  stop(): Promise<number | null>
}

/** A port nobody uses at this moment. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

/** Starts the embedded process on free ports; `ready` resolves when it serves, `exited` with code and output when it ends. */
export const launchMercato = async (dataDir: string, env: Readonly<Record<string, string>> = {}) => {
  const [edgePort, adminPort] = [await freePort(), await freePort()]
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      EDGE_PORT: String(edgePort),
      EDGE_ADMIN_PORT: String(adminPort),
      MERCATO_DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', chunk => {
      output += chunk
    })
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => ({ code: code ?? null, output }))
  const url = `http://localhost:${env['EDGE_PORT'] ?? edgePort}`
  const up = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
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
    output: () => output,
    async kill() {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
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
