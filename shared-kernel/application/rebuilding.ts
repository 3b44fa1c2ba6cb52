import { setTimeout as delay } from 'node:timers/promises'
import type { DomainEvent } from '#domain/decider.ts'
import { Fault } from './faults.ts'
import { type Loop, startLoop } from './loop.ts'
import type { Checkpoints, Lease } from './ports/checkpoints.ts'
import type { Ids } from './ports/environment.ts'
import type { ViewStore } from './ports/view-store.ts'
import type { Projector } from './projector.ts'
import type { TellOperators } from './system-events.ts'
import { buildOf, type View } from './view.ts'
import { type BuildsOfView, NOTICED_MS, type ViewBuilds } from './view-builds.ts'
import { type Comparison, compareBuilds } from './view-comparison.ts'

export interface Rebuilt {
  /** False when the builds differed: the old one stays, the new one is dropped. */
  readonly switched: boolean
  readonly build: string
  readonly events: number
  readonly seconds: number
  readonly comparison: Comparison
}

export interface RebuildOptions {
  /** Switches also when the new build differs: the old one was wrong, or lost. */
  readonly accept?: boolean
  /** Told after each page: events applied so far, milliseconds since the start. */
  readonly onProgress?: (events: number, elapsedMs: number) => void
}

/** Makes views anew beside the live ones, while those are read and written. One at a time for each view. */
export interface Rebuilding {
  /**
   * Fills a new build from the log, holds it against the live one, and makes it the one that is read. The old one is kept up to
   * date for {@link rollBack} until the next rebuild or {@link forget}.
   */
  rebuild(view: string, options?: RebuildOptions): Promise<Rebuilt>
  /** Reads the previous build again; what was live becomes the previous. Returns the build that is live now. */
  rollBack(view: string): Promise<string>
  /** Drops the previous build; false when there is none. */
  forget(view: string): Promise<boolean>
}

const LEASE_MS = 30_000

export const createRebuilding = <Event extends DomainEvent>(options: {
  readonly context: string
  readonly views: readonly View<Event, unknown>[]
  readonly store: ViewStore
  readonly projector: Pick<Projector, 'fill'>
  readonly builds: ViewBuilds
  readonly checkpoints: Checkpoints
  readonly ids: Ids
  readonly holder: string
  readonly tell: TellOperators
}): Rebuilding => {
  const { context, views, store, projector, builds, checkpoints, ids, holder, tell } = options

  /** Alone with the view, as it stands now. */
  const alone = async <Result>(
    name: string,
    run: (view: View<Event, unknown>, change: (to: BuildsOfView) => Promise<void>) => Promise<Result>,
  ): Promise<Result> => {
    const view = views.find(each => each.name === name)
    if (!view)
      throw new Fault('NOT_FOUND', `${context} has no view ${name}: ${views.map(each => each.name).join(', ')}.`)
    const leaseName = `rebuild/${context}/${name}`
    const mine = `${holder}/${ids.next()}`
    const acquire = () => checkpoints.acquire(leaseName, mine, LEASE_MS)
    const lease: Lease | undefined = await acquire()
    if (!lease) throw new Fault('CONFLICT', `Somebody else is rebuilding ${name}.`)
    const renewing: Loop = startLoop({
      async pass() {
        await acquire()
        return false
      },
      idleMs: LEASE_MS / 3,
      // Who loses the lease is told when it changes something.
      onError: () => undefined,
    })
    try {
      await builds.refresh()
      return await run(view, async to => {
        if (!(await builds.change(view, to, lease))) throw new Fault('CONFLICT', `Somebody else is rebuilding ${name}.`)
      })
    } finally {
      await renewing[Symbol.asyncDispose]()
      await checkpoints.release(lease)
    }
  }

  /** Drops what no process applies to any more. */
  const dropUnused = async (before: BuildsOfView, now: BuildsOfView): Promise<void> => {
    const used = [now.live, now.previous, now.beside]
    for (const build of [before.previous, before.beside])
      if (build !== undefined && !used.includes(build)) await store.drop(build)
  }

  return {
    rebuild: (name, { accept = false, onProgress } = {}) =>
      alone(name, async (view, change) => {
        const before = builds.of(view)
        const { live } = before
        const beside = `${buildOf(view)}#${ids.next().slice(-8)}`
        const started = performance.now()
        let events = 0
        const onPage = (count: number): void => {
          events += count
          onProgress?.(events, performance.now() - started)
        }
        await change({ live, beside })
        const noticed = delay(NOTICED_MS)
        await projector.fill(name, beside, onPage)
        const seconds = (performance.now() - started) / 1_000
        // Until every process knows of the new build, some apply what comes in to the old one only.
        await noticed
        await dropUnused(before, { live, beside })
        const comparison = await compareBuilds(store, { live, beside }, async () => {
          await Promise.all([projector.fill(name, live), projector.fill(name, beside, onPage)])
        })
        const switched = accept || comparison.different.length === 0
        const after: BuildsOfView = switched ? { live: beside, previous: live } : { live }
        await change(after)
        if (switched) await tell({ type: 'system.ViewRebuilt', data: { view: name, build: beside, events } })
        else {
          await delay(NOTICED_MS)
          await dropUnused({ live, beside }, after)
        }
        return { switched, build: beside, events, seconds, comparison }
      }),

    rollBack: name =>
      alone(name, async (view, change) => {
        const { live, previous } = builds.of(view)
        if (previous === undefined) throw new Fault('NOT_FOUND', `${name} has no previous build to go back to.`)
        await change({ live: previous, previous: live })
        return previous
      }),

    forget: name =>
      alone(name, async (view, change) => {
        const before = builds.of(view)
        if (before.previous === undefined) return false
        await change({ live: before.live })
        await delay(NOTICED_MS)
        await dropUnused(before, { live: before.live })
        return true
      }),
  }
}
