import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Arrived {
  /** What stands before the @ of the `Message-ID`. */
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly secure: boolean
}

export interface MailServer extends AsyncDisposable {
  readonly port: number
  /** Mails it took, oldest first. */
  readonly arrived: readonly Arrived[]
  /** What it says to mails from now on instead of taking them; 0 takes them. */
  refuseWith(code: number): void
}

export interface MailServerOptions {
  readonly port?: number
  readonly certificate?: { readonly keyFile: string; readonly certFile: string }
  /** TLS from the first byte instead of STARTTLS. */
  readonly secure?: boolean
  readonly login?: { readonly user: string; readonly password: string }
}

/** A real SMTP server on this machine that keeps what it is given. Without a certificate it speaks no TLS. */
export const startMailServer = async (options: MailServerOptions = {}): Promise<MailServer> => {
  const { certificate, secure = false, login } = options
  const arrived: Arrived[] = []
  let refusal = 0
  const tls: SMTPServerOptions = certificate
    ? { key: readFileSync(certificate.keyFile), cert: readFileSync(certificate.certFile), secure }
    : { disabledCommands: login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'] }
  const server = new SMTPServer({
    ...tls,
    // Clients that stay connected are not waited for.
    closeTimeout: 1,
    authOptional: login === undefined,
    onAuth({ username, password }, _, answer) {
      const known = username === login?.user && password === login?.password
      answer(known ? null : new Error('no such user'), { user: username })
    },
    async onData(stream, session, answer) {
      const mail = await PostalMime.parse(await buffer(stream))
      if (refusal > 0)
        return answer(Object.assign(new Error(`not you, ${mail.to?.[0]?.address}`), { responseCode: refusal }))
      arrived.push({
        id: mail.messageId?.replace(/^<(.*)@.*$/, '$1') ?? '',
        from: `${mail.from?.name} <${mail.from?.address}>`,
        to: mail.to?.[0]?.address ?? '',
        subject: mail.subject ?? '',
        text: (mail.text ?? '').trimEnd(),
        secure: session.secure,
      })
      answer()
    },
  })
  // Clients that turn away in the middle of a sentence are part of the tests.
  server.on('error', () => undefined)
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived,
    refuseWith: code => {
      refusal = code
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>(resolve => server.close(resolve))
    },
  }
}
