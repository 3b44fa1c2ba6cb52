import * as z from 'zod'
import { pluginEntry } from '../plugins/registry.ts'

const name = z.string().regex(/^[A-Za-z0-9._~-]+$/, 'use letters, digits, ".", "_", "~" and "-"')
const id = z.uuid().optional()
const tags = z.array(z.string()).optional()
const milliseconds = z.int().min(1).max(2_147_483_646)
const plugins = z.array(pluginEntry).default([])

const path = z
  .string()
  .startsWith('/', 'must start with "/" (the edge knows no regular expressions in paths)')
  .regex(/^[^?#\s]*$/, 'must be a plain path')

export const routeSchema = z
  .strictObject({
    id,
    name,
    tags,
    protocols: z
      .array(z.enum(['http', 'https']))
      .refine(list => list.includes('http'), 'must include "http": the edge speaks no TLS')
      .default(['http', 'https']),
    methods: z.array(z.string().regex(/^[A-Z]+$/, 'must be upper case')).optional(),
    hosts: z
      .array(z.string().regex(/^(\*\.)?[a-z0-9.-]+(\.\*)?$/i, 'must be a host name, "*.example" or "example.*"'))
      .optional(),
    paths: z.array(path).optional(),
    headers: z
      .record(
        z.string().regex(/^(?!host$)[!#$%&'*+.^_`|~0-9A-Za-z-]+$/i, 'must be a header name other than host'),
        z.array(z.string().regex(/^(?!~\*)/, 'the edge knows no regular expressions in headers')).min(1),
      )
      .optional(),
    strip_path: z.boolean().default(true),
    preserve_host: z.boolean().default(false),
    path_handling: z.literal('v0').default('v0'),
    request_buffering: z.boolean().default(true),
    response_buffering: z.boolean().default(true),
    plugins,
  })
  .refine(
    route =>
      [route.methods, route.hosts, route.paths].some(list => list?.length) ||
      Object.keys(route.headers ?? {}).length > 0,
    'needs at least one of methods, hosts, paths, headers',
  )

export const serviceSchema = z.strictObject({
  id,
  name,
  tags,
  enabled: z.boolean().default(true),
  protocol: z.literal('http').default('http'),
  host: z.string().regex(/^[A-Za-z0-9.-]+$/, 'must be a host name'),
  port: z.int().min(0).max(65_535).default(80),
  path: path.optional(),
  retries: z.int().min(0).max(32_767).default(5),
  connect_timeout: milliseconds.default(60_000),
  read_timeout: milliseconds.default(60_000),
  routes: z.array(routeSchema).default([]),
  plugins,
})

const seconds = z.number().min(0).max(65_535)
const times = z.int().min(0).max(255)
const statuses = z.array(z.int().min(100).max(999)).min(1)

const activeChecks = z.strictObject({
  type: z.literal('http').default('http'),
  http_path: path.default('/'),
  timeout: seconds.positive().default(1),
  healthy: z
    .strictObject({
      interval: seconds.default(0),
      successes: times.default(0),
      http_statuses: statuses.default([200, 302]),
    })
    .prefault({}),
  unhealthy: z
    .strictObject({
      interval: seconds.default(0),
      http_failures: times.default(0),
      tcp_failures: times.default(0),
      timeouts: times.default(0),
      http_statuses: statuses.default([429, 404, 500, 501, 502, 503, 504, 505]),
    })
    .prefault({}),
})

export const upstreamSchema = z.strictObject({
  id,
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9.-]*$/, 'must be a host name'),
  tags,
  algorithm: z.literal('round-robin').default('round-robin'),
  healthchecks: z.strictObject({ active: activeChecks.prefault({}) }).prefault({}),
  targets: z
    .array(
      z.strictObject({
        id,
        tags,
        target: z.string().regex(/^[A-Za-z0-9.-]+:\d{1,5}$/, 'must be "host:port"'),
        weight: z.int().min(0).max(65_535).default(100),
      }),
    )
    .min(1),
})

export const consumerSchema = z.strictObject({
  id,
  username: name,
  custom_id: z.string().min(1).optional(),
  tags,
  keyauth_credentials: z
    .array(z.strictObject({ id, tags, key: z.string().min(8, 'a key has at least 8 characters') }))
    .default([]),
  plugins,
})

export const fileSchema = z.strictObject({
  _format_version: z.literal('3.0'),
  _transform: z.literal(true).optional(),
  _comment: z.string().optional(),
  services: z.array(serviceSchema).default([]),
  upstreams: z.array(upstreamSchema).default([]),
  consumers: z.array(consumerSchema).default([]),
  plugins,
})

export type DeclarativeFile = z.output<typeof fileSchema>
