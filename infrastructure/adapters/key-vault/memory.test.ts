import { keyVaultContract } from '@mercato/shared-kernel/testing'
import { createMemoryKeyVault } from './memory.ts'

keyVaultContract('memory', async () => createMemoryKeyVault())
