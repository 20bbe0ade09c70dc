import type { z } from 'zod'

/**
 * Reads the process's environment once. Ends the process with code 78 (EX_CONFIG) and a sentence for each variable
 * that is missing or wrong. Empty variables count as absent.
 */
export function loadConfig<Shape extends z.ZodObject>(shape: Shape): z.infer<Shape> {
  const result = parseConfig(shape, process.env)
  if ('config' in result) return result.config
  process.stderr.write(`${result.problems}\n`)
  process.exit(78)
}

/** As `loadConfig`, for a given environment and without ending the process. */
export function parseConfig<Shape extends z.ZodObject>(
  shape: Shape,
  environment: Readonly<Record<string, string | undefined>>,
): { config: z.infer<Shape> } | { problems: string } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
  const result = shape.safeParse(given)
  if (result.success) return { config: result.data }
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '')
    // The value itself is not shown: it may hold a password.
    return `  ${name} ${name in given ? 'does not fit' : 'is not set'}: ${issue.message}`
  })
  return { problems: `This process cannot start with its environment:\n${lines.join('\n')}` }
}
