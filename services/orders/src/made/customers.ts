import type { Faker } from '@faker-js/faker'
import type { Order } from '@holdpoint/schemas'

export type Customer = Pick<Order, 'customer' | 'billing' | 'shipping'> & { paysByInvoice: boolean }

const shopKinds = [
  'Gifts',
  'Home & Garden',
  'Stores',
  'Trading',
  'Emporium',
  'Cards & Gifts',
  'Interiors',
  'Provisions',
]
const streetWords = [
  'Harbour',
  'Market',
  'Mill',
  'Chapel',
  'Orchard',
  'Station',
  'Castle',
  'Bridge',
  'Priory',
  'Quay',
]
const countries = [
  { code: 'DE', language: 'de', weight: 24 },
  { code: 'FR', language: 'fr', weight: 22 },
  { code: 'IE', language: 'en', weight: 14 },
  { code: 'NL', language: 'nl', weight: 10 },
  { code: 'ES', language: 'es', weight: 9 },
  { code: 'US', language: 'en', weight: 5 },
]

/** Where names and addresses come from. */
export interface Fakers {
  GB: Faker
  [country: string]: Faker
}

/** Loads the names of each country; takes a quarter of a second. */
export async function loadFakers(): Promise<Fakers> {
  const [gb, de, fr, nl, es, us] = await Promise.all([
    import('@faker-js/faker/locale/en_GB'),
    import('@faker-js/faker/locale/de'),
    import('@faker-js/faker/locale/fr'),
    import('@faker-js/faker/locale/nl'),
    import('@faker-js/faker/locale/es'),
    import('@faker-js/faker/locale/en_US'),
  ])
  return { GB: gb.faker, DE: de.faker, FR: fr.faker, NL: nl.faker, ES: es.faker, US: us.faker, IE: gb.faker }
}

export function foreignCountry(faker: Faker): string {
  return faker.helpers.weightedArrayElement(countries.map(({ code, weight }) => ({ value: code, weight })))
}

/** A shop with its people and address; the same draws give the same shop. */
export function madeCustomer(fakers: Fakers, country: string, number: number): Customer {
  const faker = fakers[country] ?? fakers.GB
  faker.seed([number, country.charCodeAt(0), country.charCodeAt(1)])
  const name = `${faker.helpers.arrayElement([faker.person.lastName(), faker.helpers.arrayElement(streetWords)])} ${faker.helpers.arrayElement(shopKinds)}`
  const address = {
    name,
    street: faker.location.streetAddress(),
    city: faker.location.city(),
    region: country === 'GB' ? faker.location.county() : '',
    postalCode: faker.location.zipCode(),
    country,
  }
  const paysByInvoice = faker.datatype.boolean({ probability: 0.7 })
  const language = countries.find(({ code }) => code === country)?.language ?? 'en'
  return {
    customer: {
      id: String(12_000 + number),
      name,
      email: `orders@${slug(name)}.example`,
      phone: faker.phone.number(),
      country,
      language,
      taxId: '',
      segment: faker.helpers.arrayElement(['retail', 'retail', 'retail', 'key-account']),
    },
    billing: {
      ...address,
      contact: faker.person.fullName(),
      terms: paysByInvoice ? 'NET30' : '',
      schedule: '',
      purchaseOrder: '',
    },
    shipping: { ...address, method: 'courier', requestedDate: '', splitDeliveries: false },
    paysByInvoice,
  }
}

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
