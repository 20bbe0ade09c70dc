import type { Order } from '../generated/types.ts'

/** An order as a small wholesaler would send it: for tests and for measuring. */
export function sampleOrder(lines = 2): Order {
  return {
    customer: {
      id: '17850',
      name: 'Harbour Lane Gifts',
      email: 'orders@harbourlane.example',
      phone: '+44 20 7946 0102',
      country: 'GB',
      language: 'en',
      taxId: '',
      segment: 'retail',
    },
    currency: 'GBP',
    lines: Array.from({ length: lines }, (_, i) => ({
      lineId: String(i + 1),
      sku: `8512${i}A`,
      description: 'WHITE HANGING HEART T-LIGHT HOLDER',
      quantity: String(6 + i),
      unitPrice: '2.55',
      discountPercent: null,
    })),
    declaredTotal: null,
    billing: {
      name: 'Harbour Lane Gifts',
      contact: 'Maya Bell',
      street: '12 Harbour Lane',
      city: 'Whitby',
      region: '',
      postalCode: 'YO21 3PU',
      country: 'GB',
      terms: 'NET30',
      schedule: '',
      purchaseOrder: 'PO-4471',
    },
    shipping: {
      name: 'Harbour Lane Gifts',
      street: '12 Harbour Lane',
      city: 'Whitby',
      region: '',
      postalCode: 'YO21 3PU',
      country: 'GB',
      method: 'courier',
      requestedDate: '2026-03-02',
      splitDeliveries: false,
    },
    payment: { status: 'authorised', method: 'invoice', country: 'GB', amount: '199.5' },
    salesperson: 'sally',
    channel: 'web',
    contractNumber: '',
    placedAt: 1_771_930_800_000,
  }
}
