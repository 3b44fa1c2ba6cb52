import { freePort } from '@mercato/adapters/http-server/free-port'
import { putLoad } from './load.ts'
import type { Files, Peer } from './peers.ts'
import { firstAnswer, type Recorded, type Running, type Subgraphs, start } from './process.ts'
import type { Measured } from './report.ts'
import { childrenCpuMs, cpuOf, machineCpuMs, usageOf } from './usage.ts'

export interface Bench {
  readonly files: Files & { readonly body: string }
  readonly bodyText: string
  readonly subgraphs: Subgraphs
  readonly connections: number
  readonly seconds: number
}

const open = async (peer: Peer, files: Files): Promise<{ readonly running: Running; readonly url: string }> => {
  const port = await freePort()
  const running = start(peer.command(files, port), { PEERS: files.peers, ...peer.environment?.(files, port) })
  return { running, url: `http://127.0.0.1:${port}/graphql` }
}

/** The data of a peer, and what it asks the subgraphs for it when it is asked a second time. */
export const inspect = async (
  peer: Peer,
  { files, bodyText, subgraphs }: Bench,
): Promise<{ readonly data: unknown; readonly asked: readonly Recorded[] }> => {
  const { running, url } = await open(peer, files)
  await using _ = running
  const { data } = await firstAnswer(url, bodyText)
  const asked = await subgraphs.record(() => firstAnswer(url, bodyText))
  return { data, asked }
}

const ownMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000

/** Starts a peer, warms it up, and measures it under load. */
export const measure = async (peer: Peer, bench: Bench): Promise<Measured> => {
  const { files, bodyText, subgraphs, connections, seconds } = bench
  const { running, url } = await open(peer, files)
  await using _ = running
  await firstAnswer(url, bodyText)
  const load = { url, body: files.body, connections, peers: files.peers }
  await putLoad({ ...load, seconds: Math.max(2, Math.ceil(seconds / 2)) })
  const asked = await subgraphs.requests()
  const before = {
    gateway: usageOf(running.group).cpuMs,
    machine: machineCpuMs(),
    subgraphs: cpuOf(subgraphs.pid),
    load: childrenCpuMs(),
    own: process.cpuUsage(),
  }
  const done = await putLoad({ ...load, seconds })
  if (done.requests === 0) throw new Error(`${peer.name} answered nothing in ${done.seconds} s`)
  const usage = usageOf(running.group)
  const gatewayMs = usage.cpuMs - before.gateway
  const knownMs =
    gatewayMs +
    (cpuOf(subgraphs.pid) - before.subgraphs) +
    (childrenCpuMs() - before.load) +
    ownMs(process.cpuUsage(before.own))
  return {
    peer: peer.name,
    rps: done.requests / done.seconds,
    p50: done.p50,
    p99: done.p99,
    failed: done.failed,
    cpuMs: gatewayMs / done.requests,
    asked: ((await subgraphs.requests()) - asked) / done.requests,
    rssMb: usage.rssMb,
    others: Math.max(0, machineCpuMs() - before.machine - knownMs) / (done.seconds * 1_000),
  }
}
