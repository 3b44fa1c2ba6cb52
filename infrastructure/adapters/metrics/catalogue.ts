/** A number an operator watches. Labels are few; each takes a bounded set of values. */
export interface MetricDefinition {
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  readonly labels: readonly string[]
  /** Upper bounds of a histogram's buckets; those for seconds of a request when not given. */
  readonly buckets?: readonly number[]
}

/**
 * Every metric of Mercato besides those of the process. All carry the label `context`.
 * A metric that is not here does not exist: using its name is a fault.
 */
export const catalogue = {
  mercato_gateway_operations_total: {
    kind: 'counter',
    help: 'GraphQL operations the gateway answered.',
    labels: ['type', 'operation', 'outcome'],
  },
  mercato_gateway_operation_seconds: {
    kind: 'histogram',
    help: 'Time the gateway took to answer an operation.',
    labels: ['type', 'operation'],
  },
  mercato_gateway_subgraph_requests_total: {
    kind: 'counter',
    help: 'Requests of the gateway to a subgraph.',
    labels: ['subgraph', 'outcome'],
  },
  mercato_gateway_subgraph_seconds: {
    kind: 'histogram',
    help: 'Time a subgraph took to answer the gateway.',
    labels: ['subgraph'],
  },
  mercato_gateway_collapsed_requests_total: {
    kind: 'counter',
    help: 'Requests to a subgraph that were not sent because an equal one was under way.',
    labels: ['subgraph'],
  },
  mercato_gateway_response_cache_total: {
    kind: 'counter',
    help: 'Operations whose answer anybody may have: found in the cache (hit), or not (miss).',
    labels: ['outcome'],
  },
  mercato_gateway_undeferred_operations_total: {
    kind: 'counter',
    help: 'Operations answered whole because they cannot be planned with their @defer: a circle, too many ways, or a fault.',
    labels: ['operation', 'obstacle'],
  },
  mercato_gateway_stream_upstreams: {
    kind: 'gauge',
    help: 'Subscriptions open towards subgraphs; clients that follow the same share one.',
    labels: [],
  },
  mercato_gateway_supergraph_loads_total: {
    kind: 'counter',
    help: 'Supergraphs that a running gateway was given: loaded, or refused while the old one stays.',
    labels: ['outcome'],
  },
  mercato_gateway_breaker_state: {
    kind: 'gauge',
    help: 'Circuit breaker towards a subgraph: 0 closed, 1 open, 2 half open, 3 isolated.',
    labels: ['subgraph'],
  },
  mercato_gateway_slow_clients_total: {
    kind: 'counter',
    help: 'Clients disconnected because they did not take what was sent.',
    labels: [],
  },
  mercato_subgraph_operations_total: {
    kind: 'counter',
    help: 'GraphQL operations executed by a subgraph.',
    labels: ['context', 'type', 'operation', 'outcome'],
  },
  mercato_subgraph_operation_seconds: {
    kind: 'histogram',
    help: 'Time a subgraph took to execute an operation.',
    labels: ['context', 'type', 'operation'],
  },
  mercato_command_total: {
    kind: 'counter',
    help: 'Attempts to handle a command: accepted, rejected, or lost to a race and decided again.',
    labels: ['command', 'outcome'],
  },
  mercato_command_duration_seconds: {
    kind: 'histogram',
    help: 'Time to load, decide and append, retries included.',
    labels: ['command'],
  },
  mercato_events_appended_total: { kind: 'counter', help: 'Events appended to the log.', labels: ['type'] },
  mercato_relay_lag_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest event that is in the log and not yet published.',
    labels: [],
  },
  mercato_projection_lag_seconds: {
    kind: 'gauge',
    help: 'How far the view is behind: the age of what it applied last, or the time since it was last known to lack nothing.',
    labels: ['view'],
  },
  mercato_messages_parked_total: {
    kind: 'counter',
    help: 'Messages put aside because they could not be handled.',
    labels: ['group'],
  },
  mercato_parked_messages: { kind: 'gauge', help: 'Messages that are put aside now.', labels: ['group'] },
  mercato_open_sockets: { kind: 'gauge', help: 'Open WebSocket and SSE connections.', labels: ['transport'] },
  mercato_subscriptions_active: { kind: 'gauge', help: 'Subscriptions being served.', labels: [] },
  mercato_subscription_events_total: {
    kind: 'counter',
    help: 'Events sent to subscribers.',
    labels: ['subscription'],
  },
  mercato_pg_pool_connections: {
    kind: 'gauge',
    help: 'Connections of the PostgreSQL pool: idle, active, and callers waiting for one.',
    labels: ['state'],
  },
  mercato_users_registered_total: { kind: 'counter', help: 'People who signed up.', labels: [] },
  mercato_sign_ins_total: { kind: 'counter', help: 'Attempts to sign in.', labels: ['outcome'] },
  mercato_orders_placed_total: { kind: 'counter', help: 'Orders placed.', labels: [] },
  mercato_orders_ended_total: {
    kind: 'counter',
    help: 'Orders that reached their end: delivered, rejected, cancelled.',
    labels: ['outcome'],
  },
  mercato_revenue_captured_minor_units_total: {
    kind: 'counter',
    help: 'Money captured, in minor units of the currency.',
    labels: ['currency'],
  },
  mercato_payments_total: { kind: 'counter', help: 'Answers of the payment provider.', labels: ['outcome'] },
  mercato_provider_reports_unbooked_total: {
    kind: 'counter',
    help: 'What the payment provider says it did and what is in no book: each needs a person.',
    labels: ['provider', 'reason'],
  },
  mercato_stock_reservations_total: { kind: 'counter', help: 'Attempts to reserve stock.', labels: ['outcome'] },
  mercato_scrape_failures_total: {
    kind: 'counter',
    help: 'Gauges that could not be read when metrics were asked for.',
    labels: ['metric'],
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>

export type MetricName = keyof typeof catalogue
