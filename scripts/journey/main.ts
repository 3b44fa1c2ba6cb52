import { parseArgs } from 'node:util'
import { runJourney } from './journey.ts'

const complain = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`)
}

const isRefused = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed'

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:8000' },
      'api-key': { type: 'string', default: 'frontend-api-key-12345' },
      mailbox: { type: 'string' },
    },
  })
  const { url, mailbox } = values
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    complain(`“${url}” is no address of an edge. Try --url http://localhost:8000.`)
    return 2
  }
  const print = (line: string) => process.stdout.write(`${line}\n`)
  try {
    await runJourney({ url, apiKey: values['api-key'], print, ...(mailbox === undefined ? {} : { mailbox }) })
    return 0
  } catch (error) {
    if (isRefused(error)) complain(`\nNobody answers at ${url}. Is Mercato running? Start it with: npm start`)
    else complain(`\nOff the path: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    complain(`${error instanceof Error ? error.message : String(error)}\nTry npm run journey -- --help.`)
    process.exit(2)
  },
)
