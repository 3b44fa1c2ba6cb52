import { type Clock, verifyGatewayContext } from '@mercato/shared-kernel/application'
import type { DevMailbox } from '../mailer/dev-mailbox.ts'
import type { HostedContext } from './context-host.ts'

/** Paths under which a context answers its gateway besides GraphQL; signed like everything that it asks. */
export const REVOCATIONS_PATH = '/inside/revocations'
export const MAILBOX_PATH = '/inside/mailbox'

/** The context's subgraph, and what else its gateway needs of it when it is another process. */
export const withInsideRoutes = (options: {
  readonly context: HostedContext
  readonly mailbox: Pick<DevMailbox, 'list'> | undefined
  readonly gatewaySecret: string
  readonly clock: Clock
}): ((request: Request) => Promise<Response>) => {
  const { context, mailbox, gatewaySecret, clock } = options
  const routes = new Map<string, () => Promise<Response>>()
  const { recentRevocations } = context
  if (recentRevocations) routes.set(REVOCATIONS_PATH, async () => Response.json(await recentRevocations()))
  if (mailbox) routes.set(MAILBOX_PATH, async () => Response.json({ mails: await mailbox.list() }))

  return async request => {
    const { pathname, search } = new URL(request.url)
    const route = request.method === 'GET' ? routes.get(pathname) : undefined
    if (!route) return context.fetch(request)
    const signed = verifyGatewayContext(gatewaySecret, request.headers, search, clock.now().getTime())
    return signed
      ? route()
      : Response.json({ errors: [{ message: 'Only the gateway may ask this.' }] }, { status: 401 })
  }
}
