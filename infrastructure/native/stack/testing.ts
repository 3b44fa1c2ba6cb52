import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const JOURNEY = fileURLToPath(new URL('../../../scripts/journey/main.ts', import.meta.url))

/** Plays the journey as `npm run journey -- --url …` does; rejects with what it printed when anything was off. */
export const playJourney = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [JOURNEY, '--url', url], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
    child.once('error', reject)
    child.once('exit', code => {
      if (code === 0) resolve()
      else reject(new Error(`the journey went off its path:\n${output.slice(-2_000)}`))
    })
  })

/** The sum of a counter in Prometheus' text, over all its labels. */
export const counted = async (url: string, metric: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  const lines = text.split('\n').filter(line => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}
