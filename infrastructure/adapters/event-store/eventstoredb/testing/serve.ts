/** A protocol server as a process of its own, for a user with a password over TLS. Its log is gone with it. */
import { readFileSync } from 'node:fs'
import { startProtocolServer } from './protocol-server.ts'

const { PORT, KEY_FILE = '', CERT_FILE = '', LOGIN = '' } = process.env
await startProtocolServer({
  port: Number(PORT),
  tls: { key: readFileSync(KEY_FILE), certificate: readFileSync(CERT_FILE) },
  authorization: `Basic ${Buffer.from(LOGIN).toString('base64')}`,
})
