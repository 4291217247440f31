import { type CharSet, toRanges } from './char-set.ts';

/** The class of bytes that are no part of a character; nothing matches it. */
export const noChar = 0;

/**
 * The code points that a group of patterns tells apart, as few classes: two characters are in the
 * same class when every set of the patterns has both or neither.
 */
export class CharClasses {
  readonly count: number;
  readonly ascii = new Uint16Array(128);
  /** Starts of the runs of code points of one class, and their classes. */
  readonly #starts: Uint32Array;
  readonly #classes: Uint16Array;
  readonly #basic = new Uint16Array(0x1_0000);
  readonly #members: readonly Uint8Array[];

  constructor(sets: readonly CharSet[]) {
    const cuts = new Set<number>([0]);
    for (const [low, high] of sets.flatMap(toRanges)) cuts.add(low).add(high + 1);
    const starts = [...cuts].sort((a, b) => a - b);
    const signatures = starts.map(() => '');
    sets.forEach((set, id) => {
      const ranges = toRanges(set);
      let n = 0;
      starts.forEach((start, at) => {
        while (n < ranges.length && (ranges[n] as [number, number])[1] < start) n++;
        if (n < ranges.length && (ranges[n] as [number, number])[0] <= start) {
          signatures[at] += `${id},`;
        }
      });
    });
    const classBySignature = new Map<string, number>([['', 1]]);
    for (const signature of signatures) {
      if (!classBySignature.has(signature)) {
        classBySignature.set(signature, classBySignature.size + 1);
      }
    }
    this.count = classBySignature.size + 1;
    this.#starts = Uint32Array.from(starts);
    this.#classes = Uint16Array.from(signatures, (one) => classBySignature.get(one) ?? 1);
    this.#members = sets.map(() => new Uint8Array(this.count));
    for (const [signature, id] of classBySignature) {
      for (const set of signature.split(',').slice(0, -1)) {
        (this.#members[Number(set)] as Uint8Array)[id] = 1;
      }
    }
    let run = 0;
    for (let code = 0; code < 0x1_0000; code++) {
      while (run + 1 < starts.length && (starts[run + 1] as number) <= code) run++;
      this.#basic[code] = this.#classes[run] as number;
    }
    this.ascii.set(this.#basic.subarray(0, 128));
  }

  /** By class: 1 when the set of that position in the list has its characters. */
  membersOf(set: number): Uint8Array {
    return this.#members[set] as Uint8Array;
  }

  classOf(codePoint: number): number {
    if (codePoint < 0x1_0000) return this.#basic[codePoint] as number;
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= codePoint) low = middle;
      else high = middle;
    }
    return this.#classes[low] as number;
  }
}
