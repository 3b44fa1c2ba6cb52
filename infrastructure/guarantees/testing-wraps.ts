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

/** Views that apply nothing while they are held. */
export const heldViews = (
  ...views: readonly string[]
): { readonly wrap: Wrap; readonly hold: () => void; readonly release: () => void } & Disposable => {
  let gate = Promise.withResolvers<void>()
  gate.resolve()
  return {
    wrap: (_, ports) => {
      const apply: ViewStore['apply'] = async change => {
        if (views.includes(change.view.split('@')[0] ?? '')) await gate.promise
        return ports.views.apply(change)
      }
      return { ...ports, views: { ...ports.views, apply } }
    },
    hold: () => {
      gate = Promise.withResolvers()
    },
    release: () => gate.resolve(),
    [Symbol.dispose]: () => gate.resolve(),
  }
}
