import type { DomainEvent } from '#domain/decider.ts'
import type { Checkpoints, Lease } from './ports/checkpoints.ts'
import { buildOf, type View } from './view.ts'

/** The builds of a view that exist: all are kept up to date, one is read. */
export interface BuildsOfView {
  /** The one that is read. */
  readonly live: string
  /** The one that was read before, to go back to. */
  readonly previous?: string
  /** The one that is being filled. */
  readonly beside?: string
}

type AnyView = Pick<View<DomainEvent, unknown>, 'name' | 'version'>

/** Which builds a view has. Shared by all processes of the context; what one process knows is up to {@link NOTICED_MS} old. */
export interface ViewBuilds {
  of(view: AnyView): BuildsOfView
  /** Looks what others have changed. */
  refresh(): Promise<void>
  /** Changes them, fenced by the lease; false, and nothing is changed, when somebody else holds it now. */
  change(view: AnyView, builds: BuildsOfView, lease: Lease): Promise<boolean>
}

/** After so long every process that runs well has noticed a change. */
export const NOTICED_MS = 1_500

const parse = (text: string): BuildsOfView => JSON.parse(text)

export const createViewBuilds = (options: {
  readonly context: string
  readonly checkpoints: Pick<Checkpoints, 'list' | 'save'>
}): ViewBuilds => {
  const { context, checkpoints } = options
  const prefix = `views/${context}/`
  let known: ReadonlyMap<string, BuildsOfView> = new Map()
  const nameOf = (view: AnyView): string => `${prefix}${buildOf(view)}`

  return {
    of: view => known.get(nameOf(view)) ?? { live: buildOf(view) },
    async refresh() {
      const found = await checkpoints.list(prefix)
      known = new Map(found.map(({ name, position }) => [name, parse(position)]))
    },
    async change(view, builds, lease) {
      const changed = await checkpoints.save(nameOf(view), JSON.stringify(builds), lease)
      if (changed) known = new Map([...known, [nameOf(view), builds]])
      return changed
    },
  }
}

/** Names of all builds of a view. */
export const allBuilds = ({ live, previous, beside }: BuildsOfView): readonly string[] =>
  [live, previous, beside].filter(build => build !== undefined)
