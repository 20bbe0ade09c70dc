/** Something in a file, a policy or a roster, that has to be put right; or, as a warning, that is likely to be wrong. */
export interface FileError {
  /** Both count from 1. */
  line: number
  column: number
  /** What is wrong. */
  message: string
  /** What to write instead. */
  hint: string
}

/** In the order of the file. */
export function inOrder(errors: readonly FileError[]): FileError[] {
  return errors.toSorted((one, other) => one.line - other.line || one.column - other.column)
}
