import { availableParallelism } from 'node:os'
import { watchHashing } from '@mercato/adapters/testing/watch-hashing'
import { describe, expect, it } from 'vitest'
import { createArgon2Hasher } from './password-hasher.ts'

const PASSWORD = 'correct horse battery staple'

describe('the hash of a password', () => {
  it('says how it was made: argon2id, 19 MiB, two passes, one lane', async () => {
    expect(await createArgon2Hasher().hash(PASSWORD)).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    )
  })

  it('fits its password only, and has its own salt', async () => {
    const hasher = createArgon2Hasher()
    const hash = await hasher.hash(PASSWORD)
    expect(await hasher.verify(hash, PASSWORD)).toBe(true)
    expect(await hasher.verify(hash, `${PASSWORD} `)).toBe(false)
    expect(await hasher.hash(PASSWORD)).not.toBe(hash)
  })

  it('verifies one that another implementation made', async () => {
    // argon2-cffi 25, with the salt "somesaltsomesalt"
    const hash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$ISO7kkvFzh19GM8qB7patN3C3Y9HHsjlVTfEZ9T600Y'
    expect(await createArgon2Hasher().verify(hash, PASSWORD)).toBe(true)
  })

  it('is never right when there is none', async () => {
    expect(await createArgon2Hasher().verify(undefined, PASSWORD)).toBe(false)
  })

  it('throws for what is no hash, instead of saying no', async () => {
    await expect(createArgon2Hasher().verify('plain text', PASSWORD)).rejects.toThrow('no argon2id hash')
  })
})

describe('hashing', () => {
  it('runs a few at a time; when too many wait, the next is refused with a code', async () => {
    const hasher = createArgon2Hasher({ width: 1, depth: 2 })
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash(PASSWORD)))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(results[4]).toMatchObject({ reason: { code: 'RATE_LIMITED', retryable: true } })
    expect(await hasher.verify(undefined, PASSWORD)).toBe(false)
  })

  it('leaves one processor to everything else', async () => {
    using hashing = watchHashing()
    const hasher = createArgon2Hasher()
    await Promise.all(Array.from({ length: availableParallelism() + 3 }, () => hasher.hash(PASSWORD)))
    expect([hashing.most(), hashing.done()]).toEqual([
      Math.max(1, availableParallelism() - 1),
      availableParallelism() + 3,
    ])
  })

  it('goes on after one that failed', async () => {
    const hasher = createArgon2Hasher({ width: 1, depth: 2 })
    const [failed, hash] = await Promise.allSettled([hasher.verify('plain text', PASSWORD), hasher.hash(PASSWORD)])
    expect([failed.status, hash.status]).toEqual(['rejected', 'fulfilled'])
  })
})
