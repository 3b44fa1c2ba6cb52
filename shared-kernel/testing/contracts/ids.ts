import { describe, expect, it } from 'vitest'
import type { Ids } from '#application/ports/environment.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const NAMESPACE = '01970000-0000-7000-8000-000000000000'

/** What every {@link Ids} adapter keeps. */
export const idsContract = (adapter: string, create: () => Ids): void => {
  describe(`Ids contract: ${adapter}`, () => {
    it('gives new UUIDv7, none twice, in the order of asking', () => {
      const ids = create()
      const given = Array.from({ length: 5_000 }, () => ids.next())
      for (const id of given) expect(UUID.exec(id)?.[1]).toBe('7')
      expect(new Set(given).size).toBe(given.length)
      expect(given.toSorted()).toEqual(given)
    })

    it('derives the same UUIDv5 from the same namespace and name, in every instance', () => {
      const derived = create().derive(NAMESPACE, '0')
      expect(UUID.exec(derived)?.[1]).toBe('5')
      expect(create().derive(NAMESPACE, '0')).toBe(derived)
      expect(create().derive(NAMESPACE.toUpperCase(), '0')).toBe(derived)
    })

    it('derives another id from another name or namespace, which may be any text', () => {
      const ids = create()
      const pairs = [
        [NAMESPACE, '0'],
        [NAMESPACE, '1'],
        [NAMESPACE, ''],
        [ids.derive(NAMESPACE, '0'), '0'],
        ['mercato.sku', 'MUG-1'],
        ['mercato.sk', 'uMUG-1'],
        ['', 'é\u0000'],
      ] as const
      expect(new Set(pairs.map(([namespace, name]) => ids.derive(namespace, name))).size).toBe(pairs.length)
    })
  })
}
