import { createSystemClock } from '@mercato/adapters/clock/system'
import { createRemoteCatalog } from './composition.ts'
import { type Answering, productCatalogContract } from './testing/product-catalog.contract.ts'

productCatalogContract('in-process', async answer => {
  let present: Answering | undefined = answer
  const catalog = createRemoteCatalog(async lines => {
    if (!present) throw new Error('no context of this process offers a catalogue')
    return present(lines)
  }, createSystemClock())
  return {
    catalog,
    async leave() {
      present = undefined
    },
    async [Symbol.asyncDispose]() {},
  }
})
