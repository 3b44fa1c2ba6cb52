import { isDeepStrictEqual } from 'node:util'
import { type Bench, inspect, measure } from './measure.ts'
import type { Peer } from './peers.ts'
import { type Measured, QUIET } from './report.ts'

/** Refuses a peer that answers anything but `expected`. */
export const checkAnswers = async (peers: readonly Peer[], bench: Bench, expected: unknown): Promise<void> => {
  for (const peer of peers) {
    const { data, asked } = await inspect(peer, bench)
    if (!isDeepStrictEqual(data, expected)) throw new Error(`${peer.name} answers something else`)
    console.log(`${peer.name}: right, ${asked.length} subgraph requests`)
  }
}

/**
 * Measures all peers in rounds, in another order each time. A round in which others used more than a tenth of a core says little: it
 * is measured again, as often as `repeats` allows altogether, and takes the place of the first.
 */
export const inRounds = async (
  peers: readonly Peer[],
  bench: Bench,
  { rounds, repeats }: { readonly rounds: number; readonly repeats: number },
): Promise<readonly Measured[]> => {
  const results: Measured[] = []
  let left = repeats
  for (let round = 0; round < rounds; round++) {
    const order = peers.map((_, i) => peers[(i + round) % peers.length]).flatMap(peer => peer ?? [])
    for (const peer of round % 2 === 0 ? order : order.reverse()) {
      let measured = await measure(peer, bench)
      if (measured.others > QUIET && left > 0) {
        left--
        console.log(`round ${round + 1}  ${peer.name}: others used ${measured.others.toFixed(2)} cores, once more`)
        const again = await measure(peer, bench)
        if (again.others < measured.others) measured = again
      }
      results.push(measured)
      const { rps, cpuMs, asked, p99, others } = measured
      console.log(
        `round ${round + 1}  ${peer.name}: ${rps.toFixed(0)} rps, ${cpuMs.toFixed(3)} ms CPU, ${asked.toFixed(1)} subgraph requests, p99 ${p99.toFixed(0)} ms, others ${others.toFixed(2)} cores`,
      )
    }
  }
  return results
}
