import { createHmac } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUDIENCE, ISSUER, issueToken, type OpenGateway, openGateway, PUBLIC_JWK } from '../testing/open-gateway.ts'
import { TRANSPORTS } from '../testing/transports.ts'

let gate: OpenGateway
beforeAll(async () => {
  gate = await openGateway()
})
afterAll(async () => gate[Symbol.asyncDispose]())

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = () => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: '1',
  sid: 's1',
  iat: Date.now() / 1_000,
  exp: Date.now() / 1_000 + 600,
})
const ask = async (token: string) => gate.ask('{ person(id: "1") { name email } }', { token })
const seconds = () => Date.now() / 1_000

describe('an access token', () => {
  it('is accepted when it is ours', async () => {
    expect((await ask(await issueToken())).body.data.person.email).toBe('ada@example.com')
  })

  it('may be signed with ES256', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
    const key = { ...(await exportJWK(publicKey)), kid: 'es', alg: 'ES256' }
    await using other = await openGateway({ jwks: async () => ({ keys: [key] }) })
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'ES256', kid: 'es', typ: 'at+jwt' })
      .sign(privateKey)
    expect((await other.ask('{ person(id: "1") { email } }', { token })).body.errors).toBeUndefined()
  })

  const publicKeyAsSecret = Buffer.from(PUBLIC_JWK.x ?? '', 'base64url')
  const hs256 = (): string => {
    const text = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: 'k1' })}.${encode(claims())}`
    return `${text}.${createHmac('sha256', publicKeyAsSecret).update(text).digest('base64url')}`
  }

  it.each<[string, () => Promise<string> | string]>([
    ['algorithm none', () => `${encode({ alg: 'none', typ: 'at+jwt', kid: 'k1' })}.${encode(claims())}.`],
    ['HS256 with the public key', hs256],
    [
      'another key under our key id',
      async () => issueToken({}, {}, (await generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey),
    ],
    ['an expired one', () => issueToken({ iat: seconds() - 700, exp: seconds() - 60 })],
    ['one that is not yet valid', () => issueToken({ nbf: seconds() + 60 })],
    ['one issued in the future', () => issueToken({ iat: seconds() + 60 })],
    ['another audience', () => issueToken({ aud: 'elsewhere' })],
    ['another issuer', () => issueToken({ iss: 'https://elsewhere' })],
    ['another type', () => issueToken({}, { typ: 'JWT' })],
    ['an unknown key id', () => issueToken({}, { kid: 'k9' })],
    ['no session', () => issueToken({ sid: undefined })],
    ['no subject', () => issueToken({ sub: '' })],
    ['8 KB', () => issueToken({ scope: 'x'.repeat(9_000) })],
    [
      'a tampered payload',
      async () => (await issueToken()).replace(/\.[^.]+\./, `.${encode({ ...claims(), scope: 'admin' })}.`),
    ],
    ['no token at all', () => 'nonsense'],
  ])('is refused with 401 and one constant message, over WebSocket with 4403: %s', async (_, make) => {
    const token = await make()
    const { status, body } = await ask(token)
    expect(status).toBe(401)
    expect(body).toEqual({
      errors: [
        {
          message: 'This access token is not accepted. Sign in again.',
          extensions: { code: 'UNAUTHENTICATED', retryable: false, correlationId: expect.any(String) },
        },
      ],
    })
    const request = { query: 'subscription { secretly { cursor } }' }
    expect((await TRANSPORTS.SSE(gate, request, token)).errors?.[0].message).toBe(body.errors[0].message)
    await expect(TRANSPORTS.WebSocket(gate, request, token)).rejects.toMatchObject({ code: 4403 })
    expect(gate.graph.seen.queries.filter(({ query }) => query.includes('secretly'))).toEqual([])
  })

  it('is refused when it comes as anything but a bearer token', async () => {
    const { status } = await gate.ask('{ __typename }', { headers: { authorization: 'Basic YTpi' } })
    expect(status).toBe(401)
  })

  it('is not blamed when the keys of its issuer cannot be read', async () => {
    let there = false
    const jwks = async () => {
      if (!there) throw new Error('no answer')
      return { keys: [PUBLIC_JWK] }
    }
    await using cut = await openGateway({ jwks })
    const token = await issueToken()
    const { status, body } = await cut.ask('{ __typename }', { token })
    expect(status).toBe(503)
    expect(body.errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true } }])
    const request = { query: 'subscription { secretly { cursor } }' }
    await expect(TRANSPORTS.WebSocket(cut, request, token)).rejects.toMatchObject({ code: 1013 })
    there = true
    expect((await cut.ask('{ __typename }', { token })).status).toBe(200)
  })

  it('is verified with a key that came after the start', async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    const keys = [PUBLIC_JWK]
    let at = Date.now()
    await using rotating = await openGateway({ jwks: async () => ({ keys }), clock: { now: () => new Date(at) } })
    expect((await rotating.ask('{ __typename }', { token: await issueToken() })).status).toBe(200)
    const token = await issueToken({}, { kid: 'k2' }, privateKey)
    expect((await rotating.ask('{ __typename }', { token })).status).toBe(401)
    keys.push({ ...(await exportJWK(publicKey)), kid: 'k2', alg: 'EdDSA', use: 'sig' })
    at += 6_000
    expect((await rotating.ask('{ __typename }', { token })).status).toBe(200)
  })
})

describe('a revoked access token', () => {
  const iso = (ms: number) => new Date(ms).toISOString()

  it.each([
    ['its roles changed', 'user.RolesChanged', () => ({ userId: '1', rolesChangedAt: iso(Date.now()), roles: [] })],
    ['its session was revoked', 'user.SessionsRevoked', () => ({ userId: '1', sessionId: 's1', at: iso(Date.now()) })],
    [
      'its person signed out everywhere',
      'user.SessionsRevoked',
      () => ({ userId: '1', all: true, at: iso(Date.now()) }),
    ],
    ['its person was deactivated', 'user.UserDeactivated', () => ({ userId: '1', at: iso(Date.now()) })],
  ])('is refused once %s', async (_, type, data) => {
    await using fresh = await openGateway()
    const token = await issueToken({ iat: seconds() - 1 })
    const others = await issueToken({ sub: '2', sid: 's2', iat: seconds() - 1 })
    expect((await fresh.ask('{ __typename }', { token })).status).toBe(200)
    await fresh.publish(type, data())
    await expect.poll(async () => (await fresh.ask('{ __typename }', { token })).status, { timeout: 2_000 }).toBe(401)
    expect((await fresh.ask('{ __typename }', { token: others })).status).toBe(200)
    const later = await issueToken({ iat: seconds() + 0.005, sid: 's3' })
    expect((await fresh.ask('{ __typename }', { token: later })).status).toBe(200)
  })
})
