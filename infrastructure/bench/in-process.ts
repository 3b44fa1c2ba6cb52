import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface InProcess {
  readonly rps: number
  /** Milliseconds of CPU for one request, everything included but the making of the subgraphs' answers. */
  readonly cpuMs: number
  readonly p50: number
  readonly p99: number
}

const run = promisify(execFile)

/** The gateway called as a function, its subgraphs answering from memory in the same process: what the gateway itself costs. */
export const measureInProcess = async (
  supergraph: string,
  body: string,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<readonly InProcess[]> => {
  const program = fileURLToPath(new URL('./peers/in-process.ts', import.meta.url))
  const results: InProcess[] = []
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await run(process.execPath, [program, supergraph, body, `${seconds}`])
    const measured: InProcess = JSON.parse(stdout)
    results.push(measured)
    console.log(`round ${round + 1}  in process: ${measured.rps.toFixed(0)} rps, ${measured.cpuMs.toFixed(3)} ms CPU`)
  }
  return results
}
