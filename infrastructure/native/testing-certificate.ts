import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface TestCertificate {
  readonly keyFile: string
  readonly certFile: string
  /** Key and certificate in one file, as Kafka wants them. */
  readonly bothFile: string
  /** The certificate, to be trusted as its own authority. */
  readonly ca: string
}

/** A certificate for 127.0.0.1, made with openssl for a server that a test starts. */
export const makeTestCertificate = (folder: string): TestCertificate => {
  const keyFile = join(folder, 'key.pem')
  const certFile = join(folder, 'cert.pem')
  const bothFile = join(folder, 'both.pem')
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile]
  execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'pipe' })
  const ca = readFileSync(certFile, 'utf8')
  writeFileSync(bothFile, readFileSync(keyFile, 'utf8') + ca, { mode: 0o600 })
  return { keyFile, certFile, bothFile, ca }
}
