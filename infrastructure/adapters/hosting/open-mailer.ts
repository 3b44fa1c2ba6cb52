import { readFileSync } from 'node:fs'
import type { Clock, Mailer } from '@mercato/shared-kernel/application'
import type { Pool } from 'pg'
import { createDevMailbox, type DevMailbox } from '../mailer/dev-mailbox.ts'
import type { ContextConfig } from './config.ts'

/** Nobody delivers mail here: it is refused, so that what should have been sent is parked and can be sent later. */
const noMailer: Mailer = {
  send: async () => {
    throw new Error('no mail service is configured')
  },
  forget: async () => undefined,
}

export interface OpenedMailer {
  readonly mailer: Mailer
  /** Present when mail stays in the house. */
  readonly mailbox?: DevMailbox
}

type MailConfig = Pick<ContextConfig, 'MAIL_URL' | 'MAIL_FROM' | 'MAIL_CA_FILE' | 'NODE_ENV'>

/** Mail by SMTP where an address is configured, else the mailbox in development, else none. `opening` closes it. */
export const openMailer = async (
  { MAIL_URL: url, MAIL_FROM: from = '', MAIL_CA_FILE, NODE_ENV }: MailConfig,
  { pool, clock, opening }: { readonly pool: Pool; readonly clock: Clock; readonly opening: AsyncDisposableStack },
): Promise<OpenedMailer> => {
  if (url !== undefined) {
    const { createSmtpMailer } = await import('../mailer/smtp.ts')
    const ca = MAIL_CA_FILE === undefined ? {} : { ca: readFileSync(MAIL_CA_FILE, 'utf8') }
    return { mailer: opening.use(createSmtpMailer({ url, from, ...ca, pool, clock })) }
  }
  if (NODE_ENV !== 'development') return { mailer: noMailer }
  const mailbox = opening.use(createDevMailbox({ clock, pool }))
  return { mailer: mailbox, mailbox }
}
