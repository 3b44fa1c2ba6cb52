import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { markdownFiles, problemsOn, type Repository, readRepository, undocumentedSettings } from './docs.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the pages of Mercato', () => {
  const repository = readRepository(root)
  const read = (page: string) => readFileSync(join(root, page), 'utf8')

  test('say nothing that is not so', () => {
    expect(markdownFiles(root).flatMap(page => problemsOn(page, read(page), repository))).toEqual([])
  })

  test('name every setting on the page of the configuration', () => {
    expect(undocumentedSettings(read('docs/configuration.md'), repository)).toEqual([])
    expect(repository.settings.size).toBeGreaterThanOrEqual(5)
  })
})

test('npm start -- --help names exactly the settings that npm start reads', () => {
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const named = [...read('scripts/help/start.txt').matchAll(/^ {2}([A-Z][A-Z_]+) {2}/gm)].map(([, name]) => name)
  const settings = [...read('infrastructure/embedded/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
    ([, name]) => name,
  )
  expect(named.sort()).toEqual(settings.sort())
  expect(named).toContain('EDGE_PORT')
})

describe('a page', () => {
  const repository: Repository = {
    root,
    scripts: new Set(['start', 'check', 'new:context']),
    api: buildSchema('type Query { products: [String!]! }'),
    settings: new Set(['EDGE_PORT', 'DATABASE_URL']),
  }
  const on = (text: string) => problemsOn('PAGE.md', text, repository)

  test('whose statements hold has no problem', () => {
    const text = [
      '# The page',
      'See [the manifest](package.json), [this](#the-page), [outside](https://example.org) and ![it](./biome.json).',
      'Run `npm start`, `npm run check` or `npm run new:context -- NAME` after `npm install`.',
      '| setting | default |',
      '|---|---|',
      '| `EDGE_PORT` | 8000 |',
      '```graphql',
      'query { products }',
      '```',
      '```json',
      '{ "a": [1] }',
      '```',
      '```bash',
      'npm start -- --reset && npm run check',
      '```',
    ]
    expect(on(text.join('\n'))).toEqual([])
  })

  test.each([
    ['[gone](docs/gone.md)', 'the link docs/gone.md leads nowhere'],
    ['![gone](gone.png)', 'the link gone.png leads nowhere'],
    ['<img alt="x" src="gone.png">', 'the link gone.png leads nowhere'],
    ['[ref]\n\n[ref]: gone.md', 'the link gone.md leads nowhere'],
    ['# Here\n[there](#there)', 'the link #there leads nowhere'],
    ['Run `npm run gone`.', 'there is no command npm run gone'],
    ['```bash\nnpm gone\n```', 'there is no command npm gone'],
    ['```bash\nnpm start && npm run gone\n```', 'there is no command npm run gone'],
    ['| `GONE_SETTING` | 1 |', 'no config.ts reads GONE_SETTING'],
    ['```json\n{ a: 1 }\n```', 'a json block does not parse'],
    ['```graphql\nquery { \n```', 'a graphql block does not parse'],
    ['```graphql\nquery { gone }\n```', 'an operation does not fit the schema'],
  ])('with %j is found out', (text, problem) => {
    expect(on(text).join('\n')).toContain(`PAGE.md: ${problem}`)
  })

  test('that leaves a setting out is found out', () => {
    expect(undocumentedSettings('| `EDGE_PORT` | 8000 |', repository)).toEqual(['DATABASE_URL'])
  })
})
