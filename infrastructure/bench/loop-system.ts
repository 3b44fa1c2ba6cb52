import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { API_KEY, callGraphQL, launchMercato, signIn } from '@mercato/embedded/testing-process'
import WebSocket from 'ws'
import { openHeap } from './heap.ts'

/** CPU of one piece of work, in milliseconds. */
export interface Cost {
  readonly node: number
  readonly database: number
}

export interface SystemCost {
  readonly command: Cost
  readonly query: Cost
  /** Of one event at one subscriber. */
  readonly push: Cost
  readonly subscribers: number
  /** What each of them takes in the heap of the process, in KB. */
  readonly subscriberKb: number
  /** Memory of the process, at rest. */
  readonly idleMb: number
}

const MAIN = fileURLToPath(import.meta.resolve('@mercato/embedded/main'))
const CALLS = 400
const AT_ONCE = 8
const SUBSCRIBERS = 1_000
/** As many connections at a time: an API key may make 500 calls a second. */
const CONNECTING = 100
const EVENTS = 20
const TICK_MS = 10

interface Process {
  readonly pid: number
  readonly parent: number
  readonly cpuMs: number
  readonly rssMb: number
  readonly command: string
}

const processes = (): readonly Process[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'utf8')
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
        const command = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
        const at = (place: number): number => Number(fields[place])
        const cpuMs = (at(11) + at(12) + at(13) + at(14)) * TICK_MS
        return [{ pid: Number(name), parent: at(1), cpuMs, rssMb: (at(21) * 4_096) / 1_000_000, command }]
      } catch {
        return []
      }
    })

/** CPU spent so far by the process of Mercato and by its PostgreSQL, backends included. */
const usage = (pid: number): Cost & { readonly rssMb: number } => {
  const all = processes()
  const node = all.find(each => each.pid === pid)
  const postmaster = all.find(each => each.parent === pid && each.command === 'postgres')
  const database = all
    .filter(each => each.pid === postmaster?.pid || each.parent === postmaster?.pid)
    .reduce((sum, each) => sum + each.cpuMs, 0)
  return { node: node?.cpuMs ?? Number.NaN, database, rssMb: node?.rssMb ?? Number.NaN }
}

/** What each of so many calls cost, over all that follows from it. */
const costOf = async (pid: number, times: number, run: () => Promise<void>): Promise<Cost> => {
  const before = usage(pid)
  await run()
  const after = usage(pid)
  return { node: (after.node - before.node) / times, database: (after.database - before.database) / times }
}

const calls = async (count: number, call: (n: number) => Promise<unknown>): Promise<void> => {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await call(n)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

const RECEIVE =
  'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { stock { onHand } userErrors { code } } }'
const PRODUCT = 'query ($sku: String) { product(sku: $sku) { name price { amount } stock { available } } }'
const CHANGED = 'subscription ($skus: [String!]!) { stockChanged(skus: $skus) { cursor stock { sku available } } }'
const SKU = 'COF-YIRG-250'

/** Opens a subscription; `count` is called for every event. */
const subscribe = (url: string, count: () => void): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql?X-API-Key=${API_KEY}`, 'graphql-transport-ws')
    socket.on('error', reject)
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })))
    socket.on('message', raw => {
      const message = JSON.parse(String(raw)) as { readonly type: string }
      if (message.type === 'next') count()
      if (message.type !== 'connection_ack') return
      socket.send(
        JSON.stringify({ id: '1', type: 'subscribe', payload: { query: CHANGED, variables: { skus: [SKU] } } }),
      )
      resolve(socket)
    })
  })

/** Measures the embedded system, as a person starts it: edge, gateway, contexts and relay in one process, its PostgreSQL beside it. */
export const measureSystem = async (dataDir: string): Promise<SystemCost> => {
  const { mercato, ready } = await launchMercato(dataDir, { command: [process.execPath, '--inspect-port=0', MAIN] })
  await ready
  try {
    const { url } = mercato
    const pid = mercato.pid
    const token = await signIn(url, 'merchandiser')
    const receive = () => callGraphQL(url, RECEIVE, { input: { sku: SKU, quantity: 1 } }, { token })
    const ask = () => callGraphQL(url, PRODUCT, { sku: SKU })
    await calls(100, receive)
    await calls(100, ask)
    const command = await costOf(pid, CALLS, () => calls(CALLS, receive))
    const query = await costOf(pid, CALLS, () => calls(CALLS, ask))
    const idle = usage(pid).rssMb
    using heap = await openHeap(pid, mercato.output)
    const before = await heap.used()
    let events = 0
    const sockets: WebSocket[] = []
    while (sockets.length < SUBSCRIBERS) {
      const some = Array.from({ length: CONNECTING }, () => subscribe(url, () => events++))
      sockets.push(...(await Promise.all(some)))
      await new Promise(resolve => setTimeout(resolve, 500))
    }
    await receive()
    while (events < SUBSCRIBERS) await new Promise(resolve => setTimeout(resolve, 20))
    events = 0
    const all = await costOf(pid, SUBSCRIBERS * EVENTS, async () => {
      for (let n = 0; n < EVENTS; n++) await receive()
      while (events < SUBSCRIBERS * EVENTS) await new Promise(resolve => setTimeout(resolve, 20))
    })
    const subscriberKb = ((await heap.used()) - before) / 1_000 / SUBSCRIBERS
    for (const socket of sockets) socket.terminate()
    const share = (each: Cost): Cost => ({
      node: each.node - command.node / SUBSCRIBERS,
      database: each.database - command.database / SUBSCRIBERS,
    })
    return {
      command,
      query,
      push: share(all),
      subscribers: SUBSCRIBERS,
      subscriberKb,
      idleMb: idle,
    }
  } finally {
    await mercato[Symbol.asyncDispose]()
  }
}
