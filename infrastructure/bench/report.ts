import type { InProcess } from './in-process.ts'
import type { Streamed } from './streams.ts'

export interface Measured {
  readonly peer: string
  readonly rps: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly failed: number
  /** Milliseconds of the gateway's CPU, user and system, for one request. */
  readonly cpuMs: number
  /** Subgraph requests for one request. */
  readonly asked: number
  readonly rssMb: number
  /** Cores that others used meanwhile. */
  readonly others: number
}

/** More than this, and a round says more about the others. */
export const QUIET = 0.1

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const show = (values: readonly number[], digits: number): string => {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const middle = median(values).toFixed(digits)
  return values.length > 1 ? `${middle} (${low.toFixed(digits)}–${high.toFixed(digits)})` : middle
}

/** A Markdown table of medians and ranges, the least CPU first. */
export const report = (results: readonly Measured[]): string => {
  const peers = [...new Set(results.map(({ peer }) => peer))].map(peer => ({
    peer,
    rounds: results.filter(one => one.peer === peer),
  }))
  peers.sort((a, b) => median(a.rounds.map(({ cpuMs }) => cpuMs)) - median(b.rounds.map(({ cpuMs }) => cpuMs)))
  const rows = peers.map(({ peer, rounds }) => {
    const of = (pick: (one: Measured) => number, digits: number) => show(rounds.map(pick), digits)
    const noisy = rounds.filter(({ others }) => others > QUIET).length
    const failed = rounds.reduce((sum, one) => sum + one.failed, 0)
    const remarks = [noisy > 0 ? `${noisy} of ${rounds.length} rounds noisy` : '', failed > 0 ? `${failed} failed` : '']
    return `| ${peer} | ${of(one => one.cpuMs, 2)} | ${of(one => one.rps, 0)} | ${of(one => one.p50, 1)} | ${of(one => one.p99, 0)} | ${median(rounds.map(({ asked }) => asked)).toFixed(1)} | ${median(rounds.map(({ rssMb }) => rssMb)).toFixed(0)} | ${remarks.filter(Boolean).join(', ')} |`
  })
  return [
    '| peer | gateway CPU ms/request | rps | p50 ms | p99 ms | subgraph requests/request | RSS MB | |',
    '|---|---:|---:|---:|---:|---:|---:|---|',
    ...rows,
  ].join('\n')
}

export const inProcessTable = (results: readonly InProcess[]): string => {
  const of = (pick: (one: InProcess) => number, digits: number) => show(results.map(pick), digits)
  return [
    '| CPU ms/request | requests/s, one after the other | p50 ms | p99 ms |',
    '|---:|---:|---:|---:|',
    `| ${of(one => one.cpuMs, 2)} | ${of(one => one.rps, 0)} | ${of(one => one.p50, 2)} | ${of(one => one.p99, 2)} |`,
  ].join('\n')
}

export const streamsTable = (results: readonly Streamed[]): string =>
  [
    '| clients | events/s to each | p50 ms | p99 ms | gateway CPU µs/delivery | gateway KB/client | missed |',
    '|---:|---:|---:|---:|---:|---:|---:|',
    ...results.map(
      ({ clients, perSecond, p50, p99, cpuUs, kbPerClient, missed }) =>
        `| ${clients} | ${perSecond} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpuUs.toFixed(0)} | ${Number.isNaN(kbPerClient) ? '–' : kbPerClient.toFixed(0)} | ${missed} |`,
    ),
  ].join('\n')
