import { viewStoreContract } from '@mercato/shared-kernel/testing'
import { createMemoryViewStore } from './memory.ts'

viewStoreContract('memory', async () => createMemoryViewStore())
