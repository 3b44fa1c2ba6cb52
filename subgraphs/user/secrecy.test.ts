import type { Metrics } from '@mercato/shared-kernel/application'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openUserContext, REFRESH, SIGN_IN, type UserContext, VERIFY } from './testing.ts'

/** Values that stand nowhere else: wherever one turns up, it has leaked. */
const CANARY = {
  email: 'canary-mail@example.com',
  username: 'canary-name',
  password: 'canary password one',
  newPassword: 'canary password two',
  wrong: 'canary password wrong',
  displayName: 'Canary Display',
  phone: '+49 30 77777777',
  line1: 'Canary Street 7',
}

let shop: UserContext
const measured: unknown[] = []
const onTopics: unknown[] = []
beforeEach(async () => {
  const note = (...all: unknown[]) => {
    measured.push(all)
  }
  const metrics: Metrics = { count: note, observe: note, gauge: note }
  shop = await openUserContext({ ports: { metrics } })
  await shop.ports.bus.subscribe({
    topic: 'user.domain-events',
    group: 'test',
    from: 'earliest',
    handler: async message => {
      onTopics.push(message)
    },
  })
})
afterEach(() => shop[Symbol.asyncDispose]())

it('keeps secrets and personal data out of log, topics, log lines and metrics', async () => {
  const { client } = shop
  const { email, username, password, newPassword, wrong, displayName, phone, line1 } = CANARY
  const registered = await client.query(
    'mutation ($input: RegisterUserInput!) { registerUser(input: $input) { user { id } } }',
    { input: { email, username, password } },
  )
  const { id } = registered.data.registerUser.user
  const token = await shop.mailedToken(email, 'Confirm')
  await client.query(VERIFY, { token })
  await client.query(VERIFY, { token: `${token}x` })
  await client.query(SIGN_IN, { email, password: wrong })
  const { data } = await client.query(SIGN_IN, { email, password })
  const { accessToken, refreshToken } = data.signIn.session
  const viewer = await shop.viewerFrom(accessToken)
  const refreshed = await client.query(REFRESH, { token: refreshToken })
  await client.query(
    `mutation ($profile: UpdateProfileInput!, $address: AddAddressInput!, $change: ChangePasswordInput!) {
      updateProfile(input: $profile) { userErrors { code } }
      addAddress(input: $address) { userErrors { code } }
      changePassword(input: $change) { userErrors { code } }
      requestPasswordReset(input: { email: "${email}" }) { userErrors { code } }
    }`,
    {
      profile: { displayName, phone },
      address: { address: { name: displayName, line1, city: 'Berlin', postalCode: '10115', country: 'DE' } },
      change: { currentPassword: password, newPassword },
    },
    { viewer },
  )
  const reset = await shop.mailedToken(email, 'Set a new password')
  await shop.ports.vault.destroy(id)
  await client.query('mutation { updateProfile(input: { phone: null }) { userErrors { code } } }', {}, { viewer })

  const events = await shop.log()
  await expect.poll(() => onTopics.length).toBe(events.length)
  expect(measured.length).toBeGreaterThan(10)
  const everything = JSON.stringify(
    [events, onTopics, shop.published, shop.logger.lines, measured],
    (_key, value: unknown) => (value instanceof Error ? [value.message, value.stack, value.cause] : value),
  )
  const secrets = [...Object.values(CANARY), token, reset, accessToken, refreshToken]
  for (const secret of [...secrets, refreshed.data.refreshSession.session.refreshToken])
    expect(everything, secret).not.toContain(secret)
})
