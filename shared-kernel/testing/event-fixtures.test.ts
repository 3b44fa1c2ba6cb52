import { describe, expect, it } from 'vitest'
import { missingFixtures } from './event-fixtures.ts'

describe('fixtures of events', () => {
  const schemas = { Opened: { version: 1 }, Renamed: { version: 3 } }
  const all = ['Opened.v1.json', 'Renamed.v1.json', 'Renamed.v2.json', 'Renamed.v3.json']

  it('are all there when every type has one for every version', () => {
    expect(missingFixtures(schemas, all)).toEqual([])
    expect(missingFixtures(schemas, [...all, 'Closed.v1.json'])).toEqual([])
  })
  it.each(all)('are missed: %s', gone => {
    expect(
      missingFixtures(
        schemas,
        all.filter(name => name !== gone),
      ),
    ).toEqual([gone])
  })
  it('are missed for a version that is new, and for a type that is new', () => {
    expect(missingFixtures({ ...schemas, Opened: { version: 2 } }, all)).toEqual(['Opened.v2.json'])
    expect(missingFixtures({ ...schemas, Closed: { version: 1 } }, all)).toEqual(['Closed.v1.json'])
  })
})
