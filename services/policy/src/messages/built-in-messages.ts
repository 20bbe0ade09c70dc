/** What the customer of a case is told that somebody raised by hand: the letter's own sentence, unless the policy has one. */
export const heldMessage = 'held'
