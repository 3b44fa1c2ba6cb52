import { eventFixturesContract } from '@mercato/shared-kernel/testing'
import { schemas } from './event-codec.ts'

eventFixturesContract('order', schemas, new URL('./fixtures/', import.meta.url))
