import { setTimeout as delay } from 'node:timers/promises'
import type { ContextPorts, ViewStore } from '@mercato/shared-kernel/application'

export type Wrap = (context: string, ports: ContextPorts) => ContextPorts

/** Whatever writes to a view, an event or a page of them, waits first. */
const waitingViews = (views: ViewStore, wait: (view: string) => Promise<unknown>): ViewStore => {
  const nameOf = (build: string): string => build.split('@')[0] ?? ''
  return {
    ...views,
    async apply(change) {
      await wait(nameOf(change.view))
      return views.apply(change)
    },
    async applyAll(batch) {
      await wait(nameOf(batch.view))
      return views.applyAll(batch)
    },
  }
}

/** Views take their time to write. `delayMs` is asked each time, counted from 0. */
export const slowViews =
  (options: { readonly views: readonly string[]; readonly delayMs: (applied: number) => number }): Wrap =>
  (_, ports) => {
    let applied = 0
    const wait = async (view: string): Promise<void> => {
      const ms = options.views.includes(view) ? options.delayMs(applied++) : 0
      if (ms > 0) await delay(ms)
    }
    return { ...ports, views: waitingViews(ports.views, wait) }
  }

/** Views that write nothing while they are held. */
export const heldViews = (
  ...names: readonly string[]
): { readonly wrap: Wrap; readonly hold: () => void; readonly release: () => void } & Disposable => {
  let gate = Promise.withResolvers<void>()
  gate.resolve()
  return {
    wrap: (_, ports) => ({
      ...ports,
      views: waitingViews(ports.views, async view => {
        if (names.includes(view)) await gate.promise
      }),
    }),
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
