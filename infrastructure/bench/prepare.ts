import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { composeSubgraphs } from '@mercato/schema/compose'
import { SUBGRAPHS } from './graph.ts'
import type { Files } from './peers.ts'

/** Where the peers are installed and the figures kept. */
export const folder = fileURLToPath(new URL('../../.cache/bench', import.meta.url))

/** Installs the peers once, and again when their list changed. */
export const installPeers = (): void => {
  const wanted = readFileSync(new URL('./peers/package.json', import.meta.url), 'utf8')
  const at = join(folder, 'package.json')
  mkdirSync(folder, { recursive: true })
  if (existsSync(join(folder, 'node_modules', '.installed')) && readFileSync(at, 'utf8') === wanted) return
  console.log('installing the peers into .cache/bench …')
  writeFileSync(at, wanted)
  const options = ['--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: 'inherit' })
  writeFileSync(join(folder, 'node_modules', '.installed'), '')
}

/** The supergraph of the benchmark over subgraphs on these ports, and the request, as files. */
export const writeFiles = (
  ports: Readonly<Record<string, number>>,
  bodyText: string,
): Files & { readonly body: string } => {
  const at = mkdtempSync(join(tmpdir(), 'mercato-bench-'))
  const subgraphs = Object.fromEntries(
    Object.entries(SUBGRAPHS).map(([name, sdl]) => [name, { url: `http://127.0.0.1:${ports[name]}/graphql`, sdl }]),
  )
  const composed = composeSubgraphs(Object.entries(subgraphs).map(([name, subgraph]) => ({ name, ...subgraph })))
  if (composed.outcome === 'refused') throw new Error(composed.problems.join('\n'))
  const supergraph = join(at, 'supergraph.graphql')
  const body = join(at, 'body.json')
  writeFileSync(supergraph, composed.supergraph)
  writeFileSync(body, bodyText)
  return { supergraph, subgraphs, body, folder: at, peers: folder, replay: name => join(at, `replay-${name}.json`) }
}
