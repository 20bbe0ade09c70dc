export { countIn, orEnd, readArguments } from './arguments.ts'
export { type ExternalServers, externalServers } from './config.ts'
export { buildConsole } from './console-build.ts'
export { StackError } from './errors.ts'
export { messageFor } from './failure.ts'
export { dataRoot, libraryFolder, repository } from './folders.ts'
export {
  blockSize,
  defaultBase,
  type PortPlan,
  planPorts,
  type ServiceName,
  serviceNames,
  urlOf,
} from './port-plan.ts'
export { freeBlock } from './ports.ts'
export { type Progress, silent, terminalProgress } from './progress.ts'
export { type Reaper, startReaper } from './reaper.ts'
export { type Servers, type ServerUrls, startServers } from './servers.ts'
export { clientEnvironment, type Services, startServices } from './services.ts'
export * as settings from './settings.ts'
export { type Stack, startStack } from './stack.ts'
export { createTeardown, onStopRequest, type Teardown } from './teardown.ts'
export { prepareTopics, registerSchemas, topicSpecs } from './topics.ts'
