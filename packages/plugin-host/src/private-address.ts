import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Blocks that are not the public internet (IANA special-purpose address registries). */
const IPV4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 198.18.0.0/15 224.0.0.0/4 240.0.0.0/4';
const IPV6 = '::/127 64:ff9b::/96 fc00::/7 fe80::/10 ff00::/8';

const blocks = new BlockList();
for (const [family, list] of [['ipv4', IPV4] as const, ['ipv6', IPV6] as const]) {
  for (const block of list.split(' ')) {
    const [network = '', prefix] = block.split('/');
    blocks.addSubnet(network, Number(prefix), family);
  }
}

/** Whether an IP address lies in a private, loopback, link-local or reserved block; IPv4 within IPv6 too. */
export function isPrivateAddress(address: string): boolean {
  return blocks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Resolves like `dns.lookup`, but a name with any private address is refused with `EPRIVATE`. Used as the
 * connection's own lookup, so that a name cannot change its mind between a check and the connection.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), '');
    if (addresses.some(({ address }) => isPrivateAddress(address))) {
      return callback(
        Object.assign(new Error(`${hostname} is in a private network`), { code: 'EPRIVATE' }),
        '',
      );
    }
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};
