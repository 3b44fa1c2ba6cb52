import { type AppendResult, RevisionConflict } from '@mercato/shared-kernel/application'
import type { ClientBase, Pool } from 'pg'
import { fromPostgres, isUniqueViolation } from '../../postgres/errors.ts'
import { mixedIds, type StorableEvent } from '../storable.ts'

/**
 * One statement, one snapshot: where the stream stands, which of the ids it knows, and the rows, written only when the
 * stream is at the expected revision and knows none. It must stay the only statement of its transaction: then a stream's
 * later revision always has a later transaction id, and the log keeps streams in order.
 */
const APPEND = `
with incoming as (
  select * from rows from (jsonb_to_recordset($3::jsonb) as (
    id text, type text, "schemaVersion" integer, context text, "occurredAt" text, "subjectId" text, actor jsonb,
    "commandId" text, "correlationId" text, "causationId" text, traceparent text, data jsonb
  )) with ordinality as event (
    id, type, schema_version, context, occurred_at, subject_id, actor,
    command_id, correlation_id, causation_id, traceparent, data, ordinal
  )
), stream as (
  select coalesce(max(e.revision), -1) as revision from events e where e.stream_id = $1
), known as (
  select e.id, e.revision from events e where e.stream_id = $1 and e.id = any ($4::text[])
), written as (
  insert into events (
    stream_id, revision, id, type, schema_version, context, occurred_at, subject_id, actor,
    command_id, correlation_id, causation_id, traceparent, data
  )
  select $1, $2::integer + i.ordinal, i.id, i.type, i.schema_version, i.context, i.occurred_at, i.subject_id, i.actor,
    i.command_id, i.correlation_id, i.causation_id, i.traceparent, coalesce(i.data, 'null'::jsonb)
  from incoming i cross join stream s
  where s.revision = $2::integer and not exists (select from known)
  order by i.ordinal
  returning 1
)
select s.revision as actual,
  (select count(*)::integer from written) as written,
  (select coalesce(jsonb_agg(jsonb_build_array(k.id, k.revision)), '[]'::jsonb) from known k) as known
from stream s`

interface Outcome {
  readonly actual: number
  readonly written: number
  readonly known: readonly (readonly [id: string, revision: number])[]
}

const run = async (client: Pool | ClientBase, values: readonly unknown[]): Promise<Outcome | 'outrun'> => {
  try {
    const { rows } = await client.query<Outcome>({ name: 'append-events', text: APPEND, values: [...values] })
    const [outcome] = rows
    if (!outcome) throw new Error('the append statement answered nothing')
    return outcome
  } catch (error) {
    if (isUniqueViolation(error)) return 'outrun'
    throw fromPostgres(error)
  }
}

/** Appends checked events; the contract is that of the port. */
export const appendEvents = async (
  client: Pool | ClientBase,
  streamId: string,
  expectedRevision: number,
  events: readonly StorableEvent[],
): Promise<AppendResult> => {
  const json = `[${events.map(event => event.json).join(',')}]`
  const values = [streamId, expectedRevision, json, events.map(event => event.id)]
  let outcome = await run(client, values)
  // Another writer took the same revision after our snapshot and has committed: a new snapshot shows what it wrote.
  if (outcome === 'outrun') outcome = await run(client, values)
  if (outcome === 'outrun') throw new Error(`an append to ${streamId} was outrun by one that cannot be seen`)

  const { actual, written } = outcome
  const known = new Map(outcome.known)
  const last = events.at(-1)
  if (last && written === events.length) return { revision: expectedRevision + written, duplicate: false }
  const original = last && known.get(last.id)
  if (original !== undefined && known.size === events.length) return { revision: original, duplicate: true }
  if (known.size > 0) throw mixedIds(streamId)
  if (actual !== expectedRevision) throw new RevisionConflict(streamId, expectedRevision, actual)
  return { revision: actual, duplicate: false }
}
