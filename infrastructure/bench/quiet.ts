const quiet = () => undefined

/** A benchmark measures neither logs nor metrics. */
export const quietLogger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => quietLogger }
export const quietMetrics = { count: quiet, observe: quiet, gauge: quiet }

/** What a gateway is made with when nobody signs in. */
export const nobody = {
  gatewaySecret: 'a secret between the gateway and its subgraphs',
  sessionSecret: 'a secret that all gateways share',
  jwks: async () => ({ keys: [] }),
  issuer: 'https://mercato.local',
  audience: 'mercato',
  development: false,
  logger: quietLogger,
  metrics: quietMetrics,
  clock: { now: () => new Date() },
} as const
