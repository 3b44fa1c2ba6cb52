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

/** What PostgreSQL refuses to store or to compare: a NUL, half a character, a key that fits no index. */
const unfit = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed()
  if (typeof value !== 'object' || value === null || value instanceof Date || depth > 12) return false
  return Object.entries(value).some(([key, inner]) => unfit(key, depth + 1) || unfit(inner, depth + 1))
}
const LONGEST_KEY = 2_704

/** Ports that are as particular as a database: text that it would not take never reached it before. */
export const particularPorts: Wrap = (_, ports) => {
  const particular = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key)
        if (typeof member !== 'function' || typeof key === 'symbol') return member
        return (...args: readonly unknown[]): unknown => {
          if (args.some(each => unfit(each)))
            throw new Error(`${name}.${key}: invalid byte sequence for encoding "UTF8"`)
          if (args.some(each => typeof each === 'string' && Buffer.byteLength(each) > LONGEST_KEY))
            throw new Error(`${name}.${key}: index row size exceeds maximum`)
          return Reflect.apply(member, target, args)
        }
      },
    })
  const { store, claims, idempotency, checkpoints, timers, parked, vault } = ports
  const wrapped = Object.entries({ store, claims, idempotency, checkpoints, timers, parked, vault })
  return { ...ports, ...Object.fromEntries(wrapped.map(([name, port]) => [name, particular(name, port)])) }
}
