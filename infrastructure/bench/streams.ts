import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import WebSocket from 'ws'
import { cpuOf } from './usage.ts'

export interface Streamed {
  readonly clients: number
  /** Events told in a second; each goes to every client. */
  readonly perSecond: number
  /** Milliseconds from the event to its arrival at a client. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of the gateway's CPU for one delivery. */
  readonly cpuUs: number
  /** Kilobytes of the gateway's resident memory for one client. */
  readonly kbPerClient: number
  readonly missed: number
}

interface State {
  readonly url: string
  readonly rss: number
  readonly followed: number
}

const SUBSCRIBE = JSON.stringify({
  id: '1',
  type: 'subscribe',
  payload: { query: 'subscription { ticked { cursor at product { id name price } } }' },
})
/** Deliveries that one second may have at most, so that sizes compare by what a delivery costs. */
const DELIVERIES = 10_000
const now = (): number => performance.timeOrigin + performance.now()

const launch = async () => {
  const child = fork(fileURLToPath(new URL('./peers/live-gateway.ts', import.meta.url)), { execArgv: ['--expose-gc'] })
  const heard = async (): Promise<State> => (await once(child, 'message'))[0]
  const { url } = await heard()
  return {
    url,
    pid: child.pid ?? 0,
    tick: (): void => void child.send('tick'),
    state: (): Promise<State> => {
      const answer = heard()
      child.send('state')
      return answer
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

const connect = async (url: string, onTick: (at: number) => void): Promise<WebSocket> => {
  const socket = new WebSocket(url, 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  socket.on('message', data => {
    const at = /"at":([\d.]+)/.exec(String(data))?.[1]
    if (at !== undefined) onTick(Number(at))
  })
  socket.send(SUBSCRIBE)
  return socket
}

const until = async (holds: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  for (const end = performance.now() + 60_000; !(await holds()); await sleep(20))
    if (performance.now() > end) throw new Error(`not within a minute: ${what}`)
}

const measure = async (clients: number, seconds: number): Promise<Streamed> => {
  await using gateway = await launch()
  const latencies: number[] = []
  const sockets: WebSocket[] = []
  const join = async (count: number): Promise<void> => {
    const onTick = (at: number): void => void latencies.push(now() - at)
    for (let left = count; left > 0; left -= 100)
      sockets.push(
        ...(await Promise.all(Array.from({ length: Math.min(100, left) }, () => connect(gateway.url, onTick)))),
      )
    await until(async () => (await gateway.state()).followed === sockets.length, `${sockets.length} clients follow`)
  }
  const tell = async (times: number, perSecond: number): Promise<void> => {
    const started = performance.now()
    for (let i = 1; i <= times; i++) {
      gateway.tick()
      await sleep(Math.max(0, started + (i / perSecond) * 1_000 - performance.now()))
    }
    await until(() => latencies.length >= times * sockets.length, 'every event has come to every client').catch(
      () => undefined,
    )
  }
  const perSecond = Math.max(1, Math.min(100, Math.floor(DELIVERIES / clients)))
  // One client warms up what all share; what follows is what each costs.
  await join(1)
  await tell(50, 100)
  const alone = await gateway.state()
  await join(clients - 1)
  latencies.length = 0
  await tell(5, 10)
  const together = await gateway.state()
  latencies.length = 0
  const cpu = cpuOf(gateway.pid)
  const times = Math.max(5, perSecond * seconds)
  await tell(times, perSecond)
  const spent = cpuOf(gateway.pid) - cpu
  for (const socket of sockets) socket.terminate()
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return {
    clients,
    perSecond,
    p50: at(0.5),
    p99: at(0.99),
    cpuUs: (spent * 1_000) / sorted.length,
    kbPerClient: clients > 1 ? (together.rss - alone.rss) / 1_000 / (clients - 1) : Number.NaN,
    missed: times * clients - sorted.length,
  }
}

/** Clients on WebSockets that all follow the same events, in a process apart from the gateway's. */
export const measureStreams = async (
  sizes: readonly number[],
  { seconds }: { readonly seconds: number },
): Promise<readonly Streamed[]> => {
  const results: Streamed[] = []
  for (const clients of sizes) {
    const measured = await measure(clients, seconds)
    results.push(measured)
    console.log(
      `${clients} clients: p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms, ${measured.cpuUs.toFixed(0)} µs a delivery, ${measured.missed} missed`,
    )
  }
  return results
}
