/** A notice to staff says so in the name of its message; whom it is for otherwise is the customer. */
export const staffMessage = (occasion: string): string => `staff-${occasion}`

export const isOfCustomer = (message: string): boolean => !message.startsWith('staff-')
