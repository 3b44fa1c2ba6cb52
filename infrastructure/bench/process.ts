import { type ChildProcess, fork, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A gateway that runs, in a process group of its own. */
export interface Running extends AsyncDisposable {
  readonly group: number
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise(resolve => child.once('exit', () => resolve()))

export const start = (command: readonly string[], environment: Readonly<Record<string, string>>): Running => {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const group = child.pid
  if (group === undefined) throw new Error(`${program} cannot be started`)
  // Nothing is left behind, however this process ends.
  const kill = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-group, 'SIGKILL')
  }
  process.once('exit', kill)
  return {
    group,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-group, 'SIGTERM')
      const late = setTimeout(() => process.kill(-group, 'SIGKILL'), 5_000)
      await ended(child)
      clearTimeout(late)
      process.off('exit', kill)
    },
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    console.error(`stopped by ${signal}`)
    process.exit(1)
  })

/** Asks until a gateway answers; rejects after a minute. */
export const firstAnswer = async (url: string, body: string): Promise<{ readonly data?: unknown }> => {
  const until = performance.now() + 60_000
  for (;;) {
    try {
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) })
      if (response.ok) return (await response.json()) as { data?: unknown }
      throw new Error(`status ${response.status}: ${await response.text()}`)
    } catch (error) {
      if (performance.now() > until) throw error
      await sleep(200)
    }
  }
}

export interface Recorded {
  readonly subgraph: string
  readonly body: string
}

/** The subgraphs, in a process of their own. */
export interface Subgraphs extends AsyncDisposable {
  readonly pid: number
  readonly ports: Readonly<Record<string, number>>
  /** How many requests they have answered. */
  requests(): Promise<number>
  /** What they are asked while `work` runs. */
  record(work: () => Promise<unknown>): Promise<readonly Recorded[]>
}

interface Said {
  readonly ports?: Readonly<Record<string, number>>
  readonly requests: number
  readonly recorded?: readonly Recorded[]
}

export const startSubgraphs = async (): Promise<Subgraphs> => {
  const child = fork(fileURLToPath(new URL('./subgraphs.ts', import.meta.url)))
  const heard = (): Promise<Said> =>
    new Promise((resolve, reject) => {
      const gone = (code: number | null) => reject(new Error(`the subgraphs ended with ${code}`))
      child.once('exit', gone)
      child.once('message', message => {
        child.off('exit', gone)
        resolve(message as Said)
      })
    })
  const ask = (question: string): Promise<Said> => {
    const answer = heard()
    child.send(question)
    return answer
  }
  const { ports = {} } = await heard()
  return {
    pid: child.pid ?? 0,
    ports,
    requests: async () => (await ask('requests')).requests,
    async record(work) {
      await ask('record')
      await work()
      return (await ask('recorded')).recorded ?? []
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended(child)
    },
  }
}
