import type { z } from 'zod'
import { suggest } from './did-you-mean.ts'
import { kindOf, shown } from './shown.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** The fields that a kind of file may have, and the words for them. */
export interface FileFields<Shape extends z.ZodType> {
  shape: Shape
  /** What to write for each field; a name such as `rotas.people` goes before `people`, under `rotas`. */
  hints: Readonly<Record<string, string>>
  /** What stands at a path: the policy, the exception "large-order". */
  inWords(path: Path): string
  /** Where to look when there is no hint. */
  samples: string
  /** Fields for which people would write several values: what there is one of. */
  single?: Readonly<Record<string, string>>
}

type AnyFields = FileFields<z.ZodType>

/** The fields of a file; undefined after reporting everything that does not fit. */
export function readFields<Shape extends z.ZodType>(
  source: YamlSource,
  fields: FileFields<Shape>,
): z.infer<Shape> | undefined {
  const result = fields.shape.safeParse(source.value(), { reportInput: true })
  if (result.success) return result.data
  for (const issue of result.error.issues) if (!source.full) reportIssue(source, issue, fields)
  return undefined
}

function reportIssue(source: YamlSource, issue: z.core.$ZodIssue, fields: AnyFields): void {
  const path = issue.path as Path
  if (issue.input === undefined) reportMissing(source, path, fields)
  else if (issue.code === 'invalid_union' && within(issue)) reportWithin(source, issue, fields)
  else if (issue.code === 'unrecognized_keys') reportUnknown(source, path, issue.keys, fields)
  else if (issue.code === 'invalid_key')
    source.reportName(path, `"${last(path)}" ${issue.issues[0]?.message}`, 'use another name')
  else source.report(path, wrongSort(issue, fields) ?? wordsFor(issue, fields), hintFor(issue, fields))
}

/** Of the sorts that a value can have, the one that fits but for something within it. */
function within({ errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  return errors.find((issues) => issues.length > 0 && issues.every(({ path }) => path.length > 0))
}

function reportWithin(source: YamlSource, union: z.core.$ZodIssueInvalidUnion, fields: AnyFields): void {
  for (const issue of within(union) ?? [])
    reportIssue(source, { ...issue, path: [...union.path, ...issue.path] }, fields)
}

function reportMissing(source: YamlSource, path: Path, fields: AnyFields): void {
  const group = path.slice(0, -1)
  source.reportName(group, `${fields.inWords(group)} has no "${last(path)}"`, fieldHint(path, fields))
}

function reportUnknown(source: YamlSource, path: Path, keys: readonly string[], fields: AnyFields): void {
  const known = fieldsAt(fields.shape, path)
  for (const key of keys) {
    if (source.full) return
    source.reportName([...path, key], `${fields.inWords(path)} has no field "${key}"`, suggest(key, known))
  }
}

/** What is said of a field that takes one of something, whatever is wrong with its value. */
function wrongSort({ path, input }: z.core.$ZodIssue, { single = {} }: AnyFields): string | undefined {
  const field = last(path as Path)
  return Object.hasOwn(single, field) ? `${single[field]}, not ${kindOf(input)}` : undefined
}

function wordsFor(issue: z.core.$ZodIssue, fields: AnyFields): string {
  const what = quoted(issue.path as Path, fields)
  switch (issue.code) {
    case 'invalid_type':
      return `${what} has to be ${expected[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}`
    case 'invalid_value':
      return `${what} cannot be ${shown(issue.input)}`
    case 'too_big':
      return `${what} is too long`
    default:
      return `${shown(issue.input)} ${issue.message}`
  }
}

const expected: Record<string, string> = {
  string: 'text',
  object: 'a group of fields',
  record: 'a group of names',
  array: 'a list',
}

function hintFor(issue: z.core.$ZodIssue, fields: AnyFields): string {
  switch (issue.code) {
    case 'invalid_value':
      return suggest(String(issue.input), issue.values.map(String))
    case 'too_big':
      return `at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'}`
    default:
      return fieldHint(issue.path as Path, fields)
  }
}

function fieldHint(path: Path, fields: AnyFields): string {
  const hint = hintAt(path, fields)
  return hint === undefined ? fields.samples : `write ${hint}`
}

/** What to write at a path, or at the nearest field above it that has a hint. */
export function hintAt(path: Path, { hints }: AnyFields): string | undefined {
  const names = path.filter((step) => typeof step === 'string')
  const known = names
    .flatMap((step) => [step, `${names[0]}.${step}`])
    .findLast((step) => Object.hasOwn(hints, step))
  return known === undefined ? undefined : hints[known]
}

/** Fields that may stand at a path. */
function fieldsAt(whole: z.ZodType, path: Path): string[] {
  let here: unknown = whole
  for (const step of path) here = inside(here as z.core.$ZodType, step)
  const { shape } = unwrapped(here as z.core.$ZodType) as unknown as { shape: object }
  return Object.keys(shape)
}

function inside(type: z.core.$ZodType, step: string | number): unknown {
  const { shape, element, valueType } = unwrapped(type) as unknown as {
    shape?: Record<string, unknown>
    element?: unknown
    valueType?: unknown
  }
  return shape?.[step] ?? element ?? valueType
}

function unwrapped(type: z.core.$ZodType): z.core.$ZodType {
  return type._zod.def.type === 'optional' ? (type as z.ZodOptional<z.ZodType>).unwrap() : type
}

const last = (path: Path): string => String(path.at(-1))

function quoted(path: Path, { inWords }: AnyFields): string {
  const step = path.at(-1)
  if (step === undefined) return inWords([])
  return typeof step === 'number' ? `entry ${step + 1} of "${path.at(-2)}"` : `"${step}"`
}
