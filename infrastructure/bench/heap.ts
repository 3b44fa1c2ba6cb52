import { once } from 'node:events'
import WebSocket from 'ws'

/** A process whose heap can be asked for. It was started with `--inspect-port=0`. */
export interface Heap extends Disposable {
  /** Bytes in use once its garbage is collected, buffers included; what the kernel keeps for sockets is not in it. */
  used(): Promise<number>
}

const ADDRESS = /Debugger listening on (ws:\S+)/

/** Opens the inspector of a running process (SIGUSR1); `output` is what it has printed so far. */
export const openHeap = async (pid: number, output: () => string): Promise<Heap> => {
  process.kill(pid, 'SIGUSR1')
  while (!ADDRESS.test(output())) await new Promise(resolve => setTimeout(resolve, 20))
  const socket = new WebSocket(ADDRESS.exec(output())?.[1] ?? '')
  await once(socket, 'open')
  let asked = 0
  const ask = async (method: string, params: object = {}): Promise<unknown> => {
    const id = ++asked
    const answer = new Promise<unknown>(resolve => {
      const hear = (raw: WebSocket.RawData): void => {
        const message = JSON.parse(String(raw)) as { readonly id?: number; readonly result?: unknown }
        if (message.id !== id) return
        socket.off('message', hear)
        resolve(message.result)
      }
      socket.on('message', hear)
    })
    socket.send(JSON.stringify({ id, method, params }))
    return answer
  }
  const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())'
  return {
    async used() {
      await ask('HeapProfiler.collectGarbage')
      const found = (await ask('Runtime.evaluate', { expression })) as { readonly result: { readonly value: number } }
      return found.result.value
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}
