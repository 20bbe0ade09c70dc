import type { z } from 'zod'
import { suggest } from './did-you-mean.ts'
import { fieldHints, type PolicyShape, policyShape } from './shape.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** The fields of a policy file; undefined after reporting everything that does not fit. */
export function readShape(source: YamlSource): PolicyShape | undefined {
  const result = policyShape.safeParse(source.value(), { reportInput: true })
  if (result.success) return result.data
  for (const issue of result.error.issues) reportIssue(source, issue)
  return undefined
}

function reportIssue(source: YamlSource, issue: z.core.$ZodIssue): void {
  const path = issue.path as Path
  if (issue.input === undefined) {
    reportMissing(source, path)
    return
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys)
        source.reportName(
          [...path, key],
          `${inWords(path)} has no field "${key}"`,
          suggest(key, fieldsAt(path)),
        )
      break
    case 'invalid_type':
      source.report(path, wrongType(path, issue), hintFor(path))
      break
    case 'invalid_value':
      source.report(
        path,
        `${quoted(path)} cannot be ${shown(issue.input)}`,
        suggest(String(issue.input), issue.values.map(String)),
      )
      break
    case 'invalid_key':
      source.reportName(path, `"${last(path)}" ${issue.issues[0]?.message}`, 'use another name')
      break
    case 'too_big':
      source.report(
        path,
        `${quoted(path)} is too long`,
        `at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'}`,
      )
      break
    default:
      source.report(path, `${shown(issue.input)} ${issue.message}`, hintFor(path))
  }
}

function reportMissing(source: YamlSource, path: Path): void {
  const group = path.slice(0, -1)
  source.reportName(group, `${inWords(group)} has no "${last(path)}"`, hintFor(path))
}

function wrongType(path: Path, { expected: type, input }: z.core.$ZodIssueInvalidType): string {
  return `${quoted(path)} has to be ${expected[type] ?? type}, not ${kindOf(input)}`
}

const expected: Record<string, string> = {
  string: 'text',
  object: 'a group of fields',
  record: 'a group of names',
  array: 'a list',
}

/** Fields that may stand at a path. */
function fieldsAt(path: Path): string[] {
  let here: unknown = policyShape
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

/** `exceptions.large-order` reads as: the exception "large-order". */
function inWords(path: Path): string {
  if (path.length === 0) return 'the policy'
  const [first, second] = path
  const what = path.length === 2 ? singular[String(first)] : undefined
  return what ? `the ${what} "${second}"` : `"${path.join('.')}"`
}

const singular: Record<string, string> = { exceptions: 'exception', roles: 'role', messages: 'message' }

function hintFor(path: Path): string {
  const names = path.filter((step) => typeof step === 'string')
  const known = names.findLast((step) => Object.hasOwn(fieldHints, step))
  return known ? `write ${fieldHints[known]}` : 'see the sample policies'
}

const last = (path: Path): string => String(path.at(-1))

function quoted(path: Path): string {
  const step = path.at(-1)
  if (step === undefined) return 'the policy'
  return typeof step === 'number' ? `entry ${step + 1} of "${path.at(-2)}"` : `"${step}"`
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a group of fields' : shown(value)
}

function shown(value: unknown): string {
  const text = typeof value === 'object' ? kindOf(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
