import type { CaseStatusFilter } from '@holdpoint/desk-contract'

/** What the address of the inbox says of the list. */
export type InboxSearch = { status?: CaseStatusFilter; role?: string; q?: string }
