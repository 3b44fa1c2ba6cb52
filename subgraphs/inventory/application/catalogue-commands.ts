import type { CommandContext, IdempotencyOutcome } from '@mercato/shared-kernel/application'
import type { ProductCommand } from '#domain/product.ts'
import { type ProductAttribute, type ProductImage, parseDetails, parsePrice } from '#domain/product-details.ts'
import { productNotFound, skuTaken } from '#domain/rejections.ts'
import { parseSku } from '#domain/sku.ts'
import type { Aggregates } from './aggregates.ts'
import { outcomeOf, readId, refusedInput } from './outcome.ts'
import type { SkuRegistry } from './sku-registry.ts'

type Optional<Value> = Value | null | undefined

export interface PriceInput {
  /** Decimal in major units. */
  readonly amount: string
  readonly currency: string
}

export interface CreateProductInput {
  readonly sku: string
  readonly name: string
  readonly description?: Optional<string>
  readonly category: string
  readonly attributes?: Optional<readonly ProductAttribute[]>
  readonly images?: Optional<readonly ProductImage[]>
  readonly weightGrams: number
  readonly price: PriceInput
}

export interface UpdateProductInput {
  readonly id: string
  readonly name?: Optional<string>
  readonly description?: Optional<string>
  readonly category?: Optional<string>
  readonly attributes?: Optional<readonly ProductAttribute[]>
  readonly images?: Optional<readonly ProductImage[]>
  readonly weightGrams?: Optional<number>
}

interface ById {
  readonly id: string
}

/** What can be done to the catalogue. Bad input and refusals come back as rejections with paths relative to the input. */
export interface CatalogueCommands {
  /** The new product's id is the command's id: a repeat of the command meets its own product and its own claim. */
  createProduct(command: CommandContext, input: CreateProductInput): Promise<IdempotencyOutcome>
  /** Changes the fields given; null leaves a field as it is. */
  updateProduct(command: CommandContext, input: UpdateProductInput): Promise<IdempotencyOutcome>
  changePrice(command: CommandContext, input: ById & { readonly price: PriceInput }): Promise<IdempotencyOutcome>
  publishProduct(command: CommandContext, input: ById): Promise<IdempotencyOutcome>
  unpublishProduct(command: CommandContext, input: ById): Promise<IdempotencyOutcome>
}

const given = <Fields extends object>(fields: Fields): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as {
    [Key in keyof Fields]?: NonNullable<Fields[Key]>
  }

export const createCatalogueCommands = (aggregates: Aggregates, skus: SkuRegistry): CatalogueCommands => {
  const { products } = aggregates

  const toExisting = async (id: string, command: ProductCommand, context: CommandContext) => {
    const productId = readId(id)
    return productId
      ? outcomeOf(await products.handle(productId, command, context))
      : refusedInput(productNotFound(['id']))
  }

  return {
    async createProduct(command, input) {
      const sku = parseSku(input.sku)
      if (!sku.ok) return refusedInput(sku.rejection)
      const { name, category, weightGrams, description, attributes, images } = input
      const details = parseDetails({
        name,
        description: description ?? '',
        category,
        attributes: attributes ?? [],
        images: images ?? [],
        weightGrams,
      })
      if (!details.ok) return refusedInput(details.rejection)
      const price = parsePrice(input.price)
      if (!price.ok) return refusedInput(price.rejection)
      const productId = command.commandId
      if (!(await skus.take(sku.value, productId))) return refusedInput(skuTaken(sku.value))
      const data = { productId, sku: sku.value, ...details.value, price: price.value }
      const handled = await products.handle(productId, { type: 'createProduct', data }, command)
      if (handled.rejection) await skus.giveBack(sku.value, productId)
      else await skus.confirm(sku.value, productId)
      return outcomeOf(handled)
    },

    async updateProduct(command, { id, name, description, category, attributes, images, weightGrams }) {
      const changes = parseDetails(given({ name, description, category, attributes, images, weightGrams }))
      return changes.ok
        ? toExisting(id, { type: 'updateProduct', data: { changes: changes.value } }, command)
        : refusedInput(changes.rejection)
    },

    async changePrice(command, input) {
      const price = parsePrice(input.price)
      return price.ok
        ? toExisting(input.id, { type: 'changePrice', data: { price: price.value } }, command)
        : refusedInput(price.rejection)
    },

    publishProduct: (command, { id }) => toExisting(id, { type: 'publishProduct', data: {} }, command),
    unpublishProduct: (command, { id }) => toExisting(id, { type: 'unpublishProduct', data: {} }, command),
  }
}
