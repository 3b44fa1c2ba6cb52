import { watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

/** Where a supergraph comes from, and where newer ones will. */
export interface SupergraphSource extends Disposable {
  /** The supergraph as it is now. Rejects with a sentence when it cannot be had. */
  read(): Promise<string>
  /** Calls back with each text that differs from the last one, and with why it could not be read. One callback at a time. */
  follow(changed: (text: string) => void, failed: (problem: string) => void): void
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Editors write in several steps: the file is read when it has been quiet for so long. */
const QUIET_MS = 50

const fileSource = (path: string): SupergraphSource => {
  let last = ''
  const stop = new AbortController()
  const read = async (): Promise<string> => {
    last = await readFile(path, 'utf8').catch(error => {
      throw new Error(`cannot read ${path}: ${error.code === 'ENOENT' ? 'there is no such file' : said(error)}`)
    })
    return last
  }
  return {
    read,
    follow(changed, failed) {
      let quiet: NodeJS.Timeout | undefined
      const look = async (): Promise<void> => {
        const before = last
        const text = await read()
        if (text !== before) changed(text)
      }
      // The folder, not the file: one that is replaced is another file.
      const watcher = watch(dirname(path), { signal: stop.signal, persistent: false }, (_, name) => {
        if (name !== null && name !== basename(path)) return
        clearTimeout(quiet)
        quiet = setTimeout(() => look().catch(error => failed(said(error))), QUIET_MS)
      })
      watcher.on('error', error => failed(said(error)))
    },
    [Symbol.dispose]: () => stop.abort(),
  }
}

const FETCH_MS = 10_000

const urlSource = (url: URL, pollMs: number): SupergraphSource => {
  let last = ''
  let etag: string | null = null
  let timer: NodeJS.Timeout | undefined
  const stop = new AbortController()
  const read = async (): Promise<string> => {
    const response = await fetch(url, {
      headers: etag === null ? {} : { 'if-none-match': etag },
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(FETCH_MS)]),
    }).catch(error => {
      throw new Error(`cannot fetch ${url}: ${said(error instanceof Error && error.cause ? error.cause : error)}`)
    })
    const text = await response.text()
    if (response.status === 304) return last
    if (!response.ok) throw new Error(`cannot fetch ${url}: it answers with status ${response.status}`)
    etag = response.headers.get('etag')
    last = text
    return text
  }
  return {
    read,
    follow(changed, failed) {
      const look = async (): Promise<void> => {
        const before = last
        const text = await read()
        if (text !== before) changed(text)
      }
      const next = (): void => {
        timer = setTimeout(() => {
          look()
            .catch(error => {
              if (!stop.signal.aborted) failed(said(error))
            })
            .finally(() => {
              if (!stop.signal.aborted) next()
            })
        }, pollMs)
        timer.unref()
      }
      next()
    },
    [Symbol.dispose]() {
      stop.abort()
      clearTimeout(timer)
    },
  }
}

/** A file is watched; an address is asked again every `pollMs`, with the ETag it gave. */
export const openSupergraphSource = (from: string, pollMs: number): SupergraphSource =>
  /^https?:\/\//.test(from) ? urlSource(new URL(from), pollMs) : fileSource(from)
