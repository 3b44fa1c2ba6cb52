import type { DomainEvent } from '#domain/decider.ts'
import type { Causation, EncodedEvent, EventEnvelope, RecordedEvent } from './event-envelope.ts'
import { Fault } from './faults.ts'
import type { KeyVault } from './ports/key-vault.ts'
import { isSealed, seal, unseal } from './sealing.ts'

/** The log holds a type or version this code does not know: never guessed at, always reported. */
export class UndecodableEvent extends Error {
  override readonly name = 'UndecodableEvent'
  readonly code = 'UNDECODABLE_EVENT'
}

/** How one event type is kept. */
export interface EventSchema<Event extends DomainEvent> {
  /** Version written now; 1 when it was never changed. */
  readonly version: number
  /** Turns `data` of version n into version n + 1. Every old version needs one. */
  readonly upcast?: Readonly<Record<number, (data: Record<string, unknown>) => Record<string, unknown>>>
  /** The person whose key seals the fields below. Required when there are any. */
  subject?(event: Event): string
  /** Top-level fields of `data` that are personal, with the value read in their place once the key is destroyed. */
  readonly sealed?: Readonly<Record<string, unknown>>
  /**
   * What becomes of the event when its person was erased before it is written: `refused` (Fault NOT_FOUND, the default), or
   * `kept` with those values in the place of the personal ones, where life goes on without the person.
   */
  readonly onceErased?: 'refused' | 'kept'
}

/** One schema per event type of a context: adding an event without one does not compile. */
export type EventSchemas<Event extends DomainEvent> = {
  readonly [Type in Event['type']]: EventSchema<Extract<Event, { type: Type }>>
}

export interface EventCodec<Event extends DomainEvent> {
  readonly context: string
  readonly types: readonly Event['type'][]
  encode(
    event: Event,
    envelope: Causation & { readonly id: string; readonly occurredAt: string },
  ): Promise<EncodedEvent>
  /** Upcasts and unseals. Rejects with {@link UndecodableEvent} for a type or version it does not know. */
  decode(recorded: RecordedEvent): Promise<EventEnvelope<Event>>
}

const upcastTo = (schema: EventSchema<DomainEvent>, recorded: RecordedEvent): Record<string, unknown> => {
  let data = recorded.data as Record<string, unknown>
  for (let version = recorded.schemaVersion; version < schema.version; version++) {
    const step = schema.upcast?.[version]
    if (!step) throw new UndecodableEvent(`${recorded.type} version ${version} has no upcaster`)
    data = step(data)
  }
  return data
}

/** A codec over the schemas of all events of a context. */
export const createEventCodec = <Event extends DomainEvent>(
  context: string,
  schemas: EventSchemas<Event>,
  vault: KeyVault,
): EventCodec<Event> => {
  const table = new Map<string, EventSchema<DomainEvent>>(Object.entries<EventSchema<DomainEvent>>(schemas))

  /** `undefined` for a person who was erased, where the schema has an event outlive that. */
  const keyOf = async (
    subjectId: string,
    { onceErased }: EventSchema<DomainEvent>,
  ): Promise<Uint8Array | undefined> => {
    try {
      return await vault.keyFor(subjectId)
    } catch (error) {
      if (onceErased === 'kept' && error instanceof Fault && error.code === 'NOT_FOUND') return undefined
      throw error
    }
  }

  const encode: EventCodec<Event>['encode'] = async (event, envelope) => {
    const schema = table.get(event.type)
    if (!schema) throw new UndecodableEvent(`${event.type} has no schema in ${context}`)
    const base = { ...envelope, type: event.type, schemaVersion: schema.version, context }
    const subjectId = schema.subject?.(event)
    if (!subjectId) return { ...base, data: event.data }
    const data = { ...(event.data as Record<string, unknown>) }
    const personal = Object.keys(schema.sealed ?? {}).filter(field => data[field] !== undefined)
    // Without personal data no key is needed: what happens to an erased person's orders must still be written down.
    const key = personal.length > 0 ? await keyOf(subjectId, schema) : undefined
    for (const field of personal)
      data[field] = key ? seal(key, data[field], `${envelope.id}/${field}`) : schema.sealed?.[field]
    return { ...base, subjectId, data }
  }

  const decode: EventCodec<Event>['decode'] = async recorded => {
    const schema = table.get(recorded.type)
    if (!schema || recorded.schemaVersion > schema.version)
      throw new UndecodableEvent(`${recorded.type} version ${recorded.schemaVersion} is unknown in ${context}`)
    const { data: raw, type, ...envelope } = recorded
    let data = raw as Record<string, unknown>
    const fields = Object.entries(data).filter(([, value]) => isSealed(value))
    if (fields.length > 0 && recorded.subjectId) {
      const key = await vault.find(recorded.subjectId)
      data = { ...data }
      for (const [field, value] of fields)
        if (isSealed(value))
          data[field] = key ? unseal(key, value, `${recorded.id}/${field}`) : (schema.sealed?.[field] ?? null)
    }
    const event = { type, data: upcastTo(schema, { ...recorded, data }) }
    return { ...envelope, event: event as Event }
  }

  return { context, types: [...table.keys()], encode, decode }
}
