/** As a `ref`: what just appeared in answer to a key or click takes the focus. */
export const focusOnMount = (node: HTMLElement | null): void => node?.focus()

/** The same, and brings it into view: for what is far from where the reader was. */
export function goToOnMount(node: HTMLElement | null): void {
  node?.focus({ preventScroll: true })
  node?.scrollIntoView({ block: 'start' })
}
