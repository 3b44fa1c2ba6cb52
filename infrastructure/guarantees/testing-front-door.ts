import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Gateway, GatewayOptions } from '@mercato/gateway/composition'
import type { System } from './testing-system.ts'

/** One address of this machine, behind which gateways come and go. */
export interface FrontDoor extends AsyncDisposable {
  readonly url: string
  /** Drains the gateway behind the door; nothing answers until `open`. */
  close(): Promise<void>
  /** Puts another gateway behind it. */
  open(): Promise<void>
}

export interface FrontDoorOptions {
  readonly gateway?: Partial<GatewayOptions>
  /** What stands before the gateway. */
  readonly before?: (answer: RequestListener) => RequestListener
}

/** Opens a door with a gateway of the system behind it. */
export const openFrontDoor = async (
  system: System,
  { gateway: options = {}, before = answer => answer }: FrontDoorOptions = {},
): Promise<FrontDoor> => {
  let port = 0
  let behind: { readonly gateway: Gateway; readonly server: Server } | undefined
  const open = async (): Promise<void> => {
    const gateway = await system.openGateway(options)
    const server = createServer(before(gateway.request))
    server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
    behind = { gateway, server }
  }
  const close = async (): Promise<void> => {
    if (!behind) return
    const { gateway, server } = behind
    behind = undefined
    const closed = new Promise(resolve => server.close(resolve))
    await gateway[Symbol.asyncDispose]()
    server.closeAllConnections()
    await closed
  }
  await open()
  return { url: `http://127.0.0.1:${port}`, close, open, [Symbol.asyncDispose]: close }
}
