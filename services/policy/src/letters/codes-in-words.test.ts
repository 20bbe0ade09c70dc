import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeInWords } from './codes-in-words.ts'
import { languages } from './languages/index.ts'
import type { Phrases } from './phrases.ts'

const phrasesOf = (language: string) => languages.get(language) as Phrases

test.each([
  ['en', 'shipping.country', 'GB', 'United Kingdom'],
  ['de', 'customer.country', 'GB', 'Vereinigtes Königreich'],
  ['fr', 'billing.country', 'DE', 'Allemagne'],
  ['de', 'shipping.country', 'Germany', 'Deutschland'],
  ['en', 'shipping.country', 'UK', 'United Kingdom'],
  ['en', 'shipping.country', 'Atlantis', 'Atlantis'],
  ['en', 'shipping.country', 'QQ', 'QQ'],
  ['en', 'billing.terms', 'NET30', '30 days net'],
  ['de', 'billing.terms', 'Net 60 days', '60 Tage netto'],
  ['fr', 'billing.terms', 'NET-30', 'net à 30 jours'],
  ['en', 'billing.terms', 'NET1', '1 day net'],
  ['en', 'billing.terms', 'NET0', 'payable on receipt of the invoice'],
  ['de', 'billing.terms', '2/10 NET 30', '2 % Skonto innerhalb von 10 Tagen, sonst 30 Tage netto'],
  ['en', 'billing.terms', '1.5%/10 n/45', '1.5% discount within 10 days, else 45 days net'],
  ['en', 'billing.terms', 'Due on receipt', 'payable on receipt of the invoice'],
  ['fr', 'billing.terms', 'PREPAID', 'paiement d’avance'],
  ['en', 'billing.terms', 'NET30EOM', 'NET30EOM'],
  ['en', 'billing.terms', 'constructor', 'constructor'],
  ['en', 'shipping.method', 'courier', 'by courier'],
  ['de', 'billing.schedule', 'monthly', 'jeden Monat'],
  ['en', 'shipping.method', 'drone', 'drone'],
  ['en', 'shipping.city', 'NET30', 'NET30'],
])('in %s, %s "%s" is "%s"', (language, path, code, words) => {
  expect(codeInWords(path, code, phrasesOf(language))).toBe(words)
})

test('whatever an order says, a letter says something', () => {
  const paths = fc.constantFrom('shipping.country', 'billing.terms', 'shipping.method', 'billing.schedule')
  fc.assert(
    fc.property(
      fc.constantFrom(...languages.keys()),
      paths,
      fc.string({ unit: 'binary' }),
      (language, path, value) => {
        expect(typeof codeInWords(path, value, phrasesOf(language))).toBe('string')
      },
    ),
  )
})
