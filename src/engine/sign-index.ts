import type { Detector, Sign } from './detector.ts';

/** Where bytes stand that a condition of a sign may look at, counted from the sign. */
const places = [-1, 1, 2, 3, 5, 6, 7] as const;

/** Places in the table, see `kernel/assembly/signs.ts`. */
const rowsOfBytesAt = 32;
const headsAt = 288;
const headListAt = 384;
const rowsAt = 640;
const placeBytes = 512;
const rowBytes = places.length * placeBytes + 16;
/** Conditions of one sign that can be told apart. */
const maxConditions = 16;
const headGroups = 8;
const mostHeads = 31;

/** Signs at which detectors are asked, with what must stand around them. */
export class SignIndex {
  /** As the kernel reads it. */
  readonly table: Uint8Array;
  /** By byte and number of a condition: positions in the detector list. */
  readonly byByte: readonly (readonly (readonly number[])[])[];

  constructor(detectors: readonly Detector[]) {
    const conditions = collectConditions(detectors);
    this.byByte = Array.from({ length: 256 }, (_, byte) =>
      [...(conditions.get(byte)?.values() ?? [])].map(({ askers }) => askers),
    );
    this.table = new Uint8Array(rowsAt + conditions.size * rowBytes);
    let row = 0;
    for (const [byte, ofByte] of conditions) this.#addRow(byte, row++, [...ofByte.values()]);
    const heads = detectors.flatMap(({ anchors }) =>
      (anchors.signs ?? []).flatMap((sign) => sign.heads ?? []),
    );
    this.#addHeads([...new Set(heads)]);
  }

  #addRow(byte: number, row: number, conditions: readonly Condition[]): void {
    const { table } = this;
    if (byte >= 0x80) throw new RangeError('a sign is an ASCII character');
    if (conditions.length > maxConditions) throw new RangeError('a sign has too many conditions');
    table[byte & 15] = (table[byte & 15] as number) | (1 << (byte >>> 4));
    table[16 + (byte >>> 4)] = 1 << (byte >>> 4);
    table[rowsOfBytesAt + byte] = row;
    const start = rowsAt + row * rowBytes;
    const bits = new Uint16Array(table.buffer, start, rowBytes / 2);
    conditions.forEach(({ sign }, n) => {
      places.forEach((place, table) => {
        const fits = setOf(classAt(sign, place));
        for (let other = 0; other < 256; other++) {
          const at = table * 256 + other;
          if (fits(other)) bits[at] = (bits[at] as number) | (1 << n);
        }
      });
      const named = places.length * 256;
      if (sign.heads !== undefined) bits[named] = (bits[named] as number) | (1 << n);
    });
  }

  /** Three pairs of tables by halves of three bytes; a bit for each of eight groups of heads. */
  #addHeads(heads: readonly string[]): void {
    if (heads.length > mostHeads) throw new RangeError('there are too many heads of names');
    const list = new Uint32Array(this.table.buffer, headListAt, 1 + 2 * mostHeads);
    list[0] = heads.length;
    heads.forEach((head, n) => {
      const group = 1 << (n % headGroups);
      const bytes = Buffer.from(head.padEnd(4));
      list[1 + 2 * n] = bytes.readUInt32LE() | 0x2020_2020;
      list[2 + 2 * n] = head.length === 3 ? 0xff_ffff : 0xffff_ffff;
      for (let place = 0; place < 3; place++) {
        const at = headsAt + place * 32;
        const letter = head.charCodeAt(place);
        for (const byte of [letter, head.toUpperCase().charCodeAt(place)]) {
          this.#setBits(at + (byte & 15), group);
          this.#setBits(at + 16 + (byte >>> 4), group);
        }
      }
    });
  }

  #setBits(at: number, bits: number): void {
    this.table[at] = (this.table[at] as number) | bits;
  }
}

interface Condition {
  sign: Sign;
  askers: number[];
}

/** By byte, then by condition; the same condition of several detectors is one. */
function collectConditions(detectors: readonly Detector[]): Map<number, Map<string, Condition>> {
  const all = new Map<number, Map<string, Condition>>();
  detectors.forEach(({ anchors }, position) => {
    for (const sign of anchors.signs ?? []) {
      const byte = sign.sign.charCodeAt(0);
      const ofByte = all.get(byte) ?? new Map<string, Condition>();
      all.set(byte, ofByte);
      const key = JSON.stringify([places.map((place) => classAt(sign, place)), sign.heads]);
      const condition = ofByte.get(key) ?? { sign, askers: [] };
      ofByte.set(key, condition);
      if (condition.askers.at(-1) !== position) condition.askers.push(position);
    }
  });
  return all;
}

function classAt(sign: Sign, place: (typeof places)[number]): string | undefined {
  if (place === -1) return sign.before;
  return place === 1 ? sign.after : sign.ahead?.[place];
}

/** A class of bytes as in a regular expression, where all beyond ASCII are one: `\x80`. */
function setOf(bytes: string | undefined): (byte: number) => boolean {
  if (bytes === undefined) return () => true;
  const pattern = new RegExp(`[${bytes}]`);
  return (byte) => pattern.test(String.fromCharCode(Math.min(byte, 0x80)));
}
