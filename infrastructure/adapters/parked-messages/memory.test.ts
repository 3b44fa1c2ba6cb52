import { parkedMessagesContract } from '@mercato/shared-kernel/testing'
import { createMemoryParkedMessages } from './memory.ts'

parkedMessagesContract('memory', async () => createMemoryParkedMessages())
