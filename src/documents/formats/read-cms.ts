/** What a CMS message (RFC 5652) turns out to be, as far as it matters to a reader. */
export type CmsContent =
  | { kind: 'signed'; content: Uint8Array }
  | { kind: 'encrypted' }
  | { kind: 'other' };

interface Element {
  tag: number;
  /** Of its content; an element of indefinite length has all that follows. */
  start: number;
  end: number;
}

const objectIdentifier = 0x06;
const sequence = 0x30;
const explicit = 0xa0;
const octets = 0x04;
const constructedOctets = 0x24;
const signedData = '2a864886f70d010702';
/** Enveloped, encrypted, and enveloped with authentication (RFC 5652, RFC 5083). */
const encrypted = /^2a864886f70d0107(?:03|06)$|^2a864886f70d0109100117$/;
const mostPieces = 1_000_000;
const mostDepth = 8;

/** Reads the outer structure of a CMS message in BER (X.690); undefined when it is none. */
export function readCms(bytes: Uint8Array): CmsContent | undefined {
  const outer = elementAt(bytes, 0, bytes.length);
  if (outer?.tag !== sequence) return undefined;
  const type = elementAt(bytes, outer.start, outer.end);
  if (type?.tag !== objectIdentifier) return undefined;
  const name = hex(bytes, type);
  if (encrypted.test(name)) return { kind: 'encrypted' };
  if (name !== signedData) return { kind: 'other' };
  const content = findSigned(bytes, type.end, outer.end);
  return content === undefined ? undefined : { kind: 'signed', content };
}

/** `[0] { SEQUENCE { version, algorithms, SEQUENCE { type, [0] { content } } … } }`. */
function findSigned(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  const wrapper = expect(bytes, from, to, explicit);
  const signed = wrapper && expect(bytes, wrapper.start, wrapper.end, sequence);
  if (signed === undefined) return undefined;
  const version = elementAt(bytes, signed.start, signed.end);
  const algorithms = version && elementAt(bytes, version.end, signed.end);
  if (algorithms === undefined) return undefined;
  const content = expect(bytes, algorithms.end, signed.end, sequence);
  const type = content && expect(bytes, content.start, content.end, objectIdentifier);
  const inner = type && expect(bytes, type.end, content.end, explicit);
  if (inner === undefined) return new Uint8Array(0);
  const pieces: Uint8Array[] = [];
  const isWhole = gatherOctets(bytes, inner.start, { to: inner.end, depth: 0, pieces });
  return isWhole === undefined ? undefined : new Uint8Array(Buffer.concat(pieces));
}

/** Gathers strings of octets, which may be in pieces; gives where they end. */
function gatherOctets(
  bytes: Uint8Array,
  from: number,
  options: { to: number; depth: number; pieces: Uint8Array[] },
): number | undefined {
  const { to, depth, pieces } = options;
  if (depth > mostDepth) return undefined;
  let at = from;
  while (at < to && pieces.length < mostPieces) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return at + 2;
    const element = elementAt(bytes, at, to);
    if (element === undefined) return undefined;
    if (element.tag === octets) {
      pieces.push(bytes.subarray(element.start, element.end));
      at = element.end;
    } else if (element.tag === constructedOctets) {
      const inner = { to: element.end, depth: depth + 1, pieces };
      const end = gatherOctets(bytes, element.start, inner);
      if (end === undefined) return undefined;
      at = end;
    } else return at;
  }
  return at;
}

function expect(bytes: Uint8Array, at: number, to: number, tag: number): Element | undefined {
  const element = elementAt(bytes, at, to);
  return element?.tag === tag ? element : undefined;
}

/** Tag and length at `at` (X.690, section 8.1); tags of one byte and lengths of four at most. */
function elementAt(bytes: Uint8Array, at: number, to: number): Element | undefined {
  if (at + 2 > to) return undefined;
  const tag = bytes[at] ?? 0;
  const first = bytes[at + 1] ?? 0;
  if (first === 0x80) return { tag, start: at + 2, end: to };
  if (first < 0x80) return within({ tag, start: at + 2, end: at + 2 + first }, to);
  const size = first & 0x7f;
  if (size > 4) return undefined;
  let length = 0;
  for (let n = 0; n < size; n++) length = length * 256 + (bytes[at + 2 + n] ?? 0);
  return within({ tag, start: at + 2 + size, end: at + 2 + size + length }, to);
}

function within(element: Element, to: number): Element | undefined {
  return element.end <= to ? element : undefined;
}

function hex(bytes: Uint8Array, { start, end }: Element): string {
  return Buffer.from(bytes.subarray(start, Math.min(end, start + 32))).toString('hex');
}
