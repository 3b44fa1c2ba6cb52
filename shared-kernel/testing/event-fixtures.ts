import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createEventCodec, type EventSchemas } from '#application/event-codec.ts'
import type { RecordedEvent } from '#application/event-envelope.ts'
import type { KeyVault } from '#application/ports/key-vault.ts'
import type { DomainEvent } from '#domain/decider.ts'

/** A frozen event: as some version of this code wrote it, and what today's code must read. Never edited once released. */
export interface EventFixture {
  /** `sealed` fields are sealed under the fixture key: see {@link FIXTURE_KEY}. */
  readonly recorded: RecordedEvent
  readonly decoded: unknown
}

/** The key under which every fixture's personal data is sealed: fixtures hold no real people. */
export const FIXTURE_KEY = new Uint8Array(32).fill(7)

/** A vault in which everybody has the fixture key, or whose people are all erased. */
export const fixtureVault = (erased = false): KeyVault => ({
  keyFor: async () => FIXTURE_KEY,
  find: async () => (erased ? undefined : FIXTURE_KEY),
  destroy: async () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
})

interface Versioned {
  readonly version: number
}

/** Names of the fixtures that should be there and are not: one for every type and every version it ever had. */
export const missingFixtures = (schemas: Readonly<Record<string, Versioned>>, present: readonly string[]): string[] =>
  Object.entries(schemas).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, before) => `${type}.v${before + 1}.json`).filter(
      name => !present.includes(name),
    ),
  )

/**
 * Promises that old events stay readable: a frozen fixture `<Type>.v<version>.json` for every type and every version it ever
 * had, each decoding to what it stands for; and readable, without the personal data, when the person is erased.
 */
export const eventFixturesContract = <Event extends DomainEvent>(
  context: string,
  schemas: EventSchemas<Event>,
  folder: URL,
): void => {
  const versions = Object.entries<{ readonly version: number; readonly sealed?: Readonly<Record<string, unknown>> }>(
    schemas,
  )
  const fixtures = readdirSync(folder).filter(name => name.endsWith('.json'))
  const read = (name: string): EventFixture => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  const codec = createEventCodec(context, schemas, fixtureVault())
  const withoutKeys = createEventCodec(context, schemas, fixtureVault(true))

  describe(`events of ${context} stay readable`, () => {
    it('each in every version that it ever had', () => {
      expect(versions.length).toBeGreaterThan(0)
      expect(missingFixtures(schemas, fixtures)).toEqual([])
    })

    it.each(fixtures)('%s decodes', async name => {
      const { recorded, decoded } = read(name)
      expect(name).toBe(`${recorded.type}.v${recorded.schemaVersion}.json`)
      expect((await codec.decode(recorded)).event).toEqual({ type: recorded.type, data: decoded })
    })

    it.each(versions.filter(([, { sealed }]) => sealed))(
      '%s decodes without its personal data when the person is erased',
      async (type, { version, sealed }) => {
        const { recorded } = read(`${type}.v${version}.json`)
        const { event } = await withoutKeys.decode(recorded)
        const present = Object.fromEntries(
          Object.entries(sealed ?? {}).filter(([field]) => field in (recorded.data as object)),
        )
        expect(event.data).toMatchObject(present)
      },
    )
  })
}

/** Makes the text of a new fixture from an event; used once per type and version, then frozen. */
export const makeEventFixture = async <Event extends DomainEvent>(
  context: string,
  schemas: EventSchemas<Event>,
  event: Event,
  streamId: string,
): Promise<string> => {
  const encoded = await createEventCodec(context, schemas, fixtureVault()).encode(event, {
    id: '018f0000-0000-5000-8000-000000000001',
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { kind: 'user', id: '018f0000-0000-7000-8000-000000000002' },
    commandId: '018f0000-0000-7000-8000-000000000003',
    correlationId: '018f0000-0000-7000-8000-000000000004',
  })
  const recorded: RecordedEvent = { ...encoded, streamId, revision: 0, position: '0' }
  return `${JSON.stringify({ recorded, decoded: event.data }, null, 2)}\n`
}
