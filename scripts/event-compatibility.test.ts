import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { breaksBetween, brokenContracts } from './event-compatibility.ts'
import type { JsonSchema } from './json-schema.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'schema', 'events')

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }
const object = (properties: Record<string, JsonSchema>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter(name => !optional.includes(name)),
})
const order = object({ orderId: text, note: text }, ['note'])

describe('a published event may', () => {
  test.each<[string, JsonSchema, JsonSchema]>([
    ['stay as it is', order, order],
    ['get a field', order, object({ orderId: text, note: text, at: text }, ['note'])],
    ['get a field that may be missing', order, object({ orderId: text, note: text, at: text }, ['note', 'at'])],
    ['always have what could be missing', order, object({ orderId: text, note: text })],
    ['lose what could be missing', order, object({ orderId: text })],
    ['be explained', order, { ...order, description: 'An order.' }],
    ['name fewer values', { enum: ['a', 'b'] }, { const: 'a' }],
    ['name values of what was any text', text, { enum: ['a', 'b'] }],
    ['have fewer shapes', { anyOf: [text, number] }, number],
    ['have its shapes in another order', { anyOf: [text, number] }, { anyOf: [number, text] }],
    ['say more of what could be anything', {}, text],
  ])('%s', (_what, before, after) => expect(breaksBetween(before, after)).toEqual([]))
})

describe('a published event must not', () => {
  test.each<[string, JsonSchema, JsonSchema, string]>([
    ['lose a field', order, object({ note: text }, ['note']), 'orderId is gone'],
    ['rename one', order, object({ id: text, note: text }, ['note']), 'orderId is gone'],
    [
      'let one be missing',
      order,
      object({ orderId: text, note: text }, ['orderId', 'note']),
      'orderId may be missing now',
    ],
    ['change the type of one', order, object({ orderId: number }), 'orderId was string and is number'],
    [
      'change the type of one that may be missing',
      order,
      object({ orderId: text, note: number }),
      'note was string and is number',
    ],
    ['have values nobody knows', { enum: ['a', 'b'] }, { enum: ['a', 'b', 'c'] }, 'the event may be c now'],
    ['have any text where it had few', { const: 'a' }, text, 'the event was one of a and is any string'],
    [
      'have a shape nobody knows',
      { anyOf: [text, number] },
      { anyOf: [text, { type: 'null' }] },
      'the event has a shape that it never had',
    ],
    ['be null where it was not', text, { anyOf: [text, { type: 'null' }] }, 'the event was string and is null'],
    ['be anything', text, {}, 'the event may be anything now'],
    [
      'hold other things in a list',
      { type: 'array', items: text },
      { type: 'array', items: number },
      '[] was string and is number',
    ],
    ['turn a list into one thing', { type: 'array', items: text }, text, 'the event was array and is string'],
    [
      'map to something else',
      { type: 'object', additionalProperties: text },
      { type: 'object', additionalProperties: number },
      '* was string and is number',
    ],
    [
      'break deep inside',
      object({ a: object({ b: order }) }),
      object({ a: object({ b: object({}) }) }),
      'a.b.orderId is gone',
    ],
  ])('%s', (_what, before, after, why) => expect(breaksBetween(before, after)).toEqual([why]))
})

describe('the contracts in a folder', () => {
  const keeping = (files: Record<string, JsonSchema>): string => {
    const place = mkdtempSync(join(tmpdir(), 'mercato-contracts-'))
    onTestFinished(() => rmSync(place, { recursive: true }))
    for (const [name, schema] of Object.entries(files)) writeFileSync(join(place, name), JSON.stringify(schema))
    return place
  }
  const less = object({ note: text })

  test('are broken by a change without a new version, and not by one with it', () => {
    const place = keeping({ 'shop.Opened.v1.json': order })
    expect(brokenContracts(place, new Map([['shop.Opened.v1.json', less]]))).toEqual([
      'shop.Opened.v1.json: orderId is gone. Publish version 2 and keep this file.',
    ])
    expect(brokenContracts(place, new Map([['shop.Opened.v2.json', less]]))).toEqual([])
  })

  test('are broken by an event that is no longer published', () => {
    const place = keeping({ 'shop.Opened.v1.json': order, 'shop.Closed.v2.json': order })
    expect(brokenContracts(place, new Map([['shop.Opened.v1.json', order]]))).toEqual([
      'shop.Closed.v2.json: it was published and is not any more; whoever listens waits for ever',
    ])
  })

  test('do not exist where nothing was published yet', () => {
    expect(brokenContracts(join(keeping({}), 'none'), new Map([['shop.Opened.v1.json', order]]))).toEqual([])
  })
})

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })

/** The commits that changed a contract; none outside a clone. */
const commits = (): readonly string[] => {
  try {
    return git('log', '--format=%H', '--', 'schema/events').toString().split('\n').filter(Boolean)
  } catch {
    return []
  }
}
const changed = commits()

describe.skipIf(changed.length === 0)('every contract that was ever committed (skipped without git)', () => {
  test.each(changed)('as of %s is kept to this day', commit => {
    const place = mkdtempSync(join(tmpdir(), 'mercato-contracts-'))
    onTestFinished(() => rmSync(place, { recursive: true }))
    execFileSync('tar', ['-x', '-C', place], { input: git('archive', commit, 'schema/events') })
    const now = new Map(
      readdirSync(folder).map(name => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonSchema]),
    )
    expect(brokenContracts(join(place, 'schema', 'events'), now)).toEqual([])
  })
})
