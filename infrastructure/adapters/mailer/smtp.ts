import { type Clock, Fault, type Mailer } from '@mercato/shared-kernel/application'
import { createTransport } from 'nodemailer'
import type { Pool } from 'pg'
import { openGate } from '../open-gate.ts'
import { createSentOnce } from './sent-once.ts'

export interface SmtpOptions {
  /**
   * `smtps://user:password@host:465` speaks TLS from the first byte, `smtp://…:587` turns to it (STARTTLS) before anything is
   * said and refuses a server that cannot; `?tls=false` sends in the clear, for a server on the same machine.
   */
  readonly url: string
  /** Who writes: `Mercato <shop@example.com>`. */
  readonly from: string
  /** Certificate authority to trust instead of the known ones (PEM). */
  readonly ca?: string
  /** Remembers which mails were sent, in the table `sent_mails`. */
  readonly pool: Pool
  readonly clock: Clock
}

const TIMEOUT_MS = 10_000
/** Longer than an attempt can take: connecting, the greeting, and the slowest answer. */
const LEASE_MS = 60_000
const PERMANENT = 500

const placeOf = (url: string, ca: string | undefined) => {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url)
  const secure = protocol === 'smtps:'
  const clear = searchParams.get('tls') === 'false'
  return {
    host: hostname,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !clear,
    ignoreTLS: clear,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
  }
}

/** What a server says quotes addresses, so none of it goes on. A refusal for good is no outage: it is to be parked. */
const toFault = (thrown: unknown): Error => {
  const { responseCode, code } = thrown as { readonly responseCode?: unknown; readonly code?: unknown }
  const aboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (aboutTheMail && typeof responseCode === 'number' && responseCode >= PERMANENT)
    return new Error(`the mail server refused a mail (${responseCode})`)
  return new Fault('SERVICE_UNAVAILABLE', 'mail cannot be sent', new Error(String(code)))
}

/**
 * Mail over SMTP. A mail is sent once per id unless the process dies between the server's yes and our note of it: then it comes
 * twice, with the same `Message-ID`. Keeps no mail. After dispose every call rejects with `Closed`.
 */
export const createSmtpMailer = ({ url, from, ca, pool, clock }: SmtpOptions): Mailer & AsyncDisposable => {
  const gate = openGate('Mailer')
  const transport = createTransport({
    ...placeOf(url, ca),
    pool: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const sent = createSentOnce({ pool, clock, leaseMs: LEASE_MS })
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'

  return {
    async send({ id, to, subject, text }) {
      gate.check()
      const messageId = `<${id.replaceAll(/[^\w.-]/g, '.')}@${domain}>`
      await sent.once(id, async () => {
        try {
          await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId, date: clock.now() })
        } catch (error) {
          throw toFault(error)
        }
      })
    },
    async forget() {
      gate.check()
    },
    async [Symbol.asyncDispose]() {
      gate.close()
      sent.close()
      transport.close()
    },
  }
}
