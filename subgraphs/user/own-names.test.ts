import { createMemoryPorts } from '@mercato/adapters/testing/memory-ports'
import type { Claims, Viewer } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYBODY, faultIn, openUserContext, PASSWORD, REGISTER, refusalIn, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const codeOfRegistering = async (email: string, username: string) =>
  refusalIn(await shop.client.query(REGISTER, { input: { email, username, password: PASSWORD } }), 'registerUser')
const signInCode = (email: string) => shop.signInCode(PASSWORD, email)
const rename = (viewer: Viewer, username: string) =>
  shop.doAs(viewer, 'changeUsername', { username }, 'user { id username }')
const ask = (viewer: Viewer, email: string) =>
  shop.doAs(viewer, 'requestEmailChange', { email }, 'user { email pendingEmail }')
const confirm = (token: string) =>
  shop.doAs(ANYBODY, 'confirmEmailChange', { token }, 'user { email emailVerified pendingEmail }')
const NEW = 'anna@example.org'
const CONFIRM = 'Confirm your new e-mail address'

describe('changing one’s user name', () => {
  it('changes it, and shows it to everybody', async () => {
    const { viewer, id } = await shop.signedIn()
    const { data } = await rename(viewer, 'Anna')
    expect(data.changeUsername).toEqual({
      user: { id, username: 'Anna' },
      userErrors: [],
      consistencyToken: expect.any(String),
    })
    expect((await shop.client.query(`{ user(id: "${id}") { username } }`)).data.user.username).toBe('Anna')
  })

  it('lets nobody have the new one, nor pass for them under the former one', async () => {
    const { viewer } = await shop.signedIn()
    await rename(viewer, 'anna')
    expect(await codeOfRegistering('one@example.com', 'ANNA')).toBe('USER.USERNAME_TAKEN')
    expect(await codeOfRegistering('two@example.com', 'ann')).toBe('USER.USERNAME_TAKEN')
  })

  it('refuses one that is taken, and appends nothing', async () => {
    await shop.register('bob')
    const { viewer } = await shop.signedIn()
    await shop.unchanged(async () => {
      for (const name of ['bob', 'BOB'])
        expect(refusalIn(await rename(viewer, name), 'changeUsername')).toBe('USER.USERNAME_TAKEN')
      for (const name of ['', 'a b', 'x'.repeat(10_000), 'a\u0000b'])
        expect(refusalIn(await rename(viewer, name), 'changeUsername')).toBe('USER.USERNAME_INVALID')
    })
  })

  it('lets one of twenty win who want the same name at once', async () => {
    const people: Viewer[] = []
    for (let index = 0; index < 20; index++) people.push((await shop.signedIn(`person-${index}`)).viewer)
    const codes = await Promise.all(
      people.map(async viewer => refusalIn(await rename(viewer, 'wanted'), 'changeUsername')),
    )
    expect(codes.filter(code => code === undefined)).toHaveLength(1)
    expect(codes.filter(code => code === 'USER.USERNAME_TAKEN')).toHaveLength(19)
  })

  it('claims nothing when it is refused anyway', async () => {
    const { viewer } = await shop.signedIn()
    await rename(viewer, 'anna')
    expect(refusalIn(await rename(viewer, 'annette'), 'changeUsername')).toBe('USER.USERNAME_CHANGED_RECENTLY')
    expect(await codeOfRegistering('one@example.com', 'annette')).toBeUndefined()
  })

  it('keeps the name out of the log in the clear', async () => {
    const { viewer } = await shop.signedIn()
    await rename(viewer, 'very-particular')
    expect(JSON.stringify(await shop.log())).not.toContain('very-particular')
  })
})

describe('a name that was claimed for a change that never came', () => {
  it('is free for others after half a minute, and the change comes too late', async () => {
    await shop[Symbol.asyncDispose]()
    const ports = createMemoryPorts()
    const pass: { hold?: Promise<void>; holding?: () => void } = {}
    const claim: Claims['claim'] = async (scope, value, ownerId, expiresAt) => {
      const outcome = await ports.claims.claim(scope, value, ownerId, expiresAt)
      const { hold, holding } = pass
      if (hold) {
        delete pass.hold
        holding?.()
        await hold
      }
      return outcome
    }
    shop = await openUserContext({ ports: { claims: { ...ports.claims, claim } } })
    const { viewer } = await shop.signedIn()
    const held = Promise.withResolvers<void>()
    const holding = Promise.withResolvers<void>()
    Object.assign(pass, { hold: held.promise, holding: holding.resolve })
    const slow = rename(viewer, 'anna')
    await holding.promise
    expect(await codeOfRegistering('quick@example.com', 'anna')).toBe('USER.USERNAME_TAKEN')
    shop.clock.advance(30_001)
    expect(await codeOfRegistering('quick@example.com', 'anna')).toBeUndefined()
    held.resolve()
    expect(refusalIn(await slow, 'changeUsername')).toBe('USER.CHANGE_TOO_LATE')
    expect(await codeOfRegistering('third@example.com', 'anna')).toBe('USER.USERNAME_TAKEN')
    expect(refusalIn(await rename(viewer, 'annette'), 'changeUsername')).toBeUndefined()
  })
})

