import { orEnd, readArguments } from './arguments.ts'
import { generate, generators } from './generators.ts'

orEnd(() => readArguments('generate', process.argv.slice(2), {}))

/** Writes every file that is made from another one. */
for (const generator of generators) {
  const { code, all } = await generate(generator)
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${generator.writes.join(', ')}\n${code === 0 ? '' : all}`)
  if (code !== 0) process.exitCode = 1
}
