import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readManifest } from './persisted-documents.ts'
import { openGateway } from './testing/open-gateway.ts'
import { OVER, TRANSPORTS } from './testing/transports.ts'

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const named = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })
const QUERY = '{ me { name } }'
const ADA = { data: { me: { name: 'Ada' } } }

describe.each(OVER)('over %s', over => {
  const ask = TRANSPORTS[over]

  it('a hash that nobody has explained is not found; explained once, it will do', async () => {
    await using gate = await openGateway()
    const unknown = await ask(gate, named(hashOf(QUERY)))
    expect(unknown.errors?.[0]).toMatchObject({
      message: 'PersistedQueryNotFound',
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    })
    expect(await ask(gate, { query: QUERY, ...named(hashOf(QUERY)) })).toEqual(ADA)
    expect(await ask(gate, named(hashOf(QUERY)))).toEqual(ADA)
  })

  it('the hash of something else is refused and explains nothing', async () => {
    await using gate = await openGateway()
    const hash = hashOf('another')
    expect((await ask(gate, { query: QUERY, ...named(hash) })).errors?.[0].extensions.code).toBe('BAD_USER_INPUT')
    expect((await ask(gate, named(hash))).errors?.[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(gate.graph.seen.queries).toEqual([])
  })

  it.each([
    ['no hash', { version: 1, sha256Hash: 'no hash' }],
    ['a hash in upper case', { version: 1, sha256Hash: hashOf(QUERY).toUpperCase() }],
    ['a hash that is a number', { version: 1, sha256Hash: 7 }],
    ['nothing but a version', { version: 1 }],
    ['no version', { sha256Hash: hashOf(QUERY) }],
    ['a version in quotes', { version: '1', sha256Hash: hashOf(QUERY) }],
    ['a text', hashOf(QUERY)],
    ['true', true],
  ])('%s is no way to name a document, and executes nothing', async (_, persistedQuery) => {
    await using gate = await openGateway()
    for (const query of [{}, { query: QUERY }]) {
      const { data, errors } = await ask(gate, { ...query, extensions: { persistedQuery } })
      expect(data).toBeUndefined()
      expect(errors?.[0].extensions.code).toBe('BAD_REQUEST')
    }
    expect(gate.graph.seen.queries).toEqual([])
  })

  it('another version is not supported, and executes nothing', async () => {
    await using gate = await openGateway()
    const extensions = { persistedQuery: { version: 2, sha256Hash: hashOf(QUERY) } }
    for (const query of [{}, { query: QUERY }])
      expect((await ask(gate, { ...query, extensions })).errors?.[0]).toMatchObject({
        message: 'PersistedQueryNotSupported',
        extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
      })
    expect(gate.graph.seen.queries).toEqual([])
  })

  it('only stored operations are served where that is asked for: by text, by hash, and no others', async () => {
    await using gate = await openGateway({ persisted: { manifest: { [hashOf(QUERY)]: QUERY }, only: true } })
    expect(await ask(gate, { query: QUERY })).toEqual(ADA)
    expect(await ask(gate, named(hashOf(QUERY)))).toEqual(ADA)
    const other = '{ me { id } }'
    expect((await ask(gate, { query: other })).errors?.[0].extensions.code).toBe('FORBIDDEN')
    expect((await ask(gate, { query: other, ...named(hashOf(other)) })).errors?.[0].extensions.code).toBe('FORBIDDEN')
    expect((await ask(gate, named(hashOf(other)))).errors?.[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND')
    expect(gate.graph.seen.queries).toHaveLength(2)
  })

  it('what a hash stands for is bounded like anything else', async () => {
    await using gate = await openGateway()
    const query = `{ me { ${Array.from({ length: 60 }, (_, i) => `a${i}: name`).join(' ')} } }`
    await ask(gate, { query, ...named(hashOf(query)) })
    expect((await ask(gate, named(hashOf(query)))).errors?.[0].extensions.code).toBe('QUERY_TOO_COMPLEX')
  })
})

it('REST routes go on where only stored operations are served', async () => {
  await using gate = await openGateway({
    persisted: { only: true },
    rest: async (_, execute) => Response.json(await execute({ query: QUERY })),
  })
  expect(await (await gate.gateway.fetch(new Request('http://gateway/api/v1/me'))).json()).toEqual(ADA)
})

it('a hash may come in the address, where caches can see it', async () => {
  await using gate = await openGateway({ persisted: { manifest: { [hashOf(QUERY)]: QUERY } } })
  const extensions = encodeURIComponent(JSON.stringify(named(hashOf(QUERY)).extensions))
  const request = new Request(`http://gateway/graphql?extensions=${extensions}`, {
    headers: { 'apollo-require-preflight': '1' },
  })
  expect(await (await gate.gateway.fetch(request)).json()).toEqual(ADA)
})

it('the manifest holds what the client sends, under its hash', () => {
  const manifest = readManifest()
  const client = readFileSync(new URL('./client/src/generated/operations.ts', import.meta.url), 'utf8')
  const sent = [...client.matchAll(/^export const \w+ = (".*") as Document</gm)].map(([, text = '']) =>
    JSON.parse(text),
  )
  expect(sent.length).toBeGreaterThan(50)
  for (const text of sent) expect(manifest[hashOf(text)]).toBe(text)
})
