import { decimalOf, unitsOf } from '@holdpoint/schemas'
import type { Lines } from './lines.ts'
import type { Subject } from './subject.ts'
import { instant, number, type Type, text, texts, truth, type Value, type VariableName } from './term.ts'
import type { TextList } from './text-list.ts'

/** A value that rules can read. */
export interface Variable {
  kind: 'variable'
  type: Type
  run(subject: Subject): Value
  /** The value as evidence shows it; an absent one is empty. */
  text(subject: Subject): string
  /** Whether it is there; missing for what is always there. */
  isPresent?(subject: Subject): boolean
}

/** Names under a name. */
export interface Section {
  kind: 'section'
  members: ReadonlyMap<string, Section | Variable>
  /** For names that nobody can know beforehand, such as a company's own facts. */
  open?(name: string): Variable
}

/** Everything that rules can read, by its first name. */
export type Scope = ReadonlyMap<VariableName, Section | Variable>

export type FieldValue = string | number | boolean | null

/** The variable of a field of the order, by the type that the schema gives it. */
export const fieldVariables = {
  text: (value: (subject: Subject) => FieldValue) => textVariable((subject) => value(subject) as string),
  boolean: (value: (subject: Subject) => FieldValue) => truthVariable((subject) => value(subject) as boolean),
  decimal: (value: (subject: Subject) => FieldValue): Variable => ({
    kind: 'variable',
    type: number,
    run: (subject) => unitsOf((value(subject) as string | null) ?? '0'),
    text: (subject) => (value(subject) as string | null) ?? '',
    isPresent: (subject) => value(subject) !== null,
  }),
  instant: (value: (subject: Subject) => FieldValue): Variable => ({
    kind: 'variable',
    type: instant,
    run: (subject) => value(subject) as number,
    text: (subject) => new Date(value(subject) as number).toISOString(),
  }),
}

export function textVariable(run: (subject: Subject) => string): Variable {
  return { kind: 'variable', type: text, run, text: run, isPresent: (subject) => run(subject) !== '' }
}

export function truthVariable(run: (subject: Subject) => boolean): Variable {
  return { kind: 'variable', type: truth, run, text: (subject) => String(run(subject)) }
}

export function numberVariable(run: (subject: Subject) => bigint): Variable {
  return { kind: 'variable', type: number, run, text: (subject) => decimalOf(run(subject)) }
}

export function amount(of: (lines: Lines) => bigint): Variable {
  return numberVariable(({ lines }) => of(lines))
}

export function textsVariable(run: (subject: Subject) => TextList): Variable {
  return { kind: 'variable', type: texts, run, text: (subject) => run(subject).texts.join(', ') }
}

export function section(members: readonly (readonly [string, Section | Variable])[]): Section {
  return { kind: 'section', members: new Map(members) }
}
