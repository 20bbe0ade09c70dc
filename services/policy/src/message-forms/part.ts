/** A part of a message. Texts are plain: each form writes them so that nothing in them counts as markup. */
export type MessagePart =
  | { kind: 'text' | 'quote' | 'signature'; text: string }
  | { kind: 'fact'; label: string; value: string }
  | { kind: 'link'; text: string; url: string }

/** What is written of a message, whatever the form. */
export interface WrittenMessage {
  /** A language tag such as `de`. */
  language: string
  subject: string
  parts: readonly MessagePart[]
  /** The text as a template gave it, where nobody wrote it in parts. */
  plain?: string
}
