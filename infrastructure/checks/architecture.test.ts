import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { layerRules } from './layer-rules.ts'
import { checkLayers } from './layers.ts'
import { checkPurity, impuritiesIn } from './purity.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('Mercato', () => {
  test('keeps its layers, in every source file', async () => {
    const { modules, violations } = await checkLayers(root)
    expect(violations).toEqual([])
    expect(modules).toBeGreaterThan(100)
  })

  test('lets time, chance and the process into no domain or application layer', () => {
    const { modules, impurities } = checkPurity(root)
    expect(impurities).toEqual([])
    expect(modules).toBeGreaterThan(30)
  })
})

/** One violation per rule: the file, what it holds, the rule it must trip. */
const planted: readonly (readonly [rule: string, file: string, source: string])[] = [
  ['contexts-meet-only-in-schema-and-events', 'subgraphs/a/infrastructure/x.ts', "import '../../b/domain/thing.ts'"],
  ['domain-stands-alone', 'subgraphs/a/domain/x.ts', "import 'pg'"],
  ['domain-stands-alone', 'subgraphs/a/domain/x.ts', "import { createHash } from 'node:crypto'\ncreateHash('md5')"],
  [
    'domain-stands-alone',
    'subgraphs/a/domain/x.ts',
    "import type { Use } from '#application/use.ts'\nexport type X = Use",
  ],
  ['domain-stands-alone', 'subgraphs/a/domain/x.ts', "export const later = () => import('#application/use.ts')"],
  ['application-knows-no-technology', 'subgraphs/a/application/x.ts', "export * from 'pg'"],
  ['application-knows-no-technology', 'subgraphs/a/application/x.ts', "import '#infrastructure/store.ts'"],
  [
    'application-knows-no-technology',
    'subgraphs/a/application/x.ts',
    "import type { R } from '#presentation/view.ts'\nexport type X = R",
  ],
  ['presentation-does-not-see-infrastructure', 'subgraphs/a/presentation/x.ts', "import '#infrastructure/store.ts'"],
  ['presentation-does-not-see-infrastructure', 'subgraphs/a/presentation/x.ts', "import '../composition.ts'"],
  ['infrastructure-implements-ports', 'subgraphs/a/infrastructure/x.ts', "import '#presentation/view.ts'"],
  ['contexts-use-kernel-adapters-and-schema', 'subgraphs/a/composition.ts', "import '../../gateway/serve.ts'"],
  ['kernel-depends-on-nobody', 'shared-kernel/application/x.ts', "import '../../subgraphs/a/domain/thing.ts'"],
  ['kernel-domain-stands-alone', 'shared-kernel/domain/x.ts', "import 'pg'"],
  ['kernel-application-knows-no-technology', 'shared-kernel/application/x.ts', "import 'pg'"],
  ['kernel-application-knows-no-technology', 'shared-kernel/application/x.ts', "import 'node:fs'"],
  ['kernel-application-does-not-see-testing', 'shared-kernel/application/x.ts', "import '../testing/spec.ts'"],
  ['adapters-know-only-the-kernel', 'infrastructure/adapters/x.ts', "import '../../subgraphs/a/domain/thing.ts'"],
  ['gateway-knows-no-context', 'gateway/x.ts', "import '../subgraphs/a/composition.ts'"],
  ['client-stands-alone', 'gateway/client/src/x.ts', "import '../../serve.ts'"],
  ['edge-knows-only-its-file', 'infrastructure/edge/x.ts', "import '../../gateway/serve.ts'"],
  ['schema-knows-nobody', 'schema/x.ts', "import '../gateway/serve.ts'"],
  ['test-tools-only-in-tests', 'gateway/x.ts', "import 'vitest'"],
  ['test-tools-only-in-tests', 'gateway/x.ts', "import '@mercato/shared-kernel/testing'"],
  ['packages-import-each-other-by-name', 'gateway/x.ts', "import '../shared-kernel/domain/index.ts'"],
  ['layers-import-each-other-by-name', 'subgraphs/a/application/x.ts', "import '../domain/thing.ts'"],
  ['no-cycles', 'gateway/x.ts', "import './y.ts'\nexport const x = 1"],
  ['imports-resolve', 'gateway/x.ts', "import './nowhere.ts'"],
]

