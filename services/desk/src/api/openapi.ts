import { ProblemBody, shapes } from '@holdpoint/desk-contract'
import { z } from 'zod'
import type { Operation } from './route.ts'

type Json = Record<string, unknown>

const commonProblems: Record<number, string> = {
  400: 'The request does not fit.',
  429: 'Too many requests.',
  500: 'The desk failed.',
  503: 'The desk is starting: ask again after the seconds of Retry-After.',
}

/** The OpenAPI 3.1 document of the operations, made from the schemas that check the requests. */
export function openApiDocument(operations: readonly Operation[], base: string): Json {
  const { schemas } = z.toJSONSchema(shapes, { uri: reference, io: 'output' }) as {
    schemas: Record<string, Json>
  }
  const paths: Record<string, Json> = {}
  for (const one of operations) {
    const path = `${base}${one.path}`
    paths[path] = { ...paths[path], [one.method]: describe(one) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdpoint desk',
      version: '1',
      description:
        'Cases, orders, decisions and the policy behind them. Errors are application/problem+json (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)])),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'holdpoint_session' },
      },
    },
  }
}

function describe(one: Operation): Json {
  const parameters = [
    ...fields(one.params, 'path'),
    ...fields(one.query, 'query'),
    ...fields(one.headers, 'header'),
  ]
  return {
    operationId: one.id,
    summary: one.summary,
    ...(one.access === 'open' ? {} : { security: [{ token: [] }, { cookie: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(one.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(one.body, 'input') } },
          },
        }
      : {}),
    responses: { ...answers(one), ...problems(one) },
  }
}

function fields(schema: z.ZodObject | undefined, place: string): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...value }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: value,
  }))
}

function answers(one: Operation): Json {
  return Object.fromEntries(
    Object.entries(one.answers).map(([status, { about, body }]) => [
      status,
      {
        description: about,
        ...(body ? { content: { 'application/json': { schema: schemaOf(body, 'output') } } } : {}),
      },
    ]),
  )
}

function problems(one: Operation): Json {
  const own: Record<number, string> = one.access === 'open' ? {} : { 401: 'Nobody is signed in.' }
  const all = { ...commonProblems, ...own, ...one.problems }
  const content = { 'application/problem+json': { schema: schemaOf(ProblemBody, 'output') } }
  return Object.fromEntries(
    Object.entries(all).map(([status, description]) => [status, { description, content }]),
  )
}

/** A named shape becomes a reference, also inside of others. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const name = shapes.get(schema)?.id
  return name ? { $ref: reference(name) } : bare(inlined(schema, io))
}

function inlined(schema: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const inner = zodSchema as unknown as z.ZodType
      const name = inner === schema ? undefined : shapes.get(inner)?.id
      if (!name) return
      for (const key of Object.keys(jsonSchema)) delete (jsonSchema as Json)[key]
      jsonSchema.$ref = reference(name)
    },
  }) as Json
}

function reference(name: string): string {
  return `#/components/schemas/${name}`
}

function bare({ $schema: _, $id: __, ...schema }: Json): Json {
  return schema
}
