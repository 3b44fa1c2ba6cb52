import { expect, it, vi } from 'vitest'
import { faultIn } from './testing-client.ts'
import { person } from './testing-people.ts'
import { openSystem } from './testing-system.ts'
import { slowViews } from './testing-wraps.ts'

vi.setConfig({ testTimeout: 60_000 })

const ME = '{ me { id roles } }'

it('stays with a gateway that starts anew: of a session, of a role, of everything', async () => {
  // The view of revocations is far behind when the new gateway asks.
  await using system = await openSystem({ wrap: slowViews({ views: ['revocations'], delayMs: () => 100 }) })
  const admin = await person(system, 'admin', 'ADMIN')
  const [leaving, demoted, fleeing, staying] = await Promise.all([
    person(system, 'leaving'),
    person(system, 'demoted', 'SUPPORT'),
    person(system, 'fleeing'),
    person(system, 'staying'),
  ])
  await leaving.tell('signOut', {}, '')
  await admin.tell('revokeRole', { userId: demoted.id, role: 'SUPPORT' }, '')
  await fleeing.tell('signOutEverywhere', {}, '')

  await using second = await system.openGateway()
  for (const somebody of [leaving, demoted, fleeing])
    expect(faultIn(await somebody.send(ME, {}, { gateway: second }))).toBe('UNAUTHENTICATED')
  expect((await staying.send(ME, {}, { gateway: second })).data.me.id).toBe(staying.id)
  const again = await person(system, 'demoted')
  expect((await again.send(ME, {}, { gateway: second })).data.me.roles).toEqual(['CUSTOMER'])
})

it('stays with a gateway that starts anew together with the user context', async () => {
  await using system = await openSystem()
  const leaving = await person(system, 'leaving')
  await leaving.tell('signOut', {}, '')
  await system.restart('user')
  await using second = await system.openGateway()
  expect(faultIn(await leaving.send(ME, {}, { gateway: second }))).toBe('UNAUTHENTICATED')
})
