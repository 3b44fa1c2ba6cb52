import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const sources = globSync('{shared-kernel,subgraphs,gateway,infrastructure}/**/*.ts', {
  cwd: root,
  exclude: path => /node_modules|\.test\.ts$|generated|dist/.test(path),
})
const used = sources.flatMap(file =>
  [...readFileSync(`${root}${file}`, 'utf8').matchAll(/\.(?:count|observe|gauge|watch)\(\s*'(mercato_\w+)'/g)].map(
    match => ({ file, name: match[1] ?? '' }),
  ),
)

describe('metrics catalogue', () => {
  it('has every metric that the code names', () => {
    expect(used.length).toBeGreaterThan(3)
    expect(used.filter(({ name }) => !Object.hasOwn(catalogue, name))).toEqual([])
  })

  it('has none that nobody keeps', () => {
    const kept = new Set(used.map(({ name }) => name))
    expect(Object.keys(catalogue).filter(name => !kept.has(name))).toEqual([])
  })

  it.each(['prometheus/alerts.yml', 'grafana/dashboards/mercato.json'])('has every metric that %s looks at', file => {
    const watched = readFileSync(`${root}infrastructure/monitoring/${file}`, 'utf8').match(/mercato_\w+/g) ?? []
    expect(watched.length).toBeGreaterThan(3)
    const names = watched.map(name => name.replace(/_seconds_(bucket|sum|count)$/, '_seconds'))
    expect(names.filter(name => !Object.hasOwn(catalogue, name))).toEqual([])
  })

  it.each(Object.entries(catalogue))('names %s as Prometheus advises', (name, { kind, help, labels }) => {
    expect(name).toMatch(/^mercato_[a-z_]+$/)
    expect(name.endsWith('_total')).toBe(kind === 'counter')
    expect(kind !== 'histogram' || name.endsWith('_seconds')).toBe(true)
    expect(help).toMatch(/^[A-Z].*\.$/)
    for (const label of labels) expect(label).toMatch(/^[a-z_]+$/)
  })
})