describe('changing one’s e-mail address', () => {
  it('waits for the link in the new mailbox, and warns the old one', async () => {
    const { viewer } = await shop.signedIn()
    const { data } = await ask(viewer, NEW)
    expect(data.requestEmailChange).toEqual({
      user: { email: 'ann@example.com', pendingEmail: NEW },
      userErrors: [],
      consistencyToken: expect.any(String),
    })
    const token = await shop.mailedToken(NEW, CONFIRM)
    expect(JSON.stringify(await shop.log())).not.toMatch(new RegExp(`${NEW}|${token}`))
    await expect
      .poll(async () => (await shop.mailsTo('ann@example.com'))[0]?.subject)
      .toBe('Your e-mail address is about to change')
    expect(await signInCode(NEW)).toBe('USER.SIGN_IN_REFUSED')

    expect((await confirm(token)).data.confirmEmailChange).toEqual({
      user: { email: NEW, emailVerified: true, pendingEmail: null },
      userErrors: [],
      consistencyToken: expect.any(String),
    })
    expect(await signInCode(NEW)).toBeUndefined()
    expect(await signInCode('ann@example.com')).toBe('USER.SIGN_IN_REFUSED')
    await expect
      .poll(async () => (await shop.mailsTo('ann@example.com'))[0]?.subject)
      .toBe('Your e-mail address was changed')
    expect(refusalIn(await confirm(token), 'confirmEmailChange')).toBeUndefined()
  })

  it('gives the old address back, and keeps the new one', async () => {
    const { viewer } = await shop.signedIn()
    await ask(viewer, NEW)
    await confirm(await shop.mailedToken(NEW, CONFIRM))
    expect(await codeOfRegistering(NEW.toUpperCase(), 'other')).toBe('USER.EMAIL_TAKEN')
    await expect.poll(() => codeOfRegistering('ann@example.com', 'another')).toBeUndefined()
  })

  it('tells only who reads the new mailbox that the address is taken', async () => {
    await shop.client.query(REGISTER, { input: { email: NEW, username: 'anna', password: PASSWORD } })
    const { viewer } = await shop.signedIn()
    expect(refusalIn(await ask(viewer, NEW), 'requestEmailChange')).toBeUndefined()
    const token = await shop.mailedToken(NEW, CONFIRM)
    await shop.unchanged(async () => {
      const answer = await confirm(token)
      expect(answer.data.confirmEmailChange).toEqual({
        user: null,
        userErrors: [{ code: 'USER.EMAIL_TAKEN', field: ['token'] }],
        consistencyToken: null,
      })
    })
  })

  it('lets one of two have an address that both were mailed a link to', async () => {
    const tokens: string[] = []
    for (const name of ['ann', 'bob']) {
      await ask((await shop.signedIn(name)).viewer, NEW)
      tokens.push(await shop.mailedToken(NEW, CONFIRM, tokens.length))
    }
    const codes = await Promise.all(tokens.map(async token => refusalIn(await confirm(token), 'confirmEmailChange')))
    expect(codes.toSorted()).toEqual(['USER.EMAIL_TAKEN', undefined])
  })

  it('needs a sign-in of the last ten minutes', async () => {
    const { viewer } = await shop.signedIn()
    shop.clock.advance(601_000)
    await shop.unchanged(async () => expect(faultIn(await ask(viewer, NEW))).toBe('FORBIDDEN'))
  })

  it('refuses what is no address, the present one, and asking again at once', async () => {
    const { viewer } = await shop.signedIn()
    await shop.unchanged(async () => {
      for (const bad of ['', 'nobody', 'a\u0000@example.com'])
        expect(refusalIn(await ask(viewer, bad), 'requestEmailChange')).toBe('EMAIL.INVALID')
      expect(refusalIn(await ask(viewer, 'ANN@example.com'), 'requestEmailChange')).toBe('USER.EMAIL_UNCHANGED')
    })
    await ask(viewer, NEW)
    expect(refusalIn(await ask(viewer, NEW), 'requestEmailChange')).toBe('USER.MAILED_RECENTLY')
  })

  it('refuses a token of another purpose, an expired or a made-up one', async () => {
    const { viewer } = await shop.signedIn()
    const verification = await shop.mailedToken('ann@example.com', 'Confirm')
    await ask(viewer, NEW)
    const token = await shop.mailedToken(NEW, CONFIRM)
    shop.clock.advance(2 * 86_400_000)
    await shop.unchanged(async () => {
      for (const wrong of [token, verification, '', '\u0000', 'x'.repeat(10_000)])
        expect(refusalIn(await confirm(wrong), 'confirmEmailChange')).toBe('USER.LINK_INVALID')
    })
  })

  it('is forgotten with the person, mailboxes of old included', async () => {
    const { viewer } = await shop.signedIn()
    await ask(viewer, NEW)
    await confirm(await shop.mailedToken(NEW, CONFIRM))
    await expect.poll(async () => (await shop.mailsTo('ann@example.com')).length).toBeGreaterThan(1)
    await shop.doAs(viewer, 'eraseMe', {}, 'user { id }')
    for (const mailbox of [NEW, 'ann@example.com'])
      await expect.poll(async () => (await shop.mailsTo(mailbox)).length).toBe(0)
    await expect.poll(() => codeOfRegistering(NEW, 'somebody-new')).toBeUndefined()
  })
})
