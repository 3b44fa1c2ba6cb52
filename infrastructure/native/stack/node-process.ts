import { setTimeout as delay } from 'node:timers/promises'
import { lastLines, type ServiceProcess, startServiceProcess } from '../process/service-process.ts'

/** A process of Mercato that can be killed, stopped and started again. Dispose stops it. */
export interface NodeProcess extends AsyncDisposable {
  /** `order-1`, `gateway-2`, `edge`. */
  readonly name: string
  readonly url: string
  readonly logFile: string
  pid(): number
  /** Resolves when it is ready, or rejects with the end of its log. */
  ready(): Promise<void>
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM; resolves when it has drained and ended. */
  stop(): Promise<void>
  /** Starts it again on its port, after {@link kill} or {@link stop} or instead of them; resolves when it is ready. */
  restart(): Promise<void>
}

export interface NodeProgram {
  readonly name: string
  /** The file that Node runs. */
  readonly main: string
  readonly env: Readonly<Record<string, string>>
  readonly url: string
  /** Answers 200 when the process is ready. */
  readonly readyUrl: string
  readonly logFile: string
}

const READY_WITHIN_MS = 90_000
const DRAIN_WITHIN_MS = 30_000

const isReady = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** Starts a process under this Node. It is not waited for. */
export const startNodeProcess = (program: NodeProgram): NodeProcess => {
  const { name, main, env, url, readyUrl, logFile } = program
  const start = (): ServiceProcess =>
    startServiceProcess({ name, command: process.execPath, args: [main], env, logFile, patienceMs: DRAIN_WITHIN_MS })
  let running = start()

  const ready = async (): Promise<void> => {
    const until = performance.now() + READY_WITHIN_MS
    while (!(await isReady(readyUrl))) {
      const ended = running.ended()
      if (ended !== undefined) throw new Error(`${name} ${ended} before it was ready:\n${lastLines(logFile)}`)
      if (performance.now() > until)
        throw new Error(`${name} was not ready after ${READY_WITHIN_MS} ms:\n${lastLines(logFile)}`)
      await delay(50)
    }
  }

  const stop = (): Promise<void> => running.end('SIGTERM')
  return {
    name,
    url,
    logFile,
    pid: () => running.pid,
    ready,
    kill: () => running.end('SIGKILL'),
    stop,
    async restart() {
      await stop()
      running = start()
      await ready()
    },
    [Symbol.asyncDispose]: stop,
  }
}
