import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Pool } from 'undici'

/** No gateway at all: for every request it sends what a gateway sent for one, as one burst, and answers with a constant. */
const [, , file = '', port = '0'] = process.argv
const { requests, answer }: { requests: { url: string; body: string }[]; answer: string } = JSON.parse(
  readFileSync(file, 'utf8'),
)
const pools = new Map(requests.map(({ url }) => [url, new Pool(new URL(url).origin, { connections: 64 })]))
const body = Buffer.from(answer)

createServer(async (message, response) => {
  message.resume()
  await Promise.all(
    requests.map(async ({ url, body: sent }) => {
      const answered = await pools.get(url)?.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: sent,
      })
      return answered?.body.text()
    }),
  )
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}).listen(Number(port), '127.0.0.1')
