import { readFileSync, writeFileSync } from 'node:fs'
import { parseDocument } from 'yaml'

/** Writes kong.yml with other targets of the gateway's upstream, `host:port` each; nothing else differs from what is deployed. */
export const writeKongFile = (from: string, to: string, targets: readonly string[]): void => {
  const file = parseDocument(readFileSync(from, 'utf8'))
  if (!file.hasIn(['upstreams', 0, 'targets'])) throw new Error(`${from} has no upstream`)
  file.setIn(
    ['upstreams', 0, 'targets'],
    targets.map(target => ({ target, weight: 100 })),
  )
  writeFileSync(to, file.toString())
}
