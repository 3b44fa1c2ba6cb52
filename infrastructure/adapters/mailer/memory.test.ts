import { mailerContract } from '@mercato/shared-kernel/testing'
import { expect, it } from 'vitest'
import { createDevMailbox } from './dev-mailbox.ts'

const clock = { now: () => new Date('2030-01-01T00:00:00Z') }

mailerContract('dev mailbox in memory', async () => {
  const mailer = createDevMailbox({ clock })
  return {
    mailer,
    arrived: async () => (await mailer.list()).toReversed(),
    [Symbol.asyncDispose]: () => mailer[Symbol.asyncDispose](),
  }
})

it('forgets the mails to an address', async () => {
  await using mailbox = createDevMailbox({ clock })
  for (const [id, to] of Object.entries({ a: 'ann', b: 'bob', c: 'ann' }))
    await mailbox.send({ id, to, subject: 's', text: 'x' })
  await mailbox.forget('ann')
  expect((await mailbox.list()).map(mail => mail.id)).toEqual(['b'])
})

it('shows the latest mails, newest first, with the time of sending', async () => {
  await using mailbox = createDevMailbox({ clock, keep: 3 })
  for (const id of ['a', 'b', 'c', 'd']) await mailbox.send({ id, to: 't', subject: 's', text: 'x' })
  const mails = await mailbox.list()
  expect(mails.map(mail => mail.id)).toEqual(['d', 'c', 'b'])
  expect(mails[0]).toEqual({ id: 'd', to: 't', subject: 's', text: 'x', sentAt: clock.now() })
})
