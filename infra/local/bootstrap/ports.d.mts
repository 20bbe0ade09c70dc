export type NamedPort = {
  /** What listens there, for people. */
  what: string
  port: number
  /** The option that moves it. */
  option: string
}

/** The ports that can be moved alone; all others follow the base. */
export type SinglePort = 'kafka' | 'registry' | 'redis' | 'desk' | 'intake'

export const host: string
export const defaultBase: number
export const offsets: Readonly<
  Record<
    | SinglePort
    | 'registryManagement'
    | 'kafkaController'
    | 'classifier'
    | 'router'
    | 'sla-timer'
    | 'notifier'
    | 'audit',
    number
  >
>
export const consoleOffset: number
export function optionOf(port: SinglePort): string
export function isFree(port: number): Promise<boolean>
export function accepts(port: number, at?: string): Promise<boolean>
export function takenOf(ports: readonly NamedPort[]): Promise<NamedPort[]>
export function takenSentence(taken: readonly NamedPort[]): string
export function portsAskedFor(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): NamedPort[]
