import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { composeSubgraphs } from '@mercato/schema/compose'
import { QUERY, SUBGRAPHS } from './graph.ts'
import { client, putLoad } from './load.ts'
import { type Files, type Peer, peersFor } from './peers.ts'
import { firstAnswer, freePort, type Running, type Subgraphs, start, startSubgraphs } from './process.ts'
import { type Measured, report } from './report.ts'
import { machineCpuMs, usageOf } from './usage.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '20' },
    only: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = Number(values.connections)

const root = fileURLToPath(new URL('../../', import.meta.url))
const peersFolder = join(root, '.cache', 'bench')

/** Installs the peers once, and again when their list changed. */
const installPeers = (): void => {
  const wanted = readFileSync(new URL('./peers/package.json', import.meta.url), 'utf8')
  const at = join(peersFolder, 'package.json')
  mkdirSync(peersFolder, { recursive: true })
  if (existsSync(join(peersFolder, 'node_modules', '.installed')) && readFileSync(at, 'utf8') === wanted) return
  console.log('installing the peers into .cache/bench …')
  writeFileSync(at, wanted)
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: peersFolder,
    stdio: 'inherit',
  })
  writeFileSync(join(peersFolder, 'node_modules', '.installed'), '')
}

const bodyText = JSON.stringify({ query: QUERY, operationName: 'TestQuery' })

const writeFiles = (ports: Readonly<Record<string, number>>): Files & { readonly body: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'mercato-bench-'))
  const composed = composeSubgraphs(
    Object.entries(SUBGRAPHS).map(([name, sdl]) => ({ name, url: `http://127.0.0.1:${ports[name]}/graphql`, sdl })),
  )
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  const supergraph = join(folder, 'supergraph.graphql')
  const body = join(folder, 'body.json')
  writeFileSync(supergraph, composed.supergraph)
  writeFileSync(body, bodyText)
  return { supergraph, body, folder, peers: peersFolder, replay: name => join(folder, `replay-${name}.json`) }
}

const open = async (peer: Peer, files: Files): Promise<{ readonly running: Running; readonly url: string }> => {
  const port = await freePort()
  const command = peer.command(files, port)
  const running = start(command, { PEERS: peersFolder, ...peer.environment })
  return { running, url: `http://127.0.0.1:${port}/graphql` }
}

/** The data of a peer, and what it asks the subgraphs for it when it is asked a second time. */
const inspect = async (peer: Peer, files: Files, subgraphs: Subgraphs) => {
  const { running, url } = await open(peer, files)
  await using _ = running
  const { data } = await firstAnswer(url, bodyText)
  const asked = await subgraphs.record(() => firstAnswer(url, bodyText))
  return { data, asked }
}

const measure = async (
  peer: Peer,
  files: Files & { readonly body: string },
  subgraphs: Subgraphs,
): Promise<Measured> => {
  const { running, url } = await open(peer, files)
  await using _ = running
  await firstAnswer(url, bodyText)
  const load = { url, body: files.body, connections, peers: peersFolder }
  await putLoad({ ...load, seconds: Math.max(3, Math.ceil(seconds / 3)) })
  const before = {
    usage: usageOf(running.group),
    machine: machineCpuMs(),
    own: process.cpuUsage(),
    asked: await subgraphs.requests(),
  }
  const subgraphsBefore = readOwn(subgraphs.pid)
  const childrenBefore = childrenCpuMs()
  const done = await putLoad({ ...load, seconds })
  const usage = usageOf(running.group)
  const gatewayMs = usage.cpuMs - before.usage.cpuMs
  const knownMs =
    gatewayMs +
    (readOwn(subgraphs.pid) - subgraphsBefore) +
    (childrenCpuMs() - childrenBefore) +
    ownMs(process.cpuUsage(before.own))
  const others = Math.max(0, machineCpuMs() - before.machine - knownMs) / (done.seconds * 1_000)
  return {
    peer: peer.name,
    rps: done.requests / done.seconds,
    p50: done.p50,
    p99: done.p99,
    failed: done.failed,
    cpuMs: gatewayMs / done.requests,
    asked: ((await subgraphs.requests()) - before.asked) / done.requests,
    rssMb: usage.rssMb,
    others,
  }
}

const ownMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000

/** CPU of one process so far. */
const readOwn = (pid: number): number => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  return ((fields[11] ?? 0) + (fields[12] ?? 0)) * 10
}

/** CPU of the children that have ended: the load. */
const childrenCpuMs = (): number => {
  const text = readFileSync('/proc/self/stat', 'utf8')
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  return ((fields[13] ?? 0) + (fields[14] ?? 0)) * 10
}

installPeers()
await using subgraphs = await startSubgraphs()
const files = writeFiles(subgraphs.ports)
const all = peersFor(process.env)
const only = values.only?.toLowerCase()
const peers = all.filter(({ name }) => !only || name.toLowerCase().includes(only))

const recordFor = async (name: 'apollo' | 'mercato', peer: Peer | undefined): Promise<unknown> => {
  if (!peer) throw new Error(`no ${name}`)
  const { data, asked } = await inspect(peer, files, subgraphs)
  const requests = asked.map(({ subgraph, body }) => ({
    url: `http://127.0.0.1:${subgraphs.ports[subgraph]}/graphql`,
    body,
  }))
  writeFileSync(files.replay(name), JSON.stringify({ requests, answer: JSON.stringify({ data }) }))
  return data
}
const expected = await recordFor(
  'apollo',
  all.find(({ name }) => name.startsWith('Apollo Server')),
)
await recordFor(
  'mercato',
  all.find(({ name }) => name.startsWith('Mercato')),
)

for (const peer of peers) {
  const { data, asked } = await inspect(peer, files, subgraphs)
  if (!isDeepStrictEqual(data, expected)) throw new Error(`${peer.name} answers something else`)
  console.log(`${peer.name}: right, ${asked.length} subgraph requests`)
}

console.log(
  `\n${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${client}, ${connections} connections, ${rounds} × ${seconds} s`,
)
const results: Measured[] = []
for (let round = 0; round < rounds; round++) {
  const order = peers.map((_, i) => peers[(i + round) % peers.length]).flatMap(peer => peer ?? [])
  for (const peer of round % 2 === 0 ? order : order.reverse()) {
    const measured = await measure(peer, files, subgraphs)
    results.push(measured)
    console.log(
      `round ${round + 1}  ${peer.name}: ${measured.rps.toFixed(0)} rps, ${measured.cpuMs.toFixed(3)} ms CPU, ${measured.asked.toFixed(1)} subgraph requests, p99 ${measured.p99.toFixed(0)} ms, others ${measured.others.toFixed(2)} cores, load ${loadavg()[0]?.toFixed(1)}`,
    )
  }
}
const table = report(results)
writeFileSync(join(peersFolder, 'results.json'), JSON.stringify(results, null, 2))
console.log(`\n${table}`)
