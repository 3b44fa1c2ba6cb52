/** Thrown where a process would have died. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/** Burns down with every call into a port; at its end the process dies there. */
export interface Fuse {
  light(calls: number): void
  readonly lit: boolean
  burn(): void
}

export const createFuse = (): Fuse => {
  let left = Number.POSITIVE_INFINITY
  return {
    light(calls) {
      left = calls
    },
    get lit() {
      return left !== Number.POSITIVE_INFINITY
    },
    burn() {
      left--
      if (left > 0) return
      left = Number.POSITIVE_INFINITY
      throw new Crash('the process died')
    },
  }
}

/** A port whose every call may be the last, before it takes effect or after. */
export const crashing = <Port extends object>(port: Port, fuse: Fuse): Port =>
  new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      if (typeof member !== 'function') return member
      return async (...args: readonly unknown[]): Promise<unknown> => {
        fuse.burn()
        const result: unknown = await Reflect.apply(member, target, args)
        fuse.burn()
        return result
      }
    },
  })
