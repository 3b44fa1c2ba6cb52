import { createMemoryKeyVault } from '@mercato/adapters/key-vault/memory'
import { describe, expect, it } from 'vitest'
import { type CounterEvent, commandBy, counterCodec, counterSchemas } from './counter.fixture.ts'
import { createEventCodec, UndecodableEvent } from './event-codec.ts'
import type { EncodedEvent, RecordedEvent } from './event-envelope.ts'

const noted: CounterEvent = { type: 'Noted', data: { person: 'p1', note: 'lives at No 7' } }
const envelope = { ...commandBy('c1'), id: 'e1', occurredAt: '2026-01-01T00:00:00.000Z' }
const recorded = (encoded: EncodedEvent): RecordedEvent => ({ ...encoded, streamId: 's', revision: 0, position: '1' })

describe('an event codec', () => {
  it('seals personal fields and opens them again', async () => {
    const codec = counterCodec(createMemoryKeyVault())
    const encoded = await codec.encode(noted, envelope)
    expect(JSON.stringify(encoded)).not.toContain('lives at')
    expect(encoded.subjectId).toBe('p1')
    expect((await codec.decode(recorded(encoded))).event).toEqual(noted)
  })

  it('reads what stands for a field once its person is erased', async () => {
    const vault = createMemoryKeyVault()
    const codec = counterCodec(vault)
    const encoded = await codec.encode(noted, envelope)
    await vault.destroy('p1')
    expect((await codec.decode(recorded(encoded))).event).toEqual({
      type: 'Noted',
      data: { person: 'p1', note: '[erased]' },
    })
  })

  it('writes what holds no personal data of a person who is erased', async () => {
    const vault = createMemoryKeyVault()
    const codec = counterCodec(vault)
    await codec.encode(noted, envelope)
    await vault.destroy('p1')
    const { note: _, ...impersonal } = noted.data
    const encoded = await codec.encode({ type: 'Noted', data: impersonal as typeof noted.data }, envelope)
    expect(encoded).toMatchObject({ subjectId: 'p1', data: { person: 'p1' } })
    await expect(codec.encode(noted, envelope)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('writes an event that outlives its person without what was personal, when its schema says so', async () => {
    const vault = createMemoryKeyVault()
    const kept = { ...counterSchemas, Noted: { ...counterSchemas.Noted, onceErased: 'kept' as const } }
    const codec = createEventCodec<CounterEvent>('test', kept, vault)
    expect(JSON.stringify(await codec.encode(noted, envelope))).toContain('$sealed')
    await vault.destroy('p1')
    expect(await codec.encode(noted, envelope)).toMatchObject({ data: { person: 'p1', note: '[erased]' } })
    await vault[Symbol.asyncDispose]()
    await expect(codec.encode(noted, envelope)).rejects.toMatchObject({ code: 'CLOSED' })
  })

  it('does not open a sealed field that was moved to another event', async () => {
    const codec = counterCodec(createMemoryKeyVault())
    const encoded = await codec.encode(noted, envelope)
    await expect(codec.decode(recorded({ ...encoded, id: 'e2' }))).rejects.toThrow()
  })

  it('upcasts old versions', async () => {
    const codec = counterCodec(createMemoryKeyVault())
    const encoded = await codec.encode({ type: 'Counted', data: { by: 1 } }, envelope)
    const old = recorded({ ...encoded, schemaVersion: 1, data: { step: 4 } })
    expect((await codec.decode(old)).event).toEqual({ type: 'Counted', data: { by: 4 } })
  })

  it.each([
    ['a type', { type: 'Unheard' }],
    ['a version', { schemaVersion: 9 }],
  ])('refuses %s it does not know', async (_what, change) => {
    const codec = counterCodec(createMemoryKeyVault())
    const encoded = await codec.encode({ type: 'Counted', data: { by: 1 } }, envelope)
    await expect(codec.decode(recorded({ ...encoded, ...change }))).rejects.toBeInstanceOf(UndecodableEvent)
  })
})
