import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANYBODY, faultIn, openUserContext, PASSWORD, REFRESH, refusalIn, type UserContext } from './testing.ts'

let shop: UserContext
beforeEach(async () => {
  shop = await openUserContext()
})
afterEach(() => shop[Symbol.asyncDispose]())

const email = 'ann@example.com'

describe('roles', () => {
  const admin = async () => {
    const [id = ''] = await shop.subgraph.seedUsers([
      { email: 'root@example.com', username: 'root', password: PASSWORD, roles: ['ADMIN'] },
    ])
    return { ...(await shop.signIn('root')), id }
  }

  it('are given by an administrator, are in the next token, and are published', async () => {
    const root = await admin()
    const ann = await shop.signedIn()
    const { data } = await shop.doAs(root.viewer, 'assignRole', { userId: ann.id, role: 'SUPPORT' }, 'user { roles }')
    expect(data.assignRole.user.roles).toEqual(['CUSTOMER', 'SUPPORT'])
    const refreshed = await shop.client.query(REFRESH, { token: ann.refreshToken })
    const viewer = await shop.viewerFrom(refreshed.data.refreshSession.session.accessToken)
    expect(viewer.user?.scopes).toContain('users:read:any')
    expect(viewer.user?.scopes).not.toContain('users:admin')
    await expect
      .poll(() => shop.published.at(-1))
      .toMatchObject({
        type: 'user.RolesChanged',
        data: { userId: ann.id, roles: ['CUSTOMER', 'SUPPORT'], rolesChangedAt: '2026-01-01T00:00:00.000Z' },
      })
  })

  it('are taken, twice without harm', async () => {
    const root = await admin()
    const ann = await shop.signedIn()
    await shop.doAs(root.viewer, 'assignRole', { userId: ann.id, role: 'MERCHANDISER' })
    for (let times = 0; times < 2; times++) {
      const input = { userId: ann.id, role: 'MERCHANDISER' }
      const { data } = await shop.doAs(root.viewer, 'revokeRole', input, 'user { roles }')
      expect(data.revokeRole.user.roles).toEqual(['CUSTOMER'])
    }
    expect((await shop.log()).filter(({ type }) => type === 'RoleRevoked')).toHaveLength(1)
  })

  it('are not given by others, whatever they ask for', async () => {
    const ann = await shop.signedIn()
    await shop.unchanged(async () => {
      for (const field of ['assignRole', 'revokeRole']) {
        const answer = await shop.doAs(ann.viewer, field, { userId: ann.id, role: 'ADMIN' })
        expect(faultIn(answer)).toBe('FORBIDDEN')
        expect(faultIn(await shop.doAs(ANYBODY, field, { userId: ann.id, role: 'ADMIN' }))).toBe('FORBIDDEN')
      }
    })
  })

  it('are not given to nobody', async () => {
    const root = await admin()
    await shop.unchanged(async () => {
      for (const userId of [shop.ports.ids.next(), '123', '\u0000', 'x'.repeat(10_000)])
        expect(refusalIn(await shop.doAs(root.viewer, 'assignRole', { userId, role: 'SUPPORT' }), 'assignRole')).toBe(
          'USER.NOT_FOUND',
        )
      const unknown = await shop.doAs(root.viewer, 'assignRole', { userId: root.id, role: 'EMPEROR' })
      expect(faultIn(unknown)).toBe('BAD_USER_INPUT')
    })
  })

  it('cannot be left without an administrator by a slip', async () => {
    const root = await admin()
    const answer = await shop.doAs(root.viewer, 'revokeRole', { userId: root.id, role: 'ADMIN' })
    expect(refusalIn(answer, 'revokeRole')).toBe('USER.OWN_ADMIN_ROLE')
  })

  it('are seeded once, with fixed passwords and verified addresses, and without mail', async () => {
    const root = await admin()
    const before = await shop.log()
    await shop.subgraph.seedUsers([
      { email: 'root@example.com', username: 'root', password: PASSWORD, roles: ['ADMIN'] },
    ])
    expect(await shop.log()).toEqual(before)
    expect(root.viewer.user).toMatchObject({ emailVerified: true, roles: ['CUSTOMER', 'ADMIN'] })
    await shop.register('ann')
    await shop.mailedToken(email, 'Confirm')
    expect(await shop.mailsTo('root@example.com')).toEqual([])
  })
})
