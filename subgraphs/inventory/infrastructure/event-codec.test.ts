import { eventFixturesContract } from '@mercato/shared-kernel/testing'
import { schemas } from './event-codec.ts'

eventFixturesContract('inventory', schemas, new URL('./fixtures/', import.meta.url))
