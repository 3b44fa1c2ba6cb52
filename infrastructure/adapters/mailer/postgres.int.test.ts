import { mailerContract } from '@mercato/shared-kernel/testing'
import { expect, it } from 'vitest'
import { devMailbox } from '../postgres/schema/dev-mailbox.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createDevMailbox } from './dev-mailbox.ts'

const database = testDatabase()
const clock = { now: () => new Date('2030-01-01T00:00:00Z') }
const open = (keep = 200) => createDevMailbox({ clock, pool: database.pool(), keep })

mailerContract('dev mailbox in PostgreSQL', async () => {
  await database.empty(devMailbox)
  const mailer = open()
  return {
    mailer,
    arrived: async () => (await mailer.list()).toReversed(),
    [Symbol.asyncDispose]: () => mailer[Symbol.asyncDispose](),
  }
})

it('forgets the mails to an address, in the table too', async () => {
  await database.empty(devMailbox)
  await using mailbox = open()
  for (const [id, to] of Object.entries({ a: 'ann', b: 'bob', c: 'ann' }))
    await mailbox.send({ id, to, subject: 's', text: 'x' })
  await mailbox.forget('ann')
  expect((await mailbox.list()).map(mail => mail.id)).toEqual(['b'])
  expect((await database.pool().query('select * from dev_mailbox')).rowCount).toBe(1)
})

it('shows the latest mails, newest first, also after a restart, and keeps no more in the table', async () => {
  await database.empty(devMailbox)
  {
    await using before = open(3)
    for (const id of ['a', 'b', 'c', 'd', 'd']) await before.send({ id, to: 't', subject: 's', text: 'x' })
  }
  await using after = open(3)
  const mails = await after.list()
  expect(mails.map(mail => mail.id)).toEqual(['d', 'c', 'b'])
  expect(mails[0]).toEqual({ id: 'd', to: 't', subject: 's', text: 'x', sentAt: clock.now() })
  expect((await database.pool().query('select * from dev_mailbox')).rowCount).toBe(3)
})
