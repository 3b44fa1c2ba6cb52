import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { type AppendResult, NO_STREAM } from '@mercato/shared-kernel/application'
import { createPool } from '../../postgres/pool.ts'
import { createPostgresEventStore } from '../postgres.ts'
import { type Acknowledgement, durableEvents } from './durable-events.ts'

/**
 * A process that appends until it is killed, and writes a line to its standard output for every append that was
 * acknowledged, before it starts the next one. Arguments: connection string, a name for its streams.
 */
const [url = '', name = ''] = process.argv.slice(2)
const pool = createPool({ url, applicationName: 'append-forever', onError: () => process.exit(1) })
const store = createPostgresEventStore({ pool, logger: console })

// It will be killed, and the next one shall start sooner.
flushCompileCache()

/** A busy server may let one wait for longer than an append does; one that is gone refuses every time, and ends this. */
const insist = async (append: () => Promise<AppendResult>): Promise<AppendResult> => {
  for (let tried = 1; ; tried++)
    try {
      return await append()
    } catch (error) {
      if (tried === 5) throw error
    }
}

const write = async (stream: string): Promise<never> => {
  for (let expected = NO_STREAM; ; ) {
    const events = durableEvents(stream, expected)
    const { revision } = await insist(() => store.append(stream, expected, events))
    const line: Acknowledgement = { stream, revision, ids: events.map(event => event.id) }
    writeSync(1, `${JSON.stringify(line)}\n`)
    expected = revision
  }
}

await Promise.all(Array.from({ length: 4 }, (_, n) => write(`test.Durable-${name}-${n}`)))
