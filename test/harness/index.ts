export { testServers } from './servers.ts'
export { startTestServices, type TestServices } from './services.ts'
export { until } from './until.ts'
