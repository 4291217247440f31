import { isDigit, isLetterOrDigit } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';
import { isHex } from './ip-v6.ts';

const dot = 0x2e;

const hexClass = '0-9A-Fa-f';

/**
 * MAC addresses (IEEE 802 EUI-48): six pairs with colons or hyphens, or three groups of four with
 * dots. Groups that go on, as in key fingerprints and IPv6, are something else.
 */
export const macAddress: Detector = {
  id: 'mac_address',
  category: 'network',
  weight: 0.04,
  specificity: 46,
  anchors: {
    signs: [
      { sign: ':', before: hexClass, after: hexClass, ahead: { 2: hexClass, 3: ':', 6: ':' } },
      { sign: '-', before: hexClass, after: hexClass, ahead: { 2: hexClass, 3: '\\-', 6: '\\-' } },
      { sign: '.', before: hexClass, after: hexClass, ahead: { 2: hexClass, 3: hexClass, 5: '.' } },
    ],
  },
  find: findMacAddress,
  normalise: (value) => value.toLowerCase().replace(/[^0-9a-f]/g, ''),
  mask: () => '**:**:**:**:**:**',
  heedsExampleWords: true,
  sources: [
    'https://standards.ieee.org/products-programs/regauth/',
    'https://www.rfc-editor.org/rfc/rfc7042',
  ],
  context: [
    {
      effect: 0.6,
      words: {
        en: [
          'mac',
          'mac address',
          'mac addr',
          'hwaddr',
          'hardware address',
          'physical address',
          'ethernet',
          'ether',
          'bssid',
          'bluetooth',
          'wifi',
          'wlan',
          'dhcp',
          'arp',
          'link/ether',
        ],
        de: ['mac-adresse', 'hardware-adresse', 'physische adresse'],
        fr: ['adresse mac', 'adresse physique'],
        es: ['dirección mac', 'dirección física'],
        it: ['indirizzo mac', 'indirizzo fisico'],
        pt: ['endereço mac', 'endereço físico'],
        nl: ['mac-adres'],
        pl: ['adres mac'],
      },
    },
    {
      effect: -0.7,
      words: { en: ['fingerprint', 'md5', 'sha1', 'serial', 'time', 'duration', 'timestamp'] },
    },
  ],
  hits: [
    { text: 'lease for 3c:52:82:6f:1a:d4 expired', values: ['3c:52:82:6f:1a:d4'] },
    { text: 'MAC 3C-52-82-6F-1A-D4', values: ['3C-52-82-6F-1A-D4'] },
    { text: 'mac-address-table static 3c52.826f.1ad4 vlan 4', values: ['3c52.826f.1ad4'] },
    { text: '{"bssid":"f0:9f:c2:31:0b:7e"}', values: ['f0:9f:c2:31:0b:7e'] },
    {
      text: 'device,mac\ntv,F09FC2:310B7E\nphone,f0:9f:c2:31:0b:7e\n',
      values: ['f0:9f:c2:31:0b:7e'],
    },
  ],
  misses: [
    'ff:ff:ff:ff:ff:ff and 00:00:00:00:00:00',
    'aa:bb:cc:dd:ee:ff or 00:11:22:33:44:55 or 00:00:5e:00:53:1f',
    'MD5 3c:52:82:6f:1a:d4:0b:7e:f0:9f:c2:31:0b:7e:11:22',
    'uuid 3c52826f-1ad4-4b7e-9f09-fc2310b7e112',
    'at 10-12-14-16-18-20 and 3c:52-82:6f-1a:d4',
    'zz:52:82:6f:1a:d4',
    'x3c:52:82:6f:1a:d4y',
    '2001:52:82:6f:1a:d4',
  ],
};

/** Documentation range (RFC 7042), and addresses that repeat or spell a word. */
const placeholder =
  /^(?:(..)\1{5}|00005e0053..|0000000000..|001122334455|001a2b3c4d5e|aabbccddeeff|0123456789ab|deadbeef....|cafebabe....)$/;
/** Steps from pair to pair of addresses that count: 01:02:03, 10:20:30, 12:34:56. */
const countingSteps: ReadonlySet<number> = new Set([0x01, 0x10, 0x22]);

function findMacAddress(window: TextWindow, at: number): Match | undefined {
  const separator = byteAt(window, at);
  const size = separator === dot ? 4 : 2;
  if (byteAt(window, at + size + 1) !== separator) return undefined;
  if (size === 2 && byteAt(window, at + 6) !== separator) return undefined;
  const start = at - size;
  const end = start + (separator === dot ? 14 : 17);
  let hex = '';
  for (let i = start; i < end; i++) {
    const byte = byteAt(window, i);
    if ((i - start) % (size + 1) === size) {
      if (byte !== separator) return undefined;
    } else if (isHex(byte)) hex += String.fromCharCode(byte);
    else return undefined;
  }
  if (continues(window, start - 1, separator, -1) || continues(window, end, separator, 1)) {
    return undefined;
  }
  hex = hex.toLowerCase();
  if (/^0+$/.test(hex)) return undefined;
  const isGroup = (Number.parseInt(hex.slice(0, 2), 16) & 1) === 1;
  const hasLetter = /[a-f]/.test(hex);
  const match: Match = {
    start,
    end,
    pattern: separator === dot ? 'dotted' : separator === 0x3a ? 'with colons' : 'with hyphens',
    validator: isGroup ? 'eui-48:group' : 'eui-48:single',
    base: isGroup ? 0.3 : hasLetter ? (separator === dot ? 0.5 : 0.65) : 0.2,
  };
  if (/^f+$/.test(hex)) match.published = 'broadcast address';
  else if (placeholder.test(hex) || counts(hex))
    match.published = 'placeholder or documentation range (RFC 7042)';
  return match;
}

function counts(hex: string): boolean {
  const bytes = [0, 2, 4, 6, 8, 10].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const steps = new Set(bytes.slice(1).map((byte, n) => byte - (bytes[n] as number)));
  return bytes.slice(0, 3).every((_, n) => {
    const step = (bytes[n + 1] as number) - (bytes[n] as number);
    return countingSteps.has(step) && steps.has(step);
  });
}

/** Whether the value is only a part of a longer run of groups or of a word. */
function continues(window: TextWindow, at: number, separator: number, step: 1 | -1): boolean {
  const byte = byteAt(window, at);
  if (isLetterOrDigit(byte) || byte === 0x5f) return true;
  const beyond = byteAt(window, at + step);
  return byte === separator && (isHex(beyond) || isDigit(beyond));
}
