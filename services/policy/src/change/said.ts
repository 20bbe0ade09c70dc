/** A sentence that says what something is now and what it was; nothing when it is the same. */
export function saidIf(was: string, is: string, sentence: (is: string) => string): string[] {
  return was === is ? [] : [`${sentence(is)} (was: ${was}).`]
}

/** With the full stop that a sentence of the policy may lack. */
export const ended = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)
