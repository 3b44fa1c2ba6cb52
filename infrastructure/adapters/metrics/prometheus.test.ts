import { describe, expect, it } from 'vitest'
import { watchPool } from './pg-pool.ts'
import { createMetrics, mergeMetrics, processMetrics } from './prometheus.ts'

const linesOf = (text: string, name: string): readonly string[] =>
  text.split('\n').filter(line => line.startsWith(name))

describe('Prometheus metrics', () => {
  it('count, observe and set, each with the context', async () => {
    const metrics = createMetrics({ context: 'order' })
    metrics.count('mercato_orders_placed_total')
    metrics.count('mercato_orders_placed_total', {}, 2)
    metrics.count('mercato_command_total', { command: 'PlaceOrder', outcome: 'accepted' })
    metrics.gauge('mercato_relay_lag_seconds', 3)
    metrics.gauge('mercato_relay_lag_seconds', 1.5)
    metrics.observe('mercato_command_duration_seconds', 0.02, { command: 'PlaceOrder' })
    const text = await mergeMetrics([metrics])
    expect(linesOf(text, 'mercato_orders_placed_total')).toEqual(['mercato_orders_placed_total{context="order"} 3'])
    expect(linesOf(text, 'mercato_command_total')).toEqual([
      'mercato_command_total{command="PlaceOrder",outcome="accepted",context="order"} 1',
    ])
    expect(linesOf(text, 'mercato_relay_lag_seconds')).toEqual(['mercato_relay_lag_seconds{context="order"} 1.5'])
    expect(text).toContain('mercato_command_duration_seconds_bucket{le="0.01",command="PlaceOrder",context="order"} 0')
    expect(text).toContain('mercato_command_duration_seconds_bucket{le="0.025",command="PlaceOrder",context="order"} 1')
    expect(text).toContain('mercato_command_duration_seconds_count{command="PlaceOrder",context="order"} 1')
  })

  it('merge compositions into one text in which each name is declared once', async () => {
    const [order, user] = [createMetrics({ context: 'order' }), createMetrics({ context: 'user' })]
    for (const metrics of [order, user]) {
      metrics.count('mercato_events_appended_total', { type: 'Something' })
      metrics.observe('mercato_command_duration_seconds', 1, { command: 'Do' })
    }
    const text = await mergeMetrics([processMetrics(), order, user, processMetrics()])
    for (const name of [
      'mercato_events_appended_total',
      'mercato_command_duration_seconds',
      'process_resident_memory_bytes',
    ])
      expect(linesOf(text, `# TYPE ${name} `)).toHaveLength(1)
    expect(linesOf(text, 'mercato_events_appended_total{')).toEqual([
      'mercato_events_appended_total{type="Something",context="order"} 1',
      'mercato_events_appended_total{type="Something",context="user"} 1',
    ])
    expect(linesOf(text, 'process_resident_memory_bytes ')).toHaveLength(1)
    for (const name of [
      'process_cpu_seconds_total ',
      'nodejs_eventloop_lag_p99_seconds ',
      'nodejs_heap_size_used_bytes ',
    ])
      expect(Number(linesOf(text, name)[0]?.split(' ')[1])).toBeGreaterThan(0)
  })

  it('take no name, kind or label that the catalogue does not have', () => {
    const metrics = createMetrics({ context: 'order' })
    expect(() => metrics.count('mercato_order_placed_total')).toThrow('no metric mercato_order_placed_total')
    expect(() => metrics.count('toString')).toThrow('no metric toString')
    expect(() => metrics.gauge('mercato_orders_placed_total', 1)).toThrow('is a counter')
    expect(() => metrics.observe('mercato_relay_lag_seconds', 1)).toThrow('is a gauge')
    expect(() => metrics.count('mercato_command_total', { customer: 'ann' })).toThrow('no label customer')
    expect(() => metrics.watch('mercato_command_total', () => 1)).toThrow('is a counter')
  })

  it('bound the values of a label, so that input cannot grow them', async () => {
    const metrics = createMetrics({ context: 'order', maxLabelValues: 3 })
    for (let index = 0; index < 10; index += 1)
      metrics.count('mercato_command_total', { command: `c${index}`, outcome: 'accepted' })
    metrics.count('mercato_command_total', { command: 'c1', outcome: 'accepted' })
    const text = await mergeMetrics([metrics])
    expect(linesOf(text, 'mercato_command_total')).toEqual([
      'mercato_command_total{command="c0",outcome="accepted",context="order"} 1',
      'mercato_command_total{command="c1",outcome="accepted",context="order"} 2',
      'mercato_command_total{command="c2",outcome="accepted",context="order"} 1',
      'mercato_command_total{command="other",outcome="accepted",context="order"} 7',
    ])
  })

  it('read watched gauges when asked, and forget label sets that are gone', async () => {
    const metrics = createMetrics({ context: 'order' })
    let parked = [
      { labels: { group: 'a' }, value: 1 },
      { labels: { group: 'b' }, value: 2 },
    ]
    const stop = metrics.watch('mercato_parked_messages', async () => parked)
    metrics.watch('mercato_parked_messages', () => [{ labels: { group: 'c' }, value: 3 }])
    metrics.watch('mercato_subscriptions_active', () => 7)
    const read = async () =>
      linesOf(await mergeMetrics([metrics]), 'mercato_parked_messages').map(line =>
        line.replace(/.*group="(.)".* /, '$1='),
      )
    expect(await read()).toEqual(['a=1', 'b=2', 'c=3'])
    parked = [{ labels: { group: 'b' }, value: 5 }]
    expect(await read()).toEqual(['b=5', 'c=3'])
    stop()
    expect(await read()).toEqual(['c=3'])
    expect(linesOf(await mergeMetrics([metrics]), 'mercato_subscriptions_active')).toEqual([
      'mercato_subscriptions_active{context="order"} 7',
    ])
  })

  it('answer a scrape although a watched gauge fails or hangs, and count that', async () => {
    const failures: string[] = []
    const metrics = createMetrics({ context: 'order', readTimeoutMs: 20, onReadError: name => failures.push(name) })
    metrics.watch('mercato_relay_lag_seconds', () => new Promise<number>(() => undefined))
    metrics.watch('mercato_subscriptions_active', () => {
      throw new Error('gone')
    })
    metrics.count('mercato_orders_placed_total')
    const text = await mergeMetrics([metrics])
    expect(text).toContain('mercato_orders_placed_total{context="order"} 1')
    expect(text).toContain('mercato_scrape_failures_total{metric="mercato_relay_lag_seconds",context="order"} 1')
    expect(failures.sort()).toEqual(['mercato_relay_lag_seconds', 'mercato_subscriptions_active'])
  })

  it('show a pool', async () => {
    const metrics = createMetrics({ context: 'order' })
    watchPool(metrics, { totalCount: 5, idleCount: 2, waitingCount: 4 })
    const text = await mergeMetrics([metrics])
    for (const [state, value] of [
      ['idle', 2],
      ['active', 3],
      ['waiting', 4],
    ])
      expect(text).toContain(`mercato_pg_pool_connections{state="${state}",context="order"} ${value}`)
  })
})
