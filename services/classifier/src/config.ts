import { loadConfig, type ServiceEnvironment, serviceEnvironment } from '@holdpoint/chassis'

export const readConfig = (): ServiceEnvironment => loadConfig(serviceEnvironment)
