import { ok, type Result, refused } from '@mercato/shared-kernel/domain'
import { invalid } from './rejections.ts'

const SHAPE = /^[A-Z0-9](?:[A-Z0-9-]{0,38}[A-Z0-9])?$/

/** Reads a SKU: 1 to 40 letters, digits and inner hyphens. Case does not distinguish SKUs; they are kept in capitals. */
export const parseSku = (text: string, field: readonly string[] = ['sku']): Result<string> => {
  const sku = text.length <= 60 ? text.trim().toUpperCase() : text
  return SHAPE.test(sku) ? ok(sku) : refused(invalid('SKU', 'A SKU has 1 to 40 letters, digits and hyphens.', field))
}
