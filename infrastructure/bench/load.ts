import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Load {
  readonly requests: number
  readonly seconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly failed: number
}

export interface LoadOptions {
  readonly url: string
  /** The file whose text is posted. */
  readonly body: string
  readonly connections: number
  readonly seconds: number
  /** Where autocannon is, if there is no wrk. */
  readonly peers: string
}

const output = (command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk
    })
    child.once('error', reject)
    child.once('close', code => (code === 0 ? resolve(text) : reject(new Error(`${command} ended with ${code}`))))
  })

const WRK = ['/usr/bin/wrk', '/usr/local/bin/wrk', '/opt/homebrew/bin/wrk'].find(existsSync)

/** What puts the load on. */
export const client = WRK ? 'wrk, one thread' : 'autocannon'

/** Puts `connections` clients on a gateway, each asking again as soon as it was answered. */
export const putLoad = async (options: LoadOptions): Promise<Load> => {
  const { url, body, connections, seconds, peers } = options
  if (WRK) {
    const script = fileURLToPath(new URL('./post.lua', import.meta.url))
    const text = await output(WRK, ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, url], { BODY: body })
    return JSON.parse(/RESULT (.*)/.exec(text)?.[1] ?? 'null') as Load
  }
  const cannon = `${peers}/node_modules/autocannon/autocannon.js`
  const headers = ['-H', 'content-type=application/json', '-H', 'accept=application/json']
  const args = [cannon, '-j', '-c', `${connections}`, '-d', `${seconds}`, '-m', 'POST', ...headers, '-i', body, url]
  const { requests, latency, duration, errors, non2xx } = JSON.parse(await output(process.execPath, args, {}))
  return { requests: requests.total, seconds: duration, p50: latency.p50, p99: latency.p99, failed: errors + non2xx }
}
