import { IncomingMessage } from 'node:http'

/** Reads a body whole, or says that it is larger than `limit` bytes; what is over the limit is not kept. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = (outcome: () => void) => {
      request.off('data', take).off('end', finish).off('error', fail).off('close', abandon)
      outcome()
    }
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else settle(() => resolve('too large'))
    }
    const finish = () => settle(() => resolve(Buffer.concat(chunks)))
    const fail = (error: Error) => settle(() => reject(error))
    const abandon = () => settle(() => reject(new Error('the client left before its request was complete')))
    request.on('data', take).on('end', finish).on('error', fail).on('close', abandon)
  })
}

/** A request object with the same head and a body that has already been read. */
export function replay(request: IncomingMessage, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(request.socket)
  again.method = request.method
  again.url = request.url
  again.httpVersion = request.httpVersion
  again.httpVersionMajor = request.httpVersionMajor
  again.httpVersionMinor = request.httpVersionMinor
  again.push(body)
  again.push(null)
  again.complete = true
  return again
}
