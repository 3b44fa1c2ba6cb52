import type { WholeAnswer } from '@mercato/adapters/subgraph-transport/subgraph-transport'
import { Fault } from '@mercato/shared-kernel/application'
import type { SubgraphResult } from '../supergraph.ts'

type SubgraphError = NonNullable<SubgraphResult['errors']>[number]

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isPath = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) && value.every(part => typeof part === 'string' || typeof part === 'number')

const toError = (value: unknown): SubgraphError => {
  const error = isRecord(value) ? value : {}
  return {
    message: typeof error['message'] === 'string' ? error['message'] : 'A service refused without saying why.',
    ...(isPath(error['path']) && { path: error['path'] }),
    ...(isRecord(error['extensions']) && { extensions: error['extensions'] }),
  }
}

/** A GraphQL result from JSON that a subgraph sent; `undefined` when it is none. */
export const readResult = (json: unknown): SubgraphResult | undefined => {
  if (!isRecord(json)) return undefined
  const { data, errors, extensions } = json
  if (data !== undefined && data !== null && !isRecord(data)) return undefined
  if (errors !== undefined && !Array.isArray(errors)) return undefined
  if (data === undefined && errors === undefined) return undefined
  return {
    ...(data !== undefined && { data }),
    ...(errors && errors.length > 0 && { errors: errors.map(toError) }),
    ...(isRecord(extensions) && { extensions }),
  }
}

const unusable = (subgraph: string, cause: unknown): Fault =>
  new Fault('SERVICE_UNAVAILABLE', `The ${subgraph} service gave no usable answer.`, cause)

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a whole answer. Throws a `Fault` when it is HTML, half of something, or the subgraph does not trust us. */
export const readAnswer = (subgraph: string, { status, text }: WholeAnswer): SubgraphResult => {
  const result = readResult(parseJson(text))
  if (status === 401) throw new Fault('INTERNAL_SERVER_ERROR', `the ${subgraph} service does not accept our signature`)
  if (!result)
    throw unusable(subgraph, new Error(`status ${status}, ${text.length} characters that are no GraphQL result`))
  return result
}

const MAX_EVENT = 1_000_000

/** The results in a live stream (`graphql-sse`, distinct connections), until it completes. Fails when it breaks off before. */
export async function* readEvents(subgraph: string, body: ReadableStream<Uint8Array>): AsyncGenerator<SubgraphResult> {
  const decoder = new TextDecoder()
  let buffered = ''
  let completed = false
  let held = ''
  for await (const chunk of body) {
    const text = held + decoder.decode(chunk, { stream: true })
    // Half of a line end waits for the other half.
    held = text.endsWith('\r') ? '\r' : ''
    buffered += text.slice(0, text.length - held.length).replaceAll(/\r\n?/g, '\n')
    if (buffered.length > MAX_EVENT) throw unusable(subgraph, new Error('an event is too large'))
    for (let end = buffered.indexOf('\n\n'); end >= 0; end = buffered.indexOf('\n\n')) {
      const lines = buffered.slice(0, end).split('\n')
      buffered = buffered.slice(end + 2)
      const event = lines
        .find(line => line.startsWith('event:'))
        ?.slice(6)
        .trim()
      if (event === 'complete') completed = true
      if (event !== undefined && event !== 'next') continue
      const data = lines.flatMap(line => (line.startsWith('data:') ? [line.slice(5).trim()] : [])).join('\n')
      if (data === '') continue
      const result = readResult(parseJson(data))
      if (!result) throw unusable(subgraph, new Error('an event is no GraphQL result'))
      yield result
    }
    if (completed) return
  }
  throw new Fault('SERVICE_UNAVAILABLE', `The ${subgraph} service ended the stream. Resume with your last cursor.`)
}
