export function sentenceFor(error: unknown, repository: string): string | undefined
export function shortPath(path: string, repository: string): string
