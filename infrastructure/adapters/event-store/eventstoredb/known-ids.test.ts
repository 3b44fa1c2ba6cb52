import { describe, expect, it } from 'vitest'
import { createKnownIds } from './known-ids.ts'

const fill = (known: ReturnType<typeof createKnownIds>, stream: string, count: number) => {
  const ids = known.of(stream)
  for (let revision = 0; revision < count; revision++) ids.add(revision, `${stream}-${revision}`)
  return ids
}

describe('known event ids', () => {
  it('are those of the beginning of a stream, without a gap', () => {
    const ids = createKnownIds(10).of('a')
    ids.add(1, 'too early')
    expect([ids.next(), ids.revisionOf('too early')]).toEqual([0, undefined])
    ids.add(0, 'first')
    ids.add(0, 'again')
    ids.add(1, 'second')
    expect([ids.next(), ids.revisionOf('first'), ids.revisionOf('again'), ids.revisionOf('second')]).toEqual([
      2,
      0,
      undefined,
      1,
    ])
  })

  it('are shared by all who ask for a stream', () => {
    const known = createKnownIds(10)
    fill(known, 'a', 2)
    expect(known.of('a').next()).toBe(2)
    expect(known.of('b').next()).toBe(0)
  })

  it('are kept for the streams used last, whole or not at all', () => {
    const known = createKnownIds(6)
    for (const stream of ['a', 'b', 'c']) fill(known, stream, 2)
    known.of('a')
    fill(known, 'd', 2)
    expect(['a', 'b', 'c', 'd'].map(stream => known.of(stream).next())).toEqual([2, 0, 2, 2])
    expect(known.size()).toBe(6)
  })

  it('are kept for the stream in use, however long it is', () => {
    const known = createKnownIds(3)
    fill(known, 'a', 2)
    expect(fill(known, 'b', 50).next()).toBe(50)
    expect(known.of('a').next()).toBe(0)
    expect(known.size()).toBe(50)
  })

  it('do not count once forgotten, though somebody still adds to them', () => {
    const known = createKnownIds(3)
    const forgotten = fill(known, 'a', 2)
    fill(known, 'b', 3)
    forgotten.add(2, 'late')
    expect([forgotten.next(), known.size()]).toEqual([3, 3])
  })
})
