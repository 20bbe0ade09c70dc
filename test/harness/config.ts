/** The only place of the tests' set-up that reads the environment. */
export const environment: Readonly<NodeJS.ProcessEnv> = process.env
