import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTestCertificate } from '@mercato/native/testing-certificate'
import { mailerContract } from '@mercato/shared-kernel/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../http-server/free-port.ts'
import { sentMails } from '../postgres/schema/sent-mails.ts'
import { testDatabase } from '../postgres/test-database.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createSmtpMailer, type SmtpOptions } from './smtp.ts'
import { startMailServer } from './testing/smtp-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'mercato-mail-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const certificate = makeTestCertificate(folder)
const login = { user: 'shop@example.com', password: 'p@ss/word' }
const asUser = `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`

const database = testDatabase()
beforeEach(() => database.empty(sentMails))
const clock = createFakeClock(new Date('2030-01-01T00:00:00Z'))
const open = (url: string, over: Partial<SmtpOptions> = {}) =>
  createSmtpMailer({
    url,
    from: 'Mercato <shop@example.com>',
    ca: certificate.ca,
    pool: database.pool(),
    clock,
    ...over,
  })
const mail = (id = 'a') => ({ id, to: 'ann@example.com', subject: 'Hello', text: 'Ann' })

mailerContract('SMTP', async () => {
  const server = await startMailServer({ certificate, login })
  const mailer = open(`smtp://${asUser}127.0.0.1:${server.port}`)
  return {
    mailer,
    arrived: async () => server.arrived,
    async [Symbol.asyncDispose]() {
      await mailer[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
})

describe('mail over SMTP', () => {
  it('travels under TLS, from the first byte or by STARTTLS, and says who writes', async () => {
    await using first = await startMailServer({ certificate, login, secure: true })
    await using later = await startMailServer({ certificate, login })
    await using byTls = open(`smtps://${asUser}127.0.0.1:${first.port}`)
    await using byStartTls = open(`smtp://${asUser}127.0.0.1:${later.port}`)
    await byTls.send(mail('a'))
    await byStartTls.send(mail('b/warning'))
    for (const [{ arrived }, id] of [
      [first, 'a'],
      [later, 'b.warning'],
    ] as const)
      expect(arrived).toEqual([{ ...mail(id), from: 'Mercato <shop@example.com>', secure: true }])
  })

  it('is not given to a server that nobody vouches for, nor to one without TLS unless the address allows it', async () => {
    await using stranger = await startMailServer({ certificate })
    await using unvouched = createSmtpMailer({
      ...{ url: `smtp://127.0.0.1:${stranger.port}`, from: 'shop@example.com', pool: database.pool(), clock },
    })
    await expect(unvouched.send(mail())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await using clear = await startMailServer()
    await using strict = open(`smtp://127.0.0.1:${clear.port}`)
    await expect(strict.send(mail())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await using trusting = open(`smtp://127.0.0.1:${clear.port}?tls=false`)
    await trusting.send(mail())
    expect(stranger.arrived).toEqual([])
    expect(clear.arrived).toMatchObject([{ id: 'a', secure: false }])
  })

  it('waits for a server that is away, and for the right password', async () => {
    const port = await freePort()
    await using mailer = open(`smtp://${asUser}127.0.0.1:${port}`)
    await expect(mailer.send(mail())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryable: true })
    await using server = await startMailServer({ port, certificate, login })
    await using guessing = open(`smtp://shop%40example.com:guess@127.0.0.1:${port}`)
    await expect(guessing.send(mail())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    await mailer.send(mail())
    expect(server.arrived).toHaveLength(1)
  })

  it('that a server refuses for good is a failure of its own, which tells nobody to whom it was; for now is an outage', async () => {
    await using server = await startMailServer({ certificate, login })
    await using mailer = open(`smtp://${asUser}127.0.0.1:${server.port}`)
    server.refuseWith(451)
    await expect(mailer.send(mail())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    server.refuseWith(550)
    const refused = await mailer.send(mail()).catch(String)
    expect(refused).toBe('Error: the mail server refused a mail (550)')
    server.refuseWith(0)
    await mailer.send(mail())
    expect(server.arrived).toHaveLength(1)
  })

  it('is sent once by all processes of a context, also after restarts, and taken over from one that died', async () => {
    await using server = await startMailServer({ certificate, login })
    const url = `smtp://${asUser}127.0.0.1:${server.port}`
    await using one = open(url)
    await using other = open(url)
    await one.send(mail('a'))
    await other.send(mail('a'))
    const dead = { id: 'b', takenUntil: new Date(clock.now().getTime() + 60_000) }
    await database.pool().query('insert into sent_mails (id, taken_until) values ($1, $2)', [dead.id, dead.takenUntil])
    await expect(other.send(mail('b'))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    clock.advance(60_000)
    await other.send(mail('b'))
    expect(server.arrived.map(({ id }) => id)).toEqual(['a', 'b'])
  })
})
