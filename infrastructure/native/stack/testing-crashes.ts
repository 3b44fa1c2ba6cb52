import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { type Moment, watchServer } from '../process/watched-server.ts'
import type { Stack } from '../stack.ts'
import { replaceContext, settingsOf } from './testing-replacement.ts'

/** The one process of a context, whose conversation with its database we can end with its life. */
export interface MortalContext extends AsyncDisposable {
  /** `kill -9` when it appends an event of this type next, then starts it again; resolves when it is ready. */
  dieAt(type: string, moment: Moment): Promise<void>
}

/** Runs a context in the place of its processes in the stack. */
export const runMortal = async (stack: Stack, context: string): Promise<MortalContext> => {
  await using opening = new AsyncDisposableStack()
  const database = new URL(settingsOf(stack, context)['DATABASE_URL'] ?? '')
  const watched = opening.use(await watchServer(Number(database.port)))
  database.port = String(watched.port)
  const mortal = opening.use(await replaceContext(stack, context, { DATABASE_URL: database.href }))
  const opened = opening.move()
  return {
    async dieAt(type, moment) {
      await new Promise<void>(resolve =>
        watched.stopAt(`"type":"${type}"`, moment, () => {
          process.kill(mortal.pid(), 'SIGKILL')
          resolve()
        }),
      )
      await mortal.restart()
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const ABOUT = `select type, command_id as command from events where stream_id like '%' || $1 or data->>'orderId' = $1
  order by xid, position`

/** Every event of an order in the logs of three contexts, in the order of each log; one command's events are neighbours. */
export const eventsAbout = async (
  { engines }: Pick<Stack, 'engines'>,
  orderId: string,
): Promise<readonly { readonly context: string; readonly type: string; readonly command: string }[]> => {
  const contexts = ['order', 'inventory', 'payment']
  const found = await Promise.all(
    contexts.map(async context => {
      const client = new Client({ connectionString: engines.postgres.url(context) })
      await client.connect()
      const { rows } = await client.query<{ type: string; command: string }>(ABOUT, [orderId])
      await client.end()
      return rows.map(row => ({ context, ...row }))
    }),
  )
  return found.flat()
}

/** The same, once nothing has come for a second. */
export const eventsAtRest = async (stack: Pick<Stack, 'engines'>, orderId: string) => {
  for (let before = await eventsAbout(stack, orderId); ; ) {
    await delay(1_000)
    const now = await eventsAbout(stack, orderId)
    if (now.length === before.length) return now
    before = now
  }
}

/** What the logs hold about an order: how often each type of event, by context. */
export type Traces = Readonly<Record<string, number>>

/** A saga asks again when an answer is late, and a reservation then answers again; what was asked for shall happen once. */
const mayRepeat = (name: string): boolean =>
  /^order\.\w+Requested$|^inventory\.(Reservation\w+|ShipmentCommitted)$/.test(name)

export const tracesOf = (events: Awaited<ReturnType<typeof eventsAbout>>): Traces => {
  const counted = Map.groupBy(events, ({ context, type }) => `${context}.${type}`)
  const times = [...counted].map(([name, all]) => [name, mayRepeat(name) ? 1 : all.length] as const)
  return Object.fromEntries(times.toSorted())
}
