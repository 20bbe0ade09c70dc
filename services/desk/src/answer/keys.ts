import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/**
 * The public keys whose answer links count, from their files (PEM). A file that is not there yet is looked for again at the
 * next link: the notifier makes its key at its first start. `onTrouble` hears of one that holds no key.
 */
export function keysIn(
  files: readonly string[],
  onTrouble: (message: string) => void,
): () => Promise<KeyObject[]> {
  const known = new Map<string, KeyObject>()
  return async () => {
    const keys = await Promise.all(files.map((file) => known.get(file) ?? read(file, onTrouble)))
    for (const [i, key] of keys.entries()) if (key) known.set(files[i] as string, key)
    return keys.filter((key) => key !== undefined)
  }
}

async function read(file: string, onTrouble: (message: string) => void): Promise<KeyObject | undefined> {
  const pem = await readFile(file).catch(() => undefined)
  if (!pem) return undefined
  try {
    return createPublicKey(pem)
  } catch (error) {
    onTrouble(`A file of ANSWER_PUBLIC_KEY_FILES holds no public key: ${(error as Error).message}`)
    return undefined
  }
}
