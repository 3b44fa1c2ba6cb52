import { idempotencyStoreContract } from '@mercato/shared-kernel/testing'
import { createMemoryIdempotencyStore } from './memory.ts'

idempotencyStoreContract('memory', async () => createMemoryIdempotencyStore())
