import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificate extends Disposable {
  readonly certificate: Buffer
  readonly key: Buffer
  /** Where the certificate lies; it is its own authority. */
  readonly file: string
}

/** A certificate for localhost that is good for two days, made by the openssl on PATH. */
export const makeCertificate = (): Certificate => {
  const folder = mkdtempSync(join(tmpdir(), 'mercato-certificate-'))
  const [file, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile]
  execFileSync('openssl', ['req', '-x509', ...key, '-out', file, '-days', '2', ...names], { stdio: 'pipe' })
  return {
    file,
    certificate: readFileSync(file),
    key: readFileSync(keyFile),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
