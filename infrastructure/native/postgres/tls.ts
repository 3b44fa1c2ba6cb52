import { chmodSync, chownSync, copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A private key and its certificate, as PEM files. */
export interface TlsFiles {
  readonly keyFile: string
  readonly certFile: string
}

/** Copies both to where the server can read them, its own alone as it demands of keys; gives the settings that name them. */
export const takeIn = ({ keyFile, certFile }: TlsFiles, folder: string): Readonly<Record<string, string>> => {
  const { uid, gid } = statSync(folder)
  const own = (from: string, name: string): string => {
    const copy = join(folder, name)
    copyFileSync(from, copy)
    chmodSync(copy, 0o600)
    chownSync(copy, uid, gid)
    return copy
  }
  return { ssl: 'on', ssl_key_file: own(keyFile, 'server.key'), ssl_cert_file: own(certFile, 'server.crt') }
}
