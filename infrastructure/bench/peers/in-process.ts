import { readFileSync } from 'node:fs'
import { createInProcessTransport } from '@mercato/adapters/subgraph-transport/in-process'
import { createGateway } from '@mercato/gateway/composition'
import { noRevocations } from '@mercato/gateway/revocations'
import { SUBGRAPHS } from '../graph.ts'
import { createMemo } from '../memo.ts'
import { nobody } from '../quiet.ts'

/** The whole gateway as a function, one request after the other; prints its figures as JSON. */
const [, , supergraph = '', body = '', seconds = '5'] = process.argv
const headers = { 'content-type': 'application/json' }
const transports = Object.fromEntries(
  Object.keys(SUBGRAPHS).map(name => {
    const answerTo = createMemo(name)
    const fetch = async (request: Request) =>
      new Response((await answerTo(await request.text())) as BodyInit, { headers })
    return [name, createInProcessTransport({ name, fetch })]
  }),
)
const gateway = createGateway({
  ...nobody,
  supergraph: readFileSync(supergraph, 'utf8'),
  transports,
  revocations: noRevocations,
})
const ask = async (): Promise<void> => {
  const request = new Request('http://gateway/graphql', { method: 'POST', headers, body })
  const text = await (await gateway.fetch(request)).text()
  if (!text.startsWith('{"data":{"users":[{')) throw new Error(`unexpected: ${text.slice(0, 200)}`)
}
const during = async (milliseconds: number): Promise<number[]> => {
  const times: number[] = []
  for (const until = performance.now() + milliseconds; performance.now() < until; ) {
    const started = performance.now()
    await ask()
    times.push(performance.now() - started)
  }
  return times
}

await during(Number(seconds) * 500)
const [cpu, started] = [process.cpuUsage(), performance.now()]
const times = (await during(Number(seconds) * 1_000)).sort((a, b) => a - b)
const { user, system } = process.cpuUsage(cpu)
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
process.stdout.write(
  JSON.stringify({
    rps: times.length / ((performance.now() - started) / 1_000),
    cpuMs: (user + system) / 1_000 / times.length,
    p50: at(0.5),
    p99: at(0.99),
  }),
)
process.exit(0)
