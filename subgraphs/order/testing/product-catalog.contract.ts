import { Fault } from '@mercato/shared-kernel/application'
import { describe, expect, it } from 'vitest'
import { MOST_QUOTED, type ProductCatalog, type QuoteLine } from '#application/ports.ts'

/** What the other context answers; tests let it answer anything. */
export type Answering = (lines: readonly QuoteLine[]) => Promise<unknown>

export interface OpenedCatalog extends AsyncDisposable {
  readonly catalog: ProductCatalog
  /** Takes the other context away for good. */
  leave(): Promise<void>
}

const MUG = '018f0000-0000-7000-8000-00000000000a'
const LAMP = '018f0000-0000-7000-8000-00000000000c'

const shelf = [
  {
    productId: MUG,
    sku: 'MUG-1',
    name: 'Mug “Grün” ☕',
    unitPrice: { amount: 1_000, currency: 'EUR' },
    weightGrams: 400,
    available: 10,
  },
  {
    productId: LAMP,
    sku: 'LAMP-1',
    name: 'Lamp',
    unitPrice: { amount: 99_999_999_999, currency: 'JPY' },
    weightGrams: 1_000_000,
    available: 0,
  },
]

const isWanted = (line: QuoteLine) => (each: { productId: string; sku: string }) =>
  'productId' in line ? each.productId === line.productId : each.sku === line.sku

const sell: Answering = async lines => ({
  lines: lines.flatMap(line => shelf.filter(isWanted(line))),
  missing: lines.filter(line => !shelf.some(isWanted(line))),
})

const asker = (leftMs = 5_000) => ({ deadline: Date.now() + leftMs, correlationId: 'c-1' })
const codeOf = (error: unknown): unknown => (error instanceof Fault ? error.code : error)

/** What the port promises, whatever lies between it and the other context. */
export const productCatalogContract = (name: string, open: (answer: Answering) => Promise<OpenedCatalog>): void => {
  describe(`a product catalogue ${name}`, () => {
    /** The catalogue in front of `answer`, and what was asked of it. */
    const opened = async (answer: Answering) => {
      const asked: (readonly QuoteLine[])[] = []
      const { catalog, ...rest } = await open(lines => {
        asked.push(lines)
        return answer(lines)
      })
      const quote = (lines: readonly QuoteLine[], leftMs?: number) => catalog.quote(lines, asker(leftMs))
      const refusal = (lines: readonly QuoteLine[] = [{ sku: 'MUG-1', quantity: 1 }], leftMs?: number) =>
        quote(lines, leftMs).then(() => 'answered', codeOf)
      return { asked, quote, refusal, ...rest }
    }

    it('quotes products by either name, exactly as they are sold', async () => {
      await using shop = await opened(sell)
      const lines = [
        { sku: 'LAMP-1', quantity: 1_000 },
        { productId: MUG, quantity: 2 },
      ]
      expect(await shop.quote(lines)).toEqual([shelf[1], shelf[0]])
      expect(shop.asked).toEqual([lines])
    })

    it('leaves out what is unknown or not for sale', async () => {
      await using shop = await opened(sell)
      expect(
        await shop.quote([
          { sku: 'NOBODY-SELLS-THIS', quantity: 1 },
          { productId: MUG, quantity: 1 },
          { productId: '', quantity: 1 },
        ]),
      ).toEqual([shelf[0]])
      expect(await shop.quote([{ productId: LAMP.replace('c', 'd'), quantity: 1 }])).toEqual([])
    })

    it('answers no lines with none, unasked', async () => {
      await using shop = await opened(sell)
      expect(await shop.quote([])).toEqual([])
      expect(shop.asked).toEqual([])
    })

    it('quotes long lists and refuses longer ones, unasked', async () => {
      await using shop = await opened(sell)
      const wish = { productId: MUG, quantity: 1 }
      expect(await shop.quote(Array.from({ length: MOST_QUOTED }, () => wish))).toHaveLength(MOST_QUOTED)
      expect(await shop.refusal(Array.from({ length: MOST_QUOTED + 1 }, () => wish))).toBe('BAD_USER_INPUT')
      expect(shop.asked).toHaveLength(1)
    })

    it('answers askers in parallel, each their own', async () => {
      await using shop = await opened(sell)
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => shop.quote([{ sku: shelf[index % 2]?.sku ?? '', quantity: 1 }])),
      )
      expect(answers).toEqual(Array.from({ length: 40 }, (_, index) => [shelf[index % 2]]))
    })

    it('rejects with TIMEOUT when there is no answer by the deadline', async () => {
      await using shop = await opened(() => new Promise(() => undefined))
      const began = performance.now()
      expect(await shop.refusal(undefined, 60)).toBe('TIMEOUT')
      expect(performance.now() - began).toBeGreaterThanOrEqual(50)
    })

    it('rejects with TIMEOUT, unasked, when the deadline has passed', async () => {
      await using shop = await opened(sell)
      expect(await shop.refusal(undefined, 0)).toBe('TIMEOUT')
      expect(await shop.refusal(undefined, -5_000)).toBe('TIMEOUT')
      expect(shop.asked).toEqual([])
    })

    it('rejects with SERVICE_UNAVAILABLE when the other context fails, and tells nobody how', async () => {
      let broken = true
      await using shop = await opened(async lines => {
        if (broken) throw new Error('host 10.0.0.7 is gone')
        return sell(lines)
      })
      const error = await shop.quote([{ sku: 'MUG-1', quantity: 1 }]).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
      expect(String(error)).not.toContain('10.0.0.7')
      broken = false
      expect(await shop.quote([{ sku: 'MUG-1', quantity: 1 }])).toEqual([shelf[0]])
    })

    const [mug] = shelf
    const nonsense: [string, unknown][] = [
      ['no object', 'nonsense'],
      ['no list', { lines: 'MUG-1' }],
      ['a product without a name', { lines: [{ ...mug, name: undefined }] }],
      ['a product without an id', { lines: [{ ...mug, productId: '' }] }],
      ['a product without a price', { lines: [{ ...mug, unitPrice: undefined }] }],
      ['a negative price', { lines: [{ ...mug, unitPrice: { amount: -1, currency: 'EUR' } }] }],
      ['a price in shells', { lines: [{ ...mug, unitPrice: { amount: 1, currency: 'SHL' } }] }],
      ['a price beyond counting', { lines: [{ ...mug, unitPrice: { amount: 2 ** 60, currency: 'EUR' } }] }],
      ['fewer than no pieces', { lines: [{ ...mug, available: -1 }] }],
      ['a weight below nothing', { lines: [{ ...mug, weightGrams: -1 }] }],
    ]
    it.each(nonsense)('rejects with SERVICE_UNAVAILABLE when the answer makes no sense: %s', async (_what, answer) => {
      await using shop = await opened(async () => answer)
      expect(await shop.refusal()).toBe('SERVICE_UNAVAILABLE')
    })

    it('rejects with SERVICE_UNAVAILABLE when the other context is not there any more', async () => {
      await using shop = await opened(sell)
      expect(await shop.quote([{ sku: 'MUG-1', quantity: 1 }])).toEqual([shelf[0]])
      await shop.leave()
      expect(await shop.refusal()).toBe('SERVICE_UNAVAILABLE')
      expect(shop.asked).toHaveLength(1)
    })
  })
}
