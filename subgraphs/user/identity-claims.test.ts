import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import type { CommandContext } from '@mercato/shared-kernel/application'
import { beforeEach, describe, expect, it } from 'vitest'
import { createAggregates, type Users } from './application/aggregates.ts'
import { createIdentityClaims, type IdentityClaims } from './application/identity-claims.ts'
import { createUserCodec } from './infrastructure/event-codec.ts'
import { createKeyedHash } from './infrastructure/subkey.ts'

let ports: ReturnType<typeof createMemoryPorts>
let users: Users
let identities: IdentityClaims
beforeEach(() => {
  ports = createMemoryPorts()
  users = createAggregates(ports, createUserCodec(ports.vault)).users
  identities = createIdentityClaims({ claims: ports.claims, users, keyedHash: createKeyedHash(ports.secret) })
})

const START = Date.parse('2026-01-01T00:00:00Z')
const contextAt = (seconds: number): CommandContext => {
  const commandId = ports.ids.next()
  const now = new Date(START + seconds * 1_000)
  return { actor: { kind: 'system', id: 'test' }, commandId, correlationId: commandId, now }
}
const ann = { email: 'ann@example.com', username: 'ann' }
const register = async (userId: string, seconds: number) => {
  const now = new Date(START + seconds * 1_000).toISOString()
  const link = { id: ports.ids.next(), requestedAt: now, expiresAt: now }
  return users.handle(userId, { type: 'RegisterUser', data: { userId, ...ann, link, now } }, contextAt(seconds))
}
const codeOfTaking = async (seconds: number) => (await identities.take(ports.ids.next(), ann, contextAt(seconds)))?.code

describe('claims on an address and a user name', () => {
  it('are granted again to the account that holds them', async () => {
    const userId = ports.ids.next()
    for (let times = 0; times < 2; times++) expect(await identities.take(userId, ann, contextAt(0))).toBeUndefined()
    expect(await identities.ownerOf('ANN@example.com')).toBe(userId)
  })

  it('keep nothing that can be read', async () => {
    await identities.take(ports.ids.next(), ann, contextAt(0))
    const pending = await ports.claims.expired(new Date(START + 60_000), 10)
    expect(pending).toHaveLength(2)
    expect(JSON.stringify(pending)).not.toContain('ann')
  })

  it('are final once the account exists, confirmed or not', async () => {
    const userId = ports.ids.next()
    await identities.take(userId, ann, contextAt(0))
    await register(userId, 1)
    expect(await codeOfTaking(60)).toBe('USER.EMAIL_TAKEN')
    expect(await identities.ownerOf(ann.email)).toBe(userId)
  })

  it('keep a registration out that comes after they were given to somebody else', async () => {
    const [late, quick] = [ports.ids.next(), ports.ids.next()]
    await identities.take(late, ann, contextAt(0))
    expect(await identities.take(quick, ann, contextAt(31))).toBeUndefined()
    expect((await register(late, 32)).rejection?.code).toBe('USER.REGISTRATION_EXPIRED')
    expect(await identities.ownerOf(ann.email)).toBe(quick)
  })

  it('are settled in the background: final with an account, free without', async () => {
    const [there, gone] = [ports.ids.next(), ports.ids.next()]
    await identities.take(there, ann, contextAt(0))
    await register(there, 1)
    await identities.take(gone, { email: 'bob@example.com', username: 'bob' }, contextAt(0))
    await identities.settleExpired(contextAt(29))
    expect(await ports.claims.expired(new Date(START + 60_000), 10)).toHaveLength(4)
    await identities.settleExpired(contextAt(31))
    expect(await ports.claims.expired(new Date(START + 60_000), 10)).toEqual([])
    expect(await identities.ownerOf(ann.email)).toBe(there)
    expect(await identities.ownerOf('bob@example.com')).toBeUndefined()
  })

  it('of an erased person are the user name alone', async () => {
    const userId = ports.ids.next()
    await identities.take(userId, ann, contextAt(0))
    await register(userId, 1)
    await users.handle(userId, { type: 'EraseUser', data: { now: new Date(START).toISOString() } }, contextAt(2))
    await identities.settleExpired(contextAt(31))
    expect(await identities.ownerOf(ann.email)).toBeUndefined()
    expect(await codeOfTaking(60)).toBe('USER.USERNAME_TAKEN')
  })
})
