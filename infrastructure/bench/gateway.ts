import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { QUERY } from './graph.ts'
import { measureInProcess } from './in-process.ts'
import { client } from './load.ts'
import { type Bench, inspect } from './measure.ts'
import { writeSection } from './page.ts'
import { collapsingPeers, type Peer, peersFor } from './peers.ts'
import { folder, installPeers, writeFiles } from './prepare.ts'
import { startSubgraphs } from './process.ts'
import { inProcessTable, report, streamsTable } from './report.ts'
import { checkAnswers, inRounds } from './rounds.ts'
import { measureStreams } from './streams.ts'

const SECTIONS = ['gateways', 'collapsing', 'in-process', 'streams'] as const
type Section = (typeof SECTIONS)[number]

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    connections: { type: 'string', default: '20' },
    repeats: { type: 'string', default: '6' },
    clients: { type: 'string', default: '1,100,1000,5000' },
    section: { type: 'string', multiple: true, default: [...SECTIONS] },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const unknown = values.section.find(name => !SECTIONS.some(known => known === name))
if (unknown !== undefined) throw new Error(`There is no section ${unknown}: ${SECTIONS.join(', ')}.`)
const wants = (section: Section): boolean => values.section.includes(section)
const [rounds, seconds, connections, repeats] = [values.rounds, values.seconds, values.connections, values.repeats].map(
  Number,
) as [number, number, number, number]

const started = performance.now()
const body = JSON.stringify({ query: QUERY, operationName: 'TestQuery' })
installPeers()
await using subgraphs = await startSubgraphs()
const files = writeFiles(subgraphs.ports, body)
const bench: Bench = { files, bodyText: body, subgraphs, connections, seconds }
const all = peersFor(process.env)
const matches = ({ name }: Peer): boolean => !values.only || name.toLowerCase().includes(values.only.toLowerCase())
const found: string[] = []
const figures: Record<string, unknown> = {}
const tell = (title: string, text: string, results: unknown): void => {
  found.push(`### ${title}\n\n${text}`)
  figures[title] = results
  console.log(`\n${title}\n\n${text}\n`)
}

/** What a peer answers and asks becomes the material of the bare fan-outs. */
const recordFor = async (name: 'apollo' | 'mercato', prefix: string): Promise<unknown> => {
  const peer = all.find(one => one.name.startsWith(prefix))
  if (!peer) throw new Error(`${prefix} is not among the peers`)
  const { data, asked } = await inspect(peer, bench)
  const address = (subgraph: string) => `http://127.0.0.1:${subgraphs.ports[subgraph]}/graphql`
  const requests = asked.map(({ subgraph, body: sent }) => ({ url: address(subgraph), body: sent }))
  writeFileSync(files.replay(name), JSON.stringify({ requests, answer: JSON.stringify({ data }) }))
  return data
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, ${client}, ${connections} connections`
console.log(machine)
if (wants('gateways') || wants('collapsing')) {
  const expected = await recordFor('apollo', 'Apollo Server')
  await recordFor('mercato', 'Mercato')
  if (wants('gateways')) {
    const peers = all.filter(matches)
    await checkAnswers(peers, bench, expected)
    const results = await inRounds(peers, bench, { rounds, repeats })
    tell('Gateways, every request on its own', report(results), results)
  }
  if (wants('collapsing')) {
    const peers = collapsingPeers(process.env).filter(matches)
    await checkAnswers(peers, bench, expected)
    const results = await inRounds(peers, bench, { rounds: Math.max(1, rounds - 1), repeats: Math.min(2, repeats) })
    tell('Gateways, identical requests in flight collapsed', report(results), results)
  }
}
if (wants('in-process')) {
  const results = await measureInProcess(files.supergraph, body, { rounds, seconds })
  tell('Mercato without sockets', inProcessTable(results), results)
}
if (wants('streams')) {
  const results = await measureStreams(values.clients.split(',').map(Number), { seconds })
  tell('Subscriptions', streamsTable(results), results)
}

const minutes = ((performance.now() - started) / 60_000).toFixed(1)
const how = `${machine}; ${rounds} rounds of ${seconds} s each; the run took ${minutes} min.`
writeFileSync(join(folder, 'gateway.json'), JSON.stringify({ how, figures }, null, 2))
if (values.write) writeSection('gateway', `Measured on ${how}\n\n${found.join('\n\n')}`)
console.log(how)
