import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { accepts, ownsPort } from './port.ts'

/** A server that runs as a child of this process and does not outlive it. */
export interface ServiceProcess {
  readonly pid: number
  /** Sends the signal and waits until the process is gone; `SIGKILL` follows when it does not end in time. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<void>
  /** How it ended; `undefined` while it runs. */
  ended(): string | undefined
  /** Resolves when this process, and no other, accepts connections to the port. */
  listening(port: number, withinMs: number): Promise<void>
}

export interface ServiceCommand {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Besides our own; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The user to run as, when not ours. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined
  /** How long it may take to end in order before it is killed, in milliseconds; 10 s when absent. */
  readonly patienceMs?: number
  /** Everything the server prints is added here. */
  readonly logFile: string
}

/** The end of a log, for those who want to know what happened. */
export const lastLines = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n')

/**
 * Kills the server when this process ends, however it ends: our end of its standard input then closes.
 * It has a process group of its own, as the server has, so that Ctrl-C reaches only us and we drain first.
 */
const guard = (pid: number): { readonly dismiss: () => void } => {
  const guardian = spawn('sh', ['-c', `read -r _; kill -9 ${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guardian.unref()
  // Written to by nobody: an error can only mean that the guardian is gone.
  guardian.stdin.on('error', () => undefined)
  return { dismiss: () => void guardian.kill('SIGKILL') }
}

/** Starts a server. It is running, not necessarily ready: see {@link ServiceProcess.listening}. */
export const startServiceProcess = (service: ServiceCommand): ServiceProcess => {
  const { name, command, args, env, logFile, account, patienceMs = 10_000 } = service
  const log = openSync(logFile, 'a')
  const child = spawn(command, args, {
    stdio: ['ignore', log, log],
    detached: true,
    env: { ...process.env, ...env },
    ...(account ? { ...account, cwd: '/' } : {}),
  })
  closeSync(log)
  let ended: string | undefined
  const exited = new Promise<void>(resolve => {
    child.once('error', error => {
      ended = error.message
      resolve()
    })
    child.once('exit', (code, signal) => {
      ended = `exited with ${code ?? signal}`
      resolve()
    })
  })
  if (child.pid !== undefined) {
    const { dismiss } = guard(child.pid)
    void exited.then(dismiss)
  }

  return {
    get pid() {
      if (child.pid === undefined) throw new Error(`${name} could not be started: ${ended ?? command}`)
      return child.pid
    },

    ended: () => ended,

    async end(signal) {
      if (ended !== undefined) return
      child.kill(signal)
      const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await exited
      clearTimeout(patience)
    },

    async listening(port, withinMs) {
      const until = performance.now() + withinMs
      for (;;) {
        if (ended !== undefined) throw new Error(`${name} ${ended} before it was ready:\n${lastLines(logFile)}`)
        if ((await accepts(port)) && child.pid !== undefined) {
          if (ownsPort(child.pid, port)) return
          throw new Error(`${name} cannot have port ${port}: another process listens there`)
        }
        if (performance.now() > until)
          throw new Error(`${name} was not ready after ${withinMs} ms:\n${lastLines(logFile)}`)
        await Promise.race([delay(25), exited])
      }
    },
  }
}
