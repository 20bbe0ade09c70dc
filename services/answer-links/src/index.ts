export { type LinkProblem, readAnswerLink } from './read.ts'
export { type AnswerLink, longestToken, signAnswerLink } from './sign.ts'
