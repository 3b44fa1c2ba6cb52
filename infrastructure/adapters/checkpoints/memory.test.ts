import { checkpointsContract } from '@mercato/shared-kernel/testing'
import { createMemoryCheckpoints } from './memory.ts'

checkpointsContract('memory', async () => createMemoryCheckpoints())
