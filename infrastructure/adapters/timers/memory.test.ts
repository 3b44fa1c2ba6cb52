import { timersContract } from '@mercato/shared-kernel/testing'
import { createMemoryTimers } from './memory.ts'

timersContract('memory', async () => createMemoryTimers())
