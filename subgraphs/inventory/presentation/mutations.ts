import {
  type CommandContext,
  type IdempotencyOutcome,
  type MutationOutcome,
  replayAnswer,
} from '@mercato/shared-kernel/application'
import type { GraphQLResolveInfo } from 'graphql'
import type { ProductView } from '#application/product-view.ts'
import type { StockView } from '#application/stock-view.ts'
import type { SubgraphContext } from './context.ts'
import type { MutationResolvers } from './generated/types.ts'

type Input = { readonly idempotencyKey?: string | null }
type UseCase<In> = (command: CommandContext, input: In) => Promise<IdempotencyOutcome>

const answer = ({ userErrors, consistencyToken }: MutationOutcome) => ({
  userErrors,
  consistencyToken: consistencyToken ?? null,
})

const changeProduct = async <In extends Input>(
  input: In,
  context: SubgraphContext,
  info: GraphQLResolveInfo,
  useCase: UseCase<In>,
) => {
  const outcome = await context.mutate(context, info, input, command => useCase(command, input))
  const product: ProductView | null = outcome.rejection
    ? null
    : ((await context.queries.productAt(outcome.streamId, outcome.revision)) ?? null)
  return { ...answer(outcome), product }
}

const changeStock = async <In extends Input>(
  input: In,
  context: SubgraphContext,
  info: GraphQLResolveInfo,
  useCase: UseCase<In>,
) => {
  const outcome = await context.mutate(context, info, input, command => useCase(command, input))
  const stock: StockView | null = outcome.rejection
    ? null
    : ((await context.queries.stockAt(outcome.streamId, outcome.revision)) ?? null)
  return { ...answer(outcome), stock }
}

export const Mutation = {
  createProduct: (_root, { input }, context, info) =>
    changeProduct(input, context, info, context.catalogue.createProduct),
  updateProduct: (_root, { input }, context, info) =>
    changeProduct(input, context, info, context.catalogue.updateProduct),
  changePrice: (_root, { input }, context, info) => changeProduct(input, context, info, context.catalogue.changePrice),
  publishProduct: (_root, { input }, context, info) =>
    changeProduct(input, context, info, context.catalogue.publishProduct),
  unpublishProduct: (_root, { input }, context, info) =>
    changeProduct(input, context, info, context.catalogue.unpublishProduct),
  receiveStock: (_root, { input }, context, info) => changeStock(input, context, info, context.warehouse.receiveStock),
  adjustStock: (_root, { input }, context, info) => changeStock(input, context, info, context.warehouse.adjustStock),
  setLowStockThreshold: (_root, { input }, context, info) =>
    changeStock(input, context, info, context.warehouse.setLowStockThreshold),
  replayInventoryParkedMessages: async (_root, { input }, context, info) =>
    replayAnswer(
      await context.mutate(context, info, input, command => context.operations.replay(input, context.viewer, command)),
    ),
} satisfies MutationResolvers
