import { BlockList, isIP, isIPv6 } from 'node:net'

/** Nobody is ever sent a message there: the machine's neighbours, whole groups, and what clouds tell their machines. */
const never = listOf([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Alibaba's and Azure's services for the machine itself.
  '100.100.100.200/32',
  '168.63.129.16/32',
  '::/128',
  'fe80::/10',
  'ff00::/8',
  // Amazon's.
  'fd00:ec2::/32',
])

/** Networks that are not the public internet (RFC 6890 and those that followed). */
const unlisted = listOf([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  // Of IPv6 only 2000::/3 is public; in it, what carries IPv4 addresses, and examples.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '::/3',
  '4000::/2',
  '8000::/1',
])

/** An address of IPv4 that is written in IPv6. */
const mapped = listOf(['::ffff:0:0/96'])

/** Whether a message may go to this address. `isPrivate`: private networks and this machine are wanted. */
export function isAllowed(address: string, isPrivate: boolean): boolean {
  if (isIP(address) === 0) return false
  if (isIPv6(address) && isIn(mapped, address)) return isAllowed(unmapped(address), isPrivate)
  return !isIn(never, address) && (isPrivate || !isIn(unlisted, address))
}

/** The IPv4 address within an IPv6 address that carries one. */
function unmapped(address: string): string {
  const tail = new URL(`http://[${address.split('%')[0]}]/`).hostname.slice(1, -1).split(':').slice(-2)
  const [high = 0, low = 0] = tail.map((part) => Number.parseInt(part || '0', 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

interface Networks {
  ipv4: BlockList
  ipv6: BlockList
}

/** A list for each family: Node takes an IPv4 address for its IPv6 form, which is in `::/3`. */
function listOf(networks: readonly string[]): Networks {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() }
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = familyOf(address)
    lists[family].addSubnet(address, Number(bits), family)
  }
  return lists
}

function isIn(networks: Networks, address: string): boolean {
  const family = familyOf(address)
  return networks[family].check(address, family)
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
