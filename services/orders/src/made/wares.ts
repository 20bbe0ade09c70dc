/** The catalogue of a gift wholesaler: product code, words, price in pounds. */
export interface Ware {
  sku: string
  description: string
  price: string
}

const catalogue = `
10121 Enamel mug, cream with blue rim|4.25
10122 Enamel plate, cream with blue rim|3.95
10240 Set of 4 linen napkins, oatmeal|8.5
10255 Tea towel, herb garden|2.95
10260 Tea towel, lighthouses|2.95
10318 Beeswax candle, tall pair|6.75
10320 Soy candle in a tin, fig|5.25
10321 Soy candle in a tin, sea salt|5.25
10402 Wooden star garland|3.45
10403 Paper star lantern, white|2.25
10417 Felt bunting, nautical|4.95
10455 Wicker hamper, medium|14.5
10456 Wicker hamper, large|21
10501 Glass bottle vase, green|3.75
10502 Glass bottle vase, amber|3.75
10533 Ceramic jug, spotted|9.95
10534 Ceramic jug, striped|9.95
10610 Notebook, marbled cover|3.25
10611 Address book, botanical|5.95
10624 Pack of 12 gift tags, kraft|1.25
10625 Roll of wrapping paper, robins|1.95
10626 Roll of wrapping paper, ferns|1.95
10640 Birthday card, hot air balloon|0.85
10641 Thank-you card, bees|0.85
10702 Jigsaw, harbour scene, 500 pieces|7.95
10703 Wooden skittles in a bag|6.5
10704 Tin spinning top|4.15
10710 Knitted rabbit, grey|5.75
10711 Knitted fox|5.75
10730 Rag doll, Nell|8.25
10801 Kitchen scales, mint|17.5
10802 Cake tin set, three sizes|11.95
10803 Cake stand, two tiers|10.95
10810 Oven glove, gingham|4.45
10811 Apron, gingham|8.95
10820 Spice rack with 12 jars|15.75
10901 Bird feeder, acorn|6.25
10902 Nesting box, robin|9.25
10910 Watering can, zinc|8.75
10911 Plant labels, slate, pack of 10|2.65
10912 Garden twine in a tin|2.15
11002 Soap bar, lavender|1.65
11003 Soap bar, rose geranium|1.65
11010 Bath salts in a jar|3.85
11020 Hot-water bottle, tartan|5.95
11101 Doorstop, Scottie dog|6.95
11102 Draught excluder, dachshund|9.45
11110 Umbrella stand, zinc|19.95
11120 Wall clock, station style|16.5
11121 Key hooks, driftwood|7.25
`

export const wares: readonly Ware[] = catalogue
  .trim()
  .split('\n')
  .map((line) => {
    const [product = '', price = ''] = line.split('|')
    const gap = product.indexOf(' ')
    return { sku: product.slice(0, gap), description: product.slice(gap + 1), price }
  })
