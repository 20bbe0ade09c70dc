import { defineConfig } from 'vitest/config'

const everywhere = '{schemas,services,infra,test}/**'
const elsewhere = ['**/node_modules/**', '**/dist/**', '.holdpoint/**']
const needsStack = [`${everywhere}/*.it.test.ts`, 'test/contract/**/*.test.ts', 'test/e2e/**/*.test.ts']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${everywhere}/*.test.{ts,tsx}`],
          exclude: [...elsewhere, ...needsStack],
          // No test changes what it shares with others, and loading everything anew for each file took half the time.
          isolate: false,
          // On a machine that is busy with other things everything takes several times as long.
          testTimeout: 30_000,
          maxWorkers: '100%',
        },
      },
      {
        test: {
          name: 'stack',
          include: needsStack,
          exclude: elsewhere,
          // The files share one Kafka and two cores: side by side they would only slow each other down.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