describe('a planted violation', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  const workspace = (files: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), 'mercato-layers-'))
    folders.push(folder)
    for (const [file, source] of Object.entries({ ...soundWorkspace, ...files })) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), source)
    }
    mkdirSync(join(folder, 'node_modules', '@mercato'), { recursive: true })
    symlinkSync('../../shared-kernel', join(folder, 'node_modules', '@mercato', 'shared-kernel'))
    return folder
  }

  test('is not seen in a sound workspace', async () => {
    const { violations, modules } = await checkLayers(workspace({}))
    expect(violations).toEqual([])
    expect(modules).toBe(Object.keys(soundWorkspace).filter(file => file.endsWith('.ts')).length)
  })

  test.each(planted)('of %s is found in %s: %s', async (rule, file, source) => {
    const { violations } = await checkLayers(workspace({ [file]: source }))
    expect(violations.map(({ rule, from }) => ({ rule, from }))).toContainEqual({ rule, from: file })
  })

  test('is there for every rule', () => {
    expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(layerRules.map(({ name }) => name)))
  })

  test('of purity is found in domain and application, and only there', () => {
    const folder = workspace({
      'subgraphs/a/domain/clock.ts': 'export const now = () => Date.now()',
      'shared-kernel/application/chance.ts': 'export const chance = () => Math.random()',
      'subgraphs/a/infrastructure/clock.ts': 'export const now = () => Date.now()',
      'subgraphs/a/domain/thing.test.ts': 'export const now = () => Date.now()',
    })
    expect(checkPurity(folder).impurities).toEqual([
      { file: 'shared-kernel/application/chance.ts', what: 'Math.random' },
      { file: 'subgraphs/a/domain/clock.ts', what: 'Date.now' },
    ])
  })

  test('of an empty workspace is no pass', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mercato-layers-'))
    folders.push(folder)
    await expect(checkLayers(folder)).rejects.toThrow()
  })
})

describe('purity', () => {
  test.each([
    ['new Date()', 'new Date()'],
    ['Date()', 'Date()'],
    ['Date.now()', 'Date.now'],
    ['const now = Date.now', 'Date.now'],
    ['Math.random()', 'Math.random'],
    ['crypto.randomUUID()', 'crypto.randomUUID'],
    ["import { randomUUID } from 'node:crypto'", 'import of randomUUID'],
    ["import { randomUUID as id } from 'node:crypto'", 'import of randomUUID'],
    ['process.env.HOME', 'process.env'],
    ['globalThis.process.env', 'process.env'],
    ['console.log(1)', 'console.log'],
    ["fetch('/')", 'fetch()'],
  ])('is lost by %s', (source, what) => {
    expect([...impuritiesIn(source)]).toContain(what)
  })

  test.each([
    'new Date(command.at)',
    'Date.parse(text)',
    'Math.max(1, 2)',
    '// Date.now() in a comment',
    'const text = "Math.random()"',
    'clock.now()',
    'const run = (process: Saga) => process.advance()',
    'await using lease = take()',
  ])('is kept by %s', source => {
    expect([...impuritiesIn(source)]).toEqual([])
  })
})

const subpaths = Object.fromEntries(
  ['domain', 'application', 'infrastructure', 'presentation'].map(layer => [`#${layer}/*`, `./${layer}/*`]),
)
const soundWorkspace: Readonly<Record<string, string>> = {
  'shared-kernel/package.json': JSON.stringify({
    name: '@mercato/shared-kernel',
    imports: subpaths,
    exports: { './domain': './domain/index.ts', './testing': './testing/spec.ts' },
  }),
  'shared-kernel/domain/index.ts': 'export type Thing = string',
  'shared-kernel/application/run.ts': "import { createHash } from 'node:crypto'\ncreateHash('sha256')",
  'shared-kernel/testing/spec.ts': "import 'vitest'",
  'subgraphs/a/package.json': JSON.stringify({ name: '@mercato/a', imports: subpaths }),
  'subgraphs/a/domain/thing.ts': "import type { Thing } from '@mercato/shared-kernel/domain'\nexport type Mine = Thing",
  'subgraphs/a/application/use.ts': "import type { Mine } from '#domain/thing.ts'\nexport type Use = Mine",
  'subgraphs/a/infrastructure/store.ts':
    "import type { Use } from '#application/use.ts'\nimport 'pg'\nexport type S = Use",
  'subgraphs/a/presentation/view.ts': "import type { Use } from '#application/use.ts'\nexport type R = Use",
  'subgraphs/a/composition.ts': "import '#infrastructure/store.ts'\nimport '#presentation/view.ts'",
  'subgraphs/a/domain/thing.test.ts': "import 'vitest'\nimport '@mercato/shared-kernel/testing'",
  'subgraphs/b/package.json': JSON.stringify({ name: '@mercato/b', imports: subpaths }),
  'subgraphs/b/domain/thing.ts': 'export const thing = 1',
  'gateway/serve.ts': 'export const serve = 1',
  'gateway/y.ts': "import './x.ts'",
  'gateway/x.ts': 'export const x = 1',
  'infrastructure/adapters/store.ts': "import 'pg'",
  'infrastructure/edge/serve.ts': 'export const serve = 1',
  'schema/compose.ts': 'export const compose = 1',
  'scripts/run.ts': "import 'node:fs'",
  'node_modules/pg/package.json': JSON.stringify({ name: 'pg', main: 'index.js' }),
  'node_modules/pg/index.js': '',
  'node_modules/vitest/package.json': JSON.stringify({ name: 'vitest', main: 'index.js' }),
  'node_modules/vitest/index.js': '',
}
