import { setTimeout as delay } from 'node:timers/promises'
import type { ContextPorts, ViewStore } from '@mercato/shared-kernel/application'

type Wrap = (context: string, ports: ContextPorts) => ContextPorts

/** Views take their time to apply an event. `delayMs` is asked for each one, counted from 0. */
export const slowViews =
  (options: { readonly views: readonly string[]; readonly delayMs: (applied: number) => number }): Wrap =>
  (_, ports) => {
    let applied = 0
    const apply: ViewStore['apply'] = async change => {
      const [name = ''] = change.view.split('@')
      const ms = options.views.includes(name) ? options.delayMs(applied++) : 0
      if (ms > 0) await delay(ms)
      return ports.views.apply(change)
    }
    return { ...ports, views: { ...ports.views, apply } }
  }
