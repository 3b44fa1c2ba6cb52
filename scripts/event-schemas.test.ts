import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deriveEventSchemas } from './event-schemas.ts'

/** The data schemas of a context whose published-events.ts is `source`, by file name. */
function dataSchemas(source: string): Record<string, unknown> {
  return Object.fromEntries([...schemas(source)].map(([name, { properties }]) => [name, properties?.['data']]))
}

function schemas(source: string) {
  const root = mkdtempSync(join(tmpdir(), 'mercato-events-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const files = {
    'tsconfig.json': '{ "compilerOptions": { "strict": true, "target": "es2024", "types": [] } }',
    'subgraphs/shop/application/published-events.ts': source,
    'shared-kernel/application/integration-event.ts':
      'export interface IntegrationEvent { readonly id: string\n/** How often. */\nreadonly sequence: number; readonly traceparent?: string; readonly type: string; readonly version: number; readonly data: unknown }',
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return deriveEventSchemas(root)
}

const publish = (parameter: string, body: string) =>
  `type Published = { type: string; version: number; data: unknown }
   const version = 2
   export const publish = (event: ${parameter}): Published | undefined => { ${body} }`

describe('a published event', () => {
  test('becomes a schema of its envelope with constant type and version', () => {
    const found = schemas(publish('{ orderId: string }', "return { type: 'shop.Opened', version, data: event }"))
    expect(found.get('shop.Opened.v2.json')).toMatchObject({
      $id: 'shop.Opened.v2',
      title: 'shop.Opened',
      required: ['id', 'sequence', 'type', 'version', 'data'],
      properties: {
        type: { const: 'shop.Opened' },
        version: { const: 2 },
        sequence: { description: 'How often.', type: 'number' },
        traceparent: { type: 'string' },
        data: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
      },
    })
  })

  test.each([
    ['{ at?: string }', { type: 'object', properties: { at: { type: 'string' } } }],
    ["'b' | 'a'", { enum: ['a', 'b'] }],
    ['boolean', { type: 'boolean' }],
    ['string | null', { anyOf: [{ type: 'null' }, { type: 'string' }] }],
    ['readonly number[]', { type: 'array', items: { type: 'number' } }],
    ['string & { readonly brand: "Sku" }', { type: 'string' }],
    ['Record<string, number>', { type: 'object', additionalProperties: { type: 'number' } }],
    [
      '{ a: 1 } & { b: true }',
      { type: 'object', properties: { a: { const: 1 }, b: { const: true } }, required: ['a', 'b'] },
    ],
  ])('carries %s', (type, schema) => {
    expect(dataSchemas(publish(type, "return { type: 'shop.Said', version: 1, data: event }"))).toEqual({
      'shop.Said.v1.json': schema,
    })
  })

  test('is described once per name of a template, and by every shape it is published in', () => {
    const parameter = "{ type: 'On' | 'Off'; to: string } | { type: 'Moved'; to: number }"
    const body = `if (event.type === 'Moved') return { type: 'shop.On', version, data: { to: event.to } }
      return { type: \`shop.\${event.type}\`, version, data: { to: event.to } }`
    const text = { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] }
    const number = { type: 'object', properties: { to: { type: 'number' } }, required: ['to'] }
    expect(dataSchemas(publish(parameter, body))).toEqual({
      'shop.Off.v2.json': text,
      'shop.On.v2.json': { anyOf: [number, text] },
    })
  })

  test('may get its name from a constant that the cases of a switch narrow', () => {
    const parameter = "{ type: 'On'; to: string } | { type: 'Off'; to: string } | { type: 'Moved'; by: number }"
    const body = `const type = \`shop.\${event.type}\`
      switch (event.type) {
        case 'On':
        case 'Off': {
          const { to } = event
          return { type, version, data: { to } }
        }
        case 'Moved':
          return { type, version, data: { by: event.by } }
      }`
    const to = { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] }
    expect(dataSchemas(publish(parameter, body))).toEqual({
      'shop.Moved.v2.json': { type: 'object', properties: { by: { type: 'number' } }, required: ['by'] },
      'shop.Off.v2.json': to,
      'shop.On.v2.json': to,
    })
  })

  test.each([
    ['a name that is no constant', 'string', 'return { type: event, version, data: {} }', 'not a constant'],
    [
      'a version that is no constant',
      'number',
      "return { type: 'shop.X', version: event, data: {} }",
      'not a constant',
    ],
    ['what JSON cannot carry', 'bigint', "return { type: 'shop.X', version, data: event }", 'cannot carry bigint'],
  ])('with %s is refused', (_, parameter, body, message) => {
    expect(() => schemas(publish(parameter, body))).toThrow(message)
  })
})
