import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { accepts, ownsPort } from './port.ts'

/** A server that runs as a child of this process and does not outlive it. */
export interface ServiceProcess {
  readonly pid: number
  /** Sends the signal and waits until the process is gone; `SIGKILL` follows when it is still there after 10 s. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Resolves when this process, and no other, accepts connections to the port. */
  listening(port: number, withinMs: number): Promise<void>
}

export interface ServiceCommand {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Everything the server prints is added here. */
  readonly logFile: string
}

const lastLines = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n')

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
export const startServiceProcess = ({ name, command, args, env, logFile }: ServiceCommand): ServiceProcess => {
  const log = openSync(logFile, 'a')
  const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true, env: { ...process.env, ...env } })
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

    async end(signal) {
      if (ended !== undefined) return
      child.kill(signal)
      const patience = setTimeout(() => child.kill('SIGKILL'), 10_000)
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
