import { same } from './expectations.ts'
import { colleague, createStage, newBuyer, onAnotherDevice, type Person, stranger } from './people.ts'
import { cancelled } from './scenes/cancelled.ts'
import { declined } from './scenes/declined.ts'
import { delivered } from './scenes/delivered.ts'
import { lastUnit } from './scenes/last-unit.ts'
import { gather, returned } from './scenes/returned.ts'
import { twoDevices } from './scenes/two-devices.ts'
import { fillShelf, ledgerOf } from './warehouse.ts'

export interface JourneyOptions {
  /** The edge to play against. */
  readonly url: string
  readonly apiKey: string
  /** Where mail is found; `/dev/mailbox` of the edge when absent. */
  readonly mailbox?: string
  /** How long anything may take that the journey waits for, in milliseconds; 20 s when absent. */
  readonly patienceMs?: number
  /** Gets a line at a time, as things happen. */
  readonly print: (line: string) => void
}

/** What went wrong first: tidying up fails, too, when nobody answers any more. */
const firstOf = (error: unknown): unknown => (error instanceof SuppressedError ? firstOf(error.suppressed) : error)

/**
 * Plays buyers against a running Mercato, through its edge alone, and checks everything they see. It brings its own
 * people and products, so it can be repeated. @throws Error that says what is off
 */
export const runJourney = async (options: JourneyOptions): Promise<void> => {
  try {
    await play(options)
  } catch (error) {
    throw firstOf(error)
  }
}

const play = async (options: JourneyOptions): Promise<void> => {
  const began = performance.now()
  const stage = createStage(options)
  const { narrator, tag } = stage
  await using people = new AsyncDisposableStack()
  const enter = async (name: string): Promise<Person> => people.use(await newBuyer(stage, name))

  narrator.chapter('Before the shop opens')
  const mara = people.use(await colleague(stage, 'Mara', 'merchandiser@mercato.local'))
  const teapots = people.use(
    await fillShelf(mara, { sku: `POT-${tag}`.toUpperCase(), name: `Teapot ${tag}`, price: '34.90', pieces: 5 }),
  )
  const lastPan = people.use(
    await fillShelf(mara, { sku: `PAN-${tag}`.toUpperCase(), name: `Copper pan ${tag}`, price: '189.00', pieces: 1 }),
  )

  const cups = people.use(
    await fillShelf(mara, { sku: `CUP-${tag}`.toUpperCase(), name: `Cup ${tag}`, price: '7.50', pieces: 3 }),
  )

  narrator.chapter('Ada buys, and it arrives')
  const ada = await enter('Ada')
  await delivered(ada, mara, teapots)

  narrator.chapter('Bob’s card is declined')
  await declined(await enter('Bob'), teapots)

  narrator.chapter('Cleo and Ada want the last pan')
  await lastUnit([await enter('Cleo'), ada], lastPan)

  narrator.chapter('Dan changes his mind')
  await cancelled(await enter('Dan'), mara, teapots)

  narrator.chapter('Eve gathers as a guest, gets two parcels, and sends one piece back')
  const guest = people.use(stranger(stage, 'Eve'))
  const guestToken = await gather(guest, cups)
  await returned(await enter('Eve'), mara, cups, guestToken)

  narrator.chapter('Finn has two devices')
  const finn = await enter('Finn')
  await twoDevices(finn, people.use(await onAnotherDevice(stage, finn)))

  narrator.chapter('After closing time')
  same(
    await ledgerOf(mara, teapots.product.sku),
    ['RECEIVED 5', 'RESERVED 2', 'SHIPPED 2', 'RESERVED 1', 'RELEASED 1', 'RESERVED 2', 'RELEASED 2'],
    'The ledger of the teapots',
  )
  same(
    await ledgerOf(mara, cups.product.sku),
    ['RECEIVED 3', 'RESERVED 3', 'SHIPPED 1', 'SHIPPED 2', 'RESTOCKED 1'],
    'The ledger of the cups',
  )
  mara.tells('finds every movement of teapots and cups in the ledger')
  narrator.chapter(`All as it should be, in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
}
