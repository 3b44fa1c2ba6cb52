import type { CommandContext, ContextPorts } from '@mercato/shared-kernel/application'
import type { CatalogueCommands, CreateProductInput } from './catalogue-commands.ts'
import type { StockCommands } from './stock-commands.ts'

/** A product of the demo, and how many pieces of it are delivered at the start. */
export interface DemoProduct extends CreateProductInput {
  readonly pieces: number
}

/**
 * Fills an empty catalogue through the real commands. Command ids follow from the SKU: a second call, also after one that died
 * half-way, adds what is missing and changes nothing else.
 */
export const createSeed =
  (
    products: readonly DemoProduct[],
    catalogue: CatalogueCommands,
    warehouse: StockCommands,
    { ids, clock, logger }: Pick<ContextPorts, 'ids' | 'clock' | 'logger'>,
  ) =>
  async (): Promise<void> => {
    const command = (sku: string, step: string): CommandContext => ({
      actor: { kind: 'system', id: 'seed' },
      commandId: ids.derive('mercato/demo', `${sku}/${step}`),
      correlationId: ids.derive('mercato/demo', sku),
      now: clock.now(),
    })
    for (const { pieces, ...product } of products) {
      const { sku } = product
      const creation = command(sku, 'create')
      const { rejection } = await catalogue.createProduct(creation, product)
      if (rejection) {
        logger.warn('a demo product was left out', { sku, code: rejection.code })
        continue
      }
      if (pieces > 0)
        await warehouse.receiveStock(command(sku, 'receive'), { sku, quantity: pieces, reference: 'demo' })
      await catalogue.publishProduct(command(sku, 'publish'), { id: creation.commandId })
    }
  }
