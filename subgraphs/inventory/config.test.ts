import { describe, expect, it } from 'vitest'
import { grpcFrom } from './config.ts'

describe('where the inventory context answers gRPC', () => {
  it('is nowhere, until a port is given', () => {
    expect(grpcFrom({ GRPC_PORT: '' })).toEqual({ host: '127.0.0.1', port: undefined })
    expect(grpcFrom({ GRPC_PORT: '0', GRPC_HOST: '0.0.0.0' })).toEqual({ host: '0.0.0.0', port: 0 })
  })

  it.each(['many', '1.5', '-1', '65536'])('is refused when it is %s', GRPC_PORT => {
    expect(() => grpcFrom({ GRPC_PORT })).toThrow('GRPC_PORT must be a port number.')
  })
})
