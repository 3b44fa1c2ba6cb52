import type { MailedLink, UserEvent } from './user-events.ts'

/** Events of one account for given/when/then, with a clock that counts minutes. */
export const userId = '018f0000-0000-7000-8000-00000000000a'
export const at = (minutes: number): string =>
  `2026-01-01T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00.000Z`
export const link = (id: string, from = 0): MailedLink => ({
  id,
  requestedAt: at(from),
  expiresAt: at(from + 120),
})

export const registered: UserEvent = {
  type: 'UserRegistered',
  data: {
    userId,
    email: 'ann@example.com',
    username: 'ann',
    passwordHash: 'hash-1',
    roles: ['CUSTOMER'],
    link: link('first'),
    registeredAt: at(0),
  },
}
export const invited: UserEvent = {
  type: 'UserRegistered',
  data: {
    userId,
    email: 'ann@example.com',
    username: 'ann',
    roles: ['CUSTOMER'],
    link: link('first'),
    registeredAt: at(0),
  },
}
export const verified: UserEvent = { type: 'EmailVerified', data: { userId, at: at(1) } }
export const deactivated: readonly UserEvent[] = [
  { type: 'SignedOutEverywhere', data: { userId, at: at(5), reason: 'deactivated' } },
  { type: 'UserDeactivated', data: { userId, at: at(5) } },
]
export const erased: readonly UserEvent[] = [
  { type: 'SignedOutEverywhere', data: { userId, at: at(6), reason: 'erased' } },
  { type: 'UserErased', data: { userId, at: at(6) } },
]
