import type { ContextPorts } from '@mercato/shared-kernel/application'

/** Thrown where a process would have died, and by everything it still tries afterwards. */
export class Dead extends Error {
  override readonly name = 'Dead'
}

/** Calls that leave something behind: before and after each of them a process may die. */
const WRITES = ['append', 'schedule', 'cancel', 'fired', 'save', 'claim', 'confirm', 'begin', 'complete', 'apply']
const PORTS = ['store', 'timers', 'checkpoints', 'claims', 'idempotency', 'parked', 'views', 'vault'] as const

interface Life {
  /** Moments at which the process could have died so far: two for each write. */
  moments: number
  diesAt: number
  dead: boolean
  onDeath: () => void
}

/** Processes that die when they are told to, in the middle of whatever they do. */
export interface Mortals {
  wrap(context: string, ports: ContextPorts): ContextPorts
  /** Moments at which the running process of a context could have died so far. */
  moments(context: string): number
  /** The process of the context dies so many moments from now; calls back when it does. */
  kill(context: string, inMoments: number, onDeath: () => void): void
}

export const createMortals = (): Mortals => {
  const lives = new Map<string, Life>()
  const lifeOf = (context: string): Life => {
    const life = lives.get(context)
    if (!life) throw new Error(`${context} does not live`)
    return life
  }

  const live = (life: Life): void => {
    if (life.dead) throw new Dead('the process is dead')
  }
  const moment = (life: Life): void => {
    live(life)
    life.moments++
    if (life.moments < life.diesAt) return
    life.dead = true
    life.onDeath()
    throw new Dead('the process died')
  }

  const mortal = <Port extends object>(port: Port, life: Life): Port =>
    new Proxy(port, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key)
        if (typeof member !== 'function' || typeof key === 'symbol' || key === 'onAppend') return member
        const writes = WRITES.includes(key)
        return async (...args: readonly unknown[]): Promise<unknown> => {
          // The dead give nothing back: their leases are taken over.
          if (life.dead && key === 'release') return undefined
          if (writes) moment(life)
          else live(life)
          const result: unknown = await Reflect.apply(member, target, args)
          if (writes) moment(life)
          else live(life)
          return result
        }
      },
    })

  return {
    wrap(context, ports) {
      const life: Life = { moments: 0, diesAt: Number.POSITIVE_INFINITY, dead: false, onDeath: () => undefined }
      lives.set(context, life)
      return { ...ports, ...Object.fromEntries(PORTS.map(name => [name, mortal(ports[name], life)])) }
    },
    moments: context => lifeOf(context).moments,
    kill(context, inMoments, onDeath) {
      Object.assign(lifeOf(context), { diesAt: lifeOf(context).moments + inMoments, onDeath })
    },
  }
}
