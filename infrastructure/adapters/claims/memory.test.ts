import { claimsContract } from '@mercato/shared-kernel/testing'
import { createMemoryClaims } from './memory.ts'

claimsContract('memory', async () => createMemoryClaims())
