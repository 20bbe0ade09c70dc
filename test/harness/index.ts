export { testServers } from './servers.ts'
export { startTestServices, type TestServices } from './services.ts'
export { type SmallDisk, smallDisk } from './small-disk.ts'
export { until } from './until.ts'
