import { createMemoryDirectory } from './memory.ts'
import { serviceDirectoryContract } from './service-directory.contract.ts'

const shared = createMemoryDirectory()

/** Several openings of one memory: each takes out only what it registered itself. */
serviceDirectoryContract('memory', async () => shared.open())
