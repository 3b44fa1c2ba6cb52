import type { Comparison } from '../../shared-kernel/application/view-comparison.ts'

const grouped = (count: number): string => count.toLocaleString('en')
const EVERY_MS = 500

/** Says how far a rebuild is and how fast it goes: on one line of a terminal, else a line now and then. */
export const createProgress = (view: string, out: { readonly isTTY?: boolean; write(text: string): unknown }) => {
  let said = 0
  let last = ''
  const say = (): void => void out.write(out.isTTY ? `\r${last}` : `${last}\n`)
  return {
    onProgress(events: number, elapsedMs: number): void {
      last = `${view}: ${grouped(events)} events, ${grouped(Math.round((events * 1_000) / Math.max(1, elapsedMs)))}/s`
      if (elapsedMs - said < EVERY_MS) return
      said = elapsedMs
      say()
    },
    end(): void {
      say()
      if (out.isTTY) out.write('\n')
    },
  }
}

/** What both builds hold, side by side. */
export const comparisonTable = ({ live, beside }: Comparison): string =>
  [
    ['', 'documents', 'index entries', 'hash'],
    ['live', grouped(live.documents), grouped(live.entries), live.hash.slice(0, 16)],
    ['new', grouped(beside.documents), grouped(beside.entries), beside.hash.slice(0, 16)],
  ]
    .map(([name = '', ...cells]) => `  ${name.padEnd(6)}${cells.map(cell => cell.padEnd(16)).join('')}`.trimEnd())
    .join('\n')
