import { afterEach, describe, expect, it } from 'vitest'
import { createAggregates } from './application/aggregates.ts'
import { createSigningKeyRing } from './application/signing-key-ring.ts'
import { createAccessTokens } from './infrastructure/access-tokens.ts'
import { createUserCodec } from './infrastructure/event-codec.ts'
import { openUserContext, type UserContext } from './testing.ts'

const MINUTE = 60_000
const DAY = 86_400_000

let shop: UserContext
afterEach(() => shop[Symbol.asyncDispose]())

/** A ring over the same log, as another process would have. */
const anotherRing = () => {
  const { ports, clock } = shop
  const { keyRing } = createAggregates(ports, createUserCodec(ports.vault))
  const tokens = createAccessTokens({ issuer: 'i', audience: 'a', lifetimeMs: 10 * MINUTE })
  return createSigningKeyRing({ keyRing, tokens, clock, ids: ports.ids, periodMs: 30 * DAY })
}
const kids = async () => (await shop.subgraph.jwks()).keys.map(key => String(key['kid']))

describe('the keys that sign access tokens', () => {
  it('are published without their private halves, over HTTP too', async () => {
    shop = await openUserContext()
    const response = await shop.subgraph.fetch(new Request('http://user/.well-known/jwks.json'))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=450')
    const { keys } = await response.json()
    expect(keys).toEqual((await shop.subgraph.jwks()).keys)
    expect(keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), alg: 'EdDSA', use: 'sig', kid: expect.any(String) },
    ])
  })

  it('lie sealed in the log', async () => {
    shop = await openUserContext()
    const added = (await shop.log()).filter(({ type }) => type === 'SigningKeyAdded')
    expect(added).toHaveLength(1)
    expect(added[0]?.data).toMatchObject({ privateJwk: { $sealed: expect.any(String) } })
  })

  it('are the same in every process, also when ten start at once', async () => {
    shop = await openUserContext()
    const rings = Array.from({ length: 10 }, anotherRing)
    const signers = await Promise.all(rings.map(ring => ring.signer()))
    expect(new Set([...signers.map(({ keyId }) => keyId), ...(await kids())]).size).toBe(1)
  })

  it('are rotated: published before they sign, and after they stopped; then destroyed', async () => {
    shop = await openUserContext()
    await shop.register('ann')
    const ring = anotherRing()
    const [old = ''] = await kids()

    shop.clock.advance(30 * DAY)
    await ring.rotate()
    shop.clock.advance(MINUTE)
    const [, fresh = ''] = await kids()
    expect(await kids()).toEqual([old, fresh])
    shop.clock.advance(9 * MINUTE)
    expect((await ring.signer()).keyId).toBe(old)
    const before = await shop.signIn('ann')

    shop.clock.advance(5 * MINUTE)
    expect((await ring.signer()).keyId).toBe(fresh)
    expect((await shop.viewerFrom(before.accessToken)).user?.sessionId).toBe(before.id)

    shop.clock.advance(24 * MINUTE)
    await ring.rotate()
    expect(await kids()).toEqual([old, fresh])
    shop.clock.advance(MINUTE)
    await ring.rotate()
    shop.clock.advance(MINUTE)
    expect(await kids()).toEqual([fresh])
    await expect.poll(() => shop.ports.vault.find(old)).toBeUndefined()
    expect((await shop.signIn('ann')).viewer.user).toBeDefined()
  })

  it('are rotated once by many processes', async () => {
    shop = await openUserContext()
    shop.clock.advance(30 * DAY)
    await Promise.all(Array.from({ length: 10 }, () => anotherRing().rotate()))
    expect((await shop.log()).filter(({ type }) => type === 'SigningKeyAdded')).toHaveLength(2)
  })
})
