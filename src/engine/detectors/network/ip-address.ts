import { isAsciiLetter, isDigit, isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { hasSmallOctets, type IpUse, isPlaceholderIpV4, readIpV4, useOfIpV4 } from './ip-v4.ts';
import { type IpV6, isHex, quadOf, readIpV6, useOfIpV6 } from './ip-v6.ts';

const colon = 0x3a;
const dot = 0x2e;
const percent = 0x25;
const slash = 0x2f;
const maxZoneBytes = 16;
const maxIpV6Bytes = 46;

/**
 * IPv4 and IPv6 addresses (RFC 791, 4291) with zone (RFC 4007) and prefix length (RFC 4632). Public
 * addresses may lead to a person; those of private networks, this host or groups hardly do.
 */
export const ipAddress: Detector = {
  id: 'ip_address',
  category: 'network',
  weight: 0.05,
  specificity: 45,
  anchors: {
    forms: [{ form: '9{1,3}.9{1,3}.9{1,3}.9', isStart: true, behind: 'break' }],
    signs: [{ sign: ':', before: '^:', after: '0-9A-Fa-f:' }],
  },
  find: findIpAddress,
  normalise: (value) => value.toLowerCase(),
  mask: maskIpAddress,
  heedsExampleWords: true,
  sources: [
    'https://www.iana.org/assignments/iana-ipv4-special-registry',
    'https://www.iana.org/assignments/iana-ipv6-special-registry',
    'https://www.rfc-editor.org/rfc/rfc4291',
    'https://www.rfc-editor.org/rfc/rfc5737',
  ],
  context: [
    {
      effect: 0.6,
      words: {
        en: [
          'ip',
          'ips',
          'ipv4',
          'ipv6',
          'ip address',
          'ip addr',
          'client ip',
          'remote addr',
          'x-forwarded-for',
          'source ip',
          'visitor',
        ],
        de: ['ip-adresse'],
        fr: ['adresse ip'],
        es: ['dirección ip'],
        it: ['indirizzo ip'],
        pt: ['endereço ip'],
        nl: ['ip-adres'],
        pl: ['adres ip'],
      },
    },
    {
      effect: 0.4,
      words: {
        en: ['address', 'host', 'hostname', 'peer', 'client', 'login', 'logged in', 'subnet'],
      },
    },
    {
      effect: -0.75,
      words: {
        en: [
          'version',
          'versions',
          'ver',
          'release',
          'build',
          'firmware',
          'assembly',
          'revision',
          'oid',
          'section',
          'chapter',
          'clause',
          'changelog',
          'chrome',
          'mozilla',
          'safari',
          'upgrade',
          'since',
        ],
        de: ['abschnitt', 'kapitel'],
      },
    },
  ],
  hits: [
    { text: 'login from 62.138.44.9 failed', values: ['62.138.44.9'] },
    { text: '91.203.18.77 - - [02/Jan] "GET / HTTP/1.1"', values: ['91.203.18.77'] },
    { text: 'client_ip=185.60.216.35;', values: ['185.60.216.35'] },
    { text: 'ip: 2a02:8109:9a40:1fd8::7c1', values: ['2a02:8109:9a40:1fd8::7c1'] },
    { text: 'listen [2a01:4f8:c0c:12::1]:443', values: ['2a01:4f8:c0c:12::1'] },
    { text: 'peer ::ffff:62.138.44.9 connected', values: ['::ffff:62.138.44.9'] },
    { text: 'allowed subnet 62.138.44.0/24.', values: ['62.138.44.0/24'] },
    { text: 'ip address 10.31.4.17 of the printer', values: ['10.31.4.17'] },
    { text: 'name,ip\nbob,62.138.44.9\n', values: ['62.138.44.9'] },
  ],
  misses: [
    'see 192.0.2.17, 198.51.100.4 and 203.0.113.9 in the guide',
    'listen 127.0.0.1:8080 and 0.0.0.0, or ::1 and ::',
    'version 4.11.2.3 and v1.2.3.4 or release 2.0.0.0',
    'resolver 8.8.8.8 or 1.1.1.1',
    'Chrome/101.0.0.0 Safari/91.20.3.4',
    'netmask 255.255.255.0',
    'oid 1.3.6.1.4.1 and 91.203.18.77.4',
    'std::vector a::b Face::Add 12:34:56 aa:bb:cc:dd:ee:ff',
    '300.1.2.3 and 91.203.018.77 and x91.203.18.77y',
    'ipv6 2001:db8::1 and 2001:db8::2::1',
    '10.31.4.17',
  ],
};

function findIpAddress(window: TextWindow, start: number, end: number): Match | undefined {
  if (byteAt(window, start) !== colon) return findIpV4(window, start);
  const next = byteAt(window, end);
  if (next !== colon && !isHex(next)) return undefined;
  return mayBeIpV6(window, start) ? findIpV6(window, start) : undefined;
}

/** Whether from its first colon on there is a pair of colons, or as many as eight groups have. */
function mayBeIpV6(window: TextWindow, colonAt: number): boolean {
  let colons = 1;
  let previous = colon;
  for (let i = colonAt + 1; i < colonAt + maxIpV6Bytes; i++) {
    const byte = byteAt(window, i);
    if (byte === colon) {
      if (previous === colon) return true;
      colons++;
    } else if (byte === dot) return colons === 6;
    else if (!isHex(byte)) break;
    previous = byte;
  }
  return colons === 7;
}

function findIpV4(window: TextWindow, start: number): Match | undefined {
  const before = byteAt(window, start - 1);
  if (isLetterOrDigit(before) || before === 0x5f || before === dot) return undefined;
  if (before === 0x2d && isLetterOrDigit(byteAt(window, start - 2))) return undefined;
  const found = readIpV4(window, start);
  if (found === undefined) return undefined;
  const after = byteAt(window, found.end);
  if (isLetterOrDigit(after) || after === 0x5f) return undefined;
  const use = useOfIpV4(found.address);
  const isLonger = after === dot && isDigit(byteAt(window, found.end + 1));
  // Product/1.2.3.4 is a version; an address stands after a second slash.
  const isProduct = before === slash && isAsciiLetter(byteAt(window, start - 2));
  const looksLikeVersion = isLonger || isProduct || hasSmallOctets(found.address);
  const base = looksLikeVersion ? Math.min(0.08, baseByUse[use]) : baseByUse[use];
  const match: Match = {
    start,
    end: isLonger ? found.end : skipPrefix(window, found.end, 32),
    pattern: 'ipv4',
    validator: rangeOf[use],
    base,
  };
  return withPublished(match, use, isPlaceholderIpV4(found.address));
}

function findIpV6(window: TextWindow, colonAt: number): Match | undefined {
  let start = colonAt;
  while (colonAt - start < 5 && isHex(byteAt(window, start - 1))) start--;
  if (colonAt - start > 4) return undefined;
  const before = byteAt(window, start - 1);
  if (before === colon || before === dot || before === 0x5f || before === percent) return undefined;
  if (isLetterOrDigit(before)) return undefined;
  const found = readIpV6(window, start);
  if (found === undefined) return undefined;
  const end = skipPrefix(window, skipZone(window, found.end), 128);
  const after = byteAt(window, end);
  if (isLetterOrDigit(after) || after === 0x5f || after === colon) return undefined;
  if (after === dot && isDigit(byteAt(window, end + 1))) return undefined;
  const use = useOfIpV6(found.groups);
  const match: Match = {
    start,
    end,
    pattern: found.hasQuad ? 'ipv6 with quad' : found.compressed ? 'ipv6 compressed' : 'ipv6',
    validator: rangeOf[use],
    base: baseOfIpV6(window, { start, found, use }),
  };
  const isPlaceholder = found.hasQuad && isPlaceholderIpV4(quadOf(found.groups));
  return withPublished(match, use, isPlaceholder);
}

const baseByUse: Readonly<Record<IpUse, number>> = {
  public: 0.6,
  documentation: 0.6,
  resolver: 0.4,
  private: 0.2,
  'link-local': 0.15,
  multicast: 0.1,
  reserved: 0.1,
  netmask: 0.02,
  loopback: 0.02,
  unspecified: 0.02,
};

const rangeOf = Object.fromEntries(
  Object.keys(baseByUse).map((use) => [use, `range:${use}`]),
) as Readonly<Record<IpUse, string>>;

/** `abc::def` is also how code names things, so short forms without a digit hardly count. */
function baseOfIpV6(
  window: TextWindow,
  { start, found, use }: { start: number; found: IpV6; use: IpUse },
): number {
  // The quad alone is found as well; the longer value has to win.
  if (found.hasQuad) return Math.min(1, baseByUse[use] + 0.05);
  // Eight groups are no accident, also in ranges that are not given out yet.
  if (!found.compressed && (use === 'public' || use === 'reserved')) return 0.85;
  if (use !== 'public' && use !== 'documentation') return baseByUse[use];
  let hasDigit = false;
  for (let i = start; i < found.end; i++) hasDigit ||= isDigit(byteAt(window, i));
  return found.written >= 3 && hasDigit ? 0.85 : 0.1;
}

/** Says why an address names nobody's machine. */
function withPublished(match: Match, use: IpUse, isPlaceholder: boolean): Match {
  const reason = isPlaceholder ? 'default or placeholder address' : publishedUses[use];
  if (reason !== undefined) match.published = reason;
  return match;
}

const publishedUses: Readonly<Partial<Record<IpUse, string>>> = {
  documentation: 'range reserved for documentation',
  resolver: 'public name server',
  loopback: 'this host itself',
  unspecified: 'no address',
  netmask: 'network mask or broadcast',
};

function skipZone(window: TextWindow, at: number): number {
  if (byteAt(window, at) !== percent) return at;
  let i = at + 1;
  while (i <= at + maxZoneBytes && isZoneByte(byteAt(window, i))) i++;
  return i === at + 1 ? at : i;
}

function isZoneByte(byte: number): boolean {
  return isAsciiLetter(byte) || isDigit(byte) || byte === 0x5f;
}

/** Takes `/n` with n up to `most`; a longer number belongs to something else. */
function skipPrefix(window: TextWindow, at: number, most: number): number {
  if (byteAt(window, at) !== slash || !isDigit(byteAt(window, at + 1))) return at;
  let value = 0;
  let i = at + 1;
  for (; i < at + 5 && isDigit(byteAt(window, i)); i++) value = value * 10 + byteAt(window, i) - 48;
  return value > most || i > at + 4 ? at : i;
}

function maskIpAddress(value: string): string {
  return value.includes(':') ? '****:****::****' : '***.***.***.***';
}
