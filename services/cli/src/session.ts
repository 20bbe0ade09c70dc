import type { Command } from 'commander'
import { Desk } from './desk/desk.ts'
import { Shown } from './desk/shown.ts'
import { findPins, findPlaces, findServices, type GivenPlaces, type Places } from './places.ts'
import { jsonOf, printableLines, type Terminal } from './terminal.ts'

/** What surrounds the program: nothing below reads the process itself. */
export interface World {
  terminal: Terminal
  /** Current folder. */
  folder: string
  environment: {
    places: GivenPlaces
    /** Where services answer for themselves, as `name=url,name=url`. */
    services?: string | undefined
    as: string | undefined
    cacheFolder: string
  }
  now(): number
  /** From now on Ctrl-C aborts this signal instead of ending the process. */
  untilInterrupted(): AbortSignal
  /** Set when the answer is not yes: 1 for no, 3 for what cannot be said. */
  exitCode: 0 | 1 | 3
}

export type GlobalOptions = GivenPlaces & { json?: boolean }

/** One run of one command. */
export interface Session {
  json: boolean
  terminal: Terminal
  places: Places
  /** Where each service answers for itself, by its name, as far as that is known. */
  services: Record<string, string>
  desk: Desk
  shown: Shown
  /** Who acts when --as does not say. */
  as: string | undefined
  untilInterrupted(): AbortSignal
  now(): number
  /** Prints the result: as JSON when asked for, else as text in which nothing is unseen. */
  show(value: unknown, text: () => string): void
  /** The same for a file that was published, which is printed as it is. */
  showFile(value: unknown, text: string): void
  /** The answer is no: the exit code becomes 1. */
  no(): void
  /** Nobody can say: the exit code becomes 3. */
  cannotSay(): void
  /** Where what is known of the trail of the stack that Kafka is of is kept; undefined for any other Kafka. */
  pinsFile: string | undefined
}

export type Work<Options> = (session: Session, options: Options, ...args: string[]) => Promise<void>

/** A command's action: opens the session, then works. Arguments that may be repeated come one after the other. */
export function work<Options extends object>(world: World, doIt: Work<Options>) {
  return async (...params: unknown[]): Promise<void> => {
    const command = params.at(-1) as Command
    const options = command.optsWithGlobals<Options & GlobalOptions>()
    const args = params.slice(0, -2).flat() as string[]
    await doIt(openSession(world, options), options, ...args)
  }
}

function openSession(world: World, options: GlobalOptions): Session {
  const { terminal, environment } = world
  const places = findPlaces(world.folder, options, environment.places)
  const json = options.json === true
  return {
    json,
    terminal,
    places,
    services: findServices(world.folder, environment.services),
    desk: new Desk(places.desk),
    shown: new Shown(environment.cacheFolder, places.desk),
    as: environment.as,
    untilInterrupted: world.untilInterrupted,
    now: world.now,
    show: (value, text) => terminal.out(json ? jsonOf(value) : printableLines(text())),
    showFile: (value, text) => terminal.out(json ? jsonOf(value) : text),
    no: () => {
      world.exitCode = 1
    },
    cannotSay: () => {
      world.exitCode = 3
    },
    pinsFile: findPins(world.folder, places.kafka),
  }
}
