import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './peers.ts'

/** Cosmo's command line, which composes for its router. Installed only when that is measured. */
const WGC = 'wgc@0.112.7'

const install = (folder: string): string => {
  const program = join(folder, 'node_modules', '.bin', 'wgc')
  if (existsSync(program)) return program
  console.log(`installing ${WGC} …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', WGC, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  })
  return program
}

/** The graph as Cosmo Router executes it: not a supergraph but a configuration of its own; the path of the file. */
export const composeForCosmo = ({ folder, peers, subgraphs }: Files): string => {
  const composed = join(folder, 'cosmo.json')
  if (existsSync(composed)) return composed
  const listed = Object.entries(subgraphs).map(([name, { url, sdl }]) => {
    const file = join(folder, `${name}.graphql`)
    writeFileSync(file, sdl)
    return { name, routing_url: url, schema: { file } }
  })
  const input = join(folder, 'cosmo-graph.yaml')
  // JSON is YAML.
  writeFileSync(input, JSON.stringify({ version: 1, subgraphs: listed }))
  execFileSync(install(join(peers, 'cosmo')), ['router', 'compose', '-i', input, '-o', composed], { stdio: 'ignore' })
  return composed
}
