import type { Logger } from '@mercato/shared-kernel/application'
import type { Heard, Operations } from '#application/operations.ts'
import { type PaymentProvider, UnreadableReport } from '#application/ports.ts'

export interface WebhookOptions {
  readonly provider: PaymentProvider
  readonly operations: Operations
  readonly logger: Logger
  readonly ids: { next(): string }
}

/** Bytes a report may have. */
const MOST = 64_000

const refuse = (status: number, code: string, message: string): Response =>
  Response.json({ errors: [{ message, extensions: { code } }] }, { status })

const ANSWERS: Readonly<Record<Heard, () => Response>> = {
  taken: () => new Response(null, { status: 204 }),
  unknown: () => refuse(404, 'NOT_FOUND', 'There is no such payment.'),
  later: () => refuse(503, 'SERVICE_UNAVAILABLE', 'The report cannot be taken now. Send it again.'),
}

const readBytes = async (request: Request): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MOST) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Where the provider reports to. Its signature over the raw bytes is all that lets anybody in; what it says goes the way of an
 * answer, so that a report that comes twice or late changes what it should and no more. 204 means: need not come again.
 */
export const providerWebhook = ({ provider, operations, logger, ids }: WebhookOptions) => {
  const { name } = provider
  const handle = async (request: Request): Promise<Response> => {
    if (request.method !== 'POST') return refuse(405, 'METHOD_NOT_ALLOWED', 'Reports are sent with POST.')
    const body = await readBytes(request)
    if (!body) return refuse(413, 'PAYLOAD_TOO_LARGE', 'The report is too large.')
    try {
      const report = provider.readReport({ headers: request.headers, body })
      if (!report) return refuse(401, 'UNAUTHENTICATED', 'The signature does not fit, or is too old.')
      return ANSWERS[await operations.report(report, request.headers.get('x-correlation-id') ?? ids.next())]()
    } catch (error) {
      if (error instanceof UnreadableReport) {
        logger.warn('the payment provider signed a report that cannot be read', { provider: name })
        return refuse(400, 'BAD_USER_INPUT', 'The report cannot be read.')
      }
      logger.error('a report of the payment provider could not be taken', { provider: name, error })
      return ANSWERS.later()
    }
  }
  return {
    [`/webhooks/payments/${name}`]: handle,
    '/webhooks/payments/*': () => refuse(404, 'NOT_FOUND', 'There is no such payment provider.'),
  }
}
