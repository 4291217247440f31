import type { ReadBudget } from '../../read-budget.ts';

const endOfChain = 0xfffffffe;
/** Numbers above this one are signs, not sectors. */
const lastSector = 0xfffffffa;
const headerTableSectors = 109;

interface SectorTableOptions {
  /** The sectors, one after the other; the last may be cut. */
  body: Uint8Array;
  /** Sectors are two to the power of this bytes long. */
  shift: number;
  budget: ReadBudget;
}

/** Sectors and the table that chains them ([MS-CFB] 2.3, 2.4): the file's own or the mini stream's. */
export class SectorTable {
  readonly #next: Uint32Array;
  readonly #body: Uint8Array;
  readonly #shift: number;
  readonly #budget: ReadBudget;
  /** Sectors that are part of a chain that was read. */
  readonly #taken: Uint8Array;
  isDamaged = false;

  constructor(next: Uint32Array, { body, shift, budget }: SectorTableOptions) {
    this.#next = next;
    this.#body = body;
    this.#shift = shift;
    this.#budget = budget;
    this.#taken = new Uint8Array(Math.ceil(body.length / 2 ** shift));
  }

  /** Gathers the table from the sectors that the header and the chain after it list. */
  static ofHeader(header: DataView, options: SectorTableOptions): SectorTable {
    const { body, shift, budget } = options;
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    const perSector = 2 ** shift / 4;
    const sectors = Math.ceil(body.length / 2 ** shift);
    const next = new Uint32Array(sectors).fill(endOfChain);
    let filled = 0;
    let isDamaged = false;
    const addSector = (sector: number): void => {
      if (sector > lastSector) return;
      const at = sector * 2 ** shift;
      if (at >= body.length) isDamaged = true;
      const end = Math.min(filled + perSector, sectors);
      for (let n = 0; filled + n < end; n++) {
        const field = at + n * 4;
        if (field + 4 <= body.length) next[filled + n] = view.getUint32(field, true);
      }
      filled = end;
    };
    for (let n = 0; n < headerTableSectors; n++) addSector(header.getUint32(0x4c + n * 4, true));
    let list = header.getUint32(0x44, true);
    // Each list sector adds to the table or ends the loop, so that a circle ends too.
    for (let left = sectors; list <= lastSector && filled < sectors && left > 0; left--) {
      budget.checkTime();
      const at = list * 2 ** shift;
      if (at + 2 ** shift > body.length) {
        isDamaged = true;
        break;
      }
      for (let n = 0; n < perSector - 1; n++) addSector(view.getUint32(at + n * 4, true));
      list = view.getUint32(at + (perSector - 1) * 4, true);
    }
    const table = new SectorTable(next, options);
    table.isDamaged = isDamaged;
    return table;
  }

  /**
   * Reads the chain from a sector on, up to `size` bytes, or to its end. It ends early where it is
   * broken, or comes to a sector that has been read already; then the table is damaged.
   */
  readChain(start: number, size?: number): Uint8Array {
    const sectorBytes = 2 ** this.#shift;
    const runs: { from: number; to: number }[] = [];
    let length = 0;
    let sector = start;
    while (sector <= lastSector && (size === undefined || length < size)) {
      const from = sector * sectorBytes;
      if (from >= this.#body.length || this.#taken[sector] === 1) {
        this.isDamaged = true;
        break;
      }
      this.#taken[sector] = 1;
      if ((sector & 4095) === 0) this.#budget.checkTime();
      const to = Math.min(from + sectorBytes, this.#body.length);
      const last = runs.at(-1);
      if (last !== undefined && last.to === from) last.to = to;
      else runs.push({ from, to });
      length += to - from;
      sector = this.#next[sector] ?? endOfChain;
    }
    if (size !== undefined && length < size) this.isDamaged = true;
    const bytes = this.#join(runs, length);
    return size === undefined ? bytes : bytes.subarray(0, size);
  }

  #join(runs: readonly { from: number; to: number }[], length: number): Uint8Array {
    const [only] = runs;
    if (only === undefined) return new Uint8Array(0);
    if (runs.length === 1) return this.#body.subarray(only.from, only.to);
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const { from, to } of runs) {
      bytes.set(this.#body.subarray(from, to), at);
      at += to - from;
    }
    return bytes;
  }
}
