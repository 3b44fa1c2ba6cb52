import { describe, expect, it } from 'vitest'
import { createKeyCache } from './key-cache.ts'

const KEY = new Uint8Array([1])

describe('key cache', () => {
  it('gives a key until its time is over', () => {
    let now = 0
    const cache = createKeyCache(10, () => now)
    cache.put('ann', KEY)
    now = 9
    expect(cache.get('ann')).toEqual(KEY)
    now = 10
    expect(cache.get('ann')).toBeUndefined()
  })

  it('keeps nothing with a time of 0', () => {
    const cache = createKeyCache(0, () => 0)
    cache.put('ann', KEY)
    expect(cache.get('ann')).toBeUndefined()
  })

  it('does not take back a destroyed key from a read that was under way', () => {
    const cache = createKeyCache(10, () => 0)
    cache.put('ann', KEY)
    cache.destroy('ann')
    cache.put('ann', KEY)
    expect(cache.get('ann')).toBeUndefined()
  })

  it('holds a bounded number, the latest ones', () => {
    const cache = createKeyCache(10, () => 0)
    for (let person = 0; person <= 10_000; person += 1) cache.put(`person-${person}`, KEY)
    expect(cache.get('person-0')).toBeUndefined()
    expect(cache.get('person-1')).toEqual(KEY)
    expect(cache.get('person-10000')).toEqual(KEY)
  })
})
