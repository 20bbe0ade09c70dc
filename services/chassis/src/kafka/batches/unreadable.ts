/** Bytes of a record batch that nobody can read. The message goes on from "The batch". */
export class UnreadableBatch extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'UnreadableBatch'
  }
}
