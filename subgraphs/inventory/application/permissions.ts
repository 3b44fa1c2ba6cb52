import { Fault, hasScope, type Viewer } from '@mercato/shared-kernel/application'
import type { CatalogueCommands } from './catalogue-commands.ts'
import type { StockCommands } from './stock-commands.ts'

/** Fault UNAUTHENTICATED for nobody, FORBIDDEN for somebody without the scope. */
export const requireScope = (viewer: Viewer, scope: string): void => {
  if (!viewer.user) throw new Fault('UNAUTHENTICATED', 'Sign in first.')
  if (!hasScope(viewer, scope)) throw new Fault('FORBIDDEN', 'You may not do this.')
}

/** A number for those with the scope. */
export const onlyFor = <Value>(viewer: Viewer, scope: string, value: Value): Value => {
  requireScope(viewer, scope)
  return value
}

type UseCase = (...given: never[]) => Promise<unknown>

const guarded = <Commands extends { readonly [Name in keyof Commands]: UseCase }>(
  commands: Commands,
  viewer: Viewer,
  scope: string,
): Commands =>
  Object.fromEntries(
    Object.entries<UseCase>(commands).map(([name, useCase]) => [
      name,
      async (...given: never[]) => {
        requireScope(viewer, scope)
        return useCase(...given)
      },
    ]),
  ) as Commands

/** The commands as a viewer may use them: whoever lacks the scope gets a Fault, whatever the schema said. */
export const commandsFor = (viewer: Viewer, catalogue: CatalogueCommands, warehouse: StockCommands) => ({
  catalogue: guarded({ ...catalogue }, viewer, 'catalog:write'),
  warehouse: guarded({ ...warehouse }, viewer, 'stock:write'),
})
