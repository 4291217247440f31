import type { ReadBudget } from '../../read-budget.ts';
import { UnreadableError } from '../../reader.ts';
import { SectorTable } from './sector-table.ts';

const entryBytes = 128;
const miniSectorShift = 6;
const mostDirectoryEntries = 2_000_000;
const storageType = 1;
const streamType = 2;
const rootType = 5;

/** A storage of a compound file: like a folder, with streams and storages by name. */
export class OleStorage {
  readonly name: string;
  /** Upper-cased names are keys: the format compares names without case. */
  readonly streams = new Map<string, OleStream>();
  readonly storages = new Map<string, OleStorage>();

  constructor(name: string) {
    this.name = name;
  }

  findStream(name: string): OleStream | undefined {
    return this.streams.get(name.toUpperCase());
  }

  findStorage(name: string): OleStorage | undefined {
    return this.storages.get(name.toUpperCase());
  }

  /** Reads a stream by its name; undefined when there is none. */
  findBytes(name: string): Uint8Array | undefined {
    return this.findStream(name)?.read();
  }
}

/** A stream of a compound file: like a file. */
export class OleStream {
  readonly name: string;
  readonly #load: () => Uint8Array;
  #bytes: Uint8Array | undefined;

  constructor(name: string, load: () => Uint8Array) {
    this.name = name;
    this.#load = load;
  }

  /** Gives its bytes, fewer than promised when the file is damaged; kept, since sectors are read once. */
  read(): Uint8Array {
    this.#bytes ??= this.#load();
    return this.#bytes;
  }
}

interface DirectoryEntry {
  name: string;
  type: number;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

/**
 * Reads compound files, the container of Office before 2007 ([MS-CFB]). Each sector is given to
 * one stream only, so what all streams hold together is never more than the file.
 */
export class CompoundFile {
  readonly root: OleStorage = new OleStorage('');
  readonly #bytes: Uint8Array;
  readonly #budget: ReadBudget;
  readonly #sectors: SectorTable;
  readonly #miniCutoff: number;
  readonly #firstMiniTable: number;
  #miniSectors: SectorTable | undefined;
  #miniStart = 0;
  #miniSize = 0;
  #isDamaged = false;

  /** @throws {UnreadableError} `corrupt` when there is no directory to go by. */
  constructor(bytes: Uint8Array, budget: ReadBudget) {
    const header = viewOf(bytes);
    if (bytes.length < 512) throw new UnreadableError('corrupt');
    const shift = header.getUint16(0x1e, true);
    if (shift !== 9 && shift !== 12) throw new UnreadableError('corrupt');
    this.#bytes = bytes;
    this.#budget = budget;
    this.#miniCutoff = header.getUint32(0x38, true);
    this.#firstMiniTable = header.getUint32(0x3c, true);
    // The header counts as a sector of the same size.
    const body = bytes.subarray(2 ** shift);
    this.#sectors = SectorTable.ofHeader(header, { body, shift, budget });
    this.#readDirectory(header.getUint32(0x30, true), shift === 12);
  }

  /** Whether anything that was asked for was missing or contradicted itself, up to now. */
  get isDamaged(): boolean {
    return this.#isDamaged || this.#sectors.isDamaged || this.#miniSectors?.isDamaged === true;
  }

  #readDirectory(start: number, hasLargeSizes: boolean): void {
    const bytes = this.#sectors.readChain(start);
    const count = Math.floor(bytes.length / entryBytes);
    if (count === 0 || count > mostDirectoryEntries) throw new UnreadableError('corrupt');
    const view = viewOf(bytes);
    const entryAt = (id: number) => readEntry(view, { at: id * entryBytes, hasLargeSizes });
    const root = entryAt(0);
    if (root.type !== rootType) this.#isDamaged = true;
    this.#miniStart = root.start;
    this.#miniSize = root.size;
    const seen = new Uint8Array(count);
    const open: { id: number; parent: OleStorage }[] = [{ id: root.child, parent: this.root }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { id, parent } = next;
      if (id === 0xffffffff) continue;
      if (id >= count || seen[id] === 1) {
        this.#isDamaged = true;
        continue;
      }
      seen[id] = 1;
      if ((id & 1023) === 0) this.#budget.checkTime();
      const entry = entryAt(id);
      open.push({ id: entry.left, parent }, { id: entry.right, parent });
      const key = entry.name.toUpperCase();
      if (entry.type === streamType) {
        const load = (): Uint8Array => this.#readStream(entry.start, entry.size);
        parent.streams.set(key, new OleStream(entry.name, load));
      } else if (entry.type === storageType) {
        const storage = new OleStorage(entry.name);
        parent.storages.set(key, storage);
        open.push({ id: entry.child, parent: storage });
      }
    }
  }

  #readStream(start: number, size: number): Uint8Array {
    if (size === 0) return new Uint8Array(0);
    this.#budget.checkTime();
    this.#budget.checkHeld(this.#bytes.length + Math.min(size, this.#bytes.length));
    const sectors = size < this.#miniCutoff ? this.#openMiniSectors() : this.#sectors;
    return sectors.readChain(start, size);
  }

  #openMiniSectors(): SectorTable {
    if (this.#miniSectors === undefined) {
      const body = this.#sectors.readChain(this.#miniStart, this.#miniSize);
      const table = this.#sectors.readChain(this.#firstMiniTable);
      const shift = miniSectorShift;
      this.#miniSectors = new SectorTable(readUint32s(table), {
        body,
        shift,
        budget: this.#budget,
      });
    }
    return this.#miniSectors;
  }
}

function readEntry(
  view: DataView,
  { at, hasLargeSizes }: { at: number; hasLargeSizes: boolean },
): DirectoryEntry {
  const nameBytes = Math.min(Math.max(view.getUint16(at + 0x40, true) - 2, 0), 62);
  let name = '';
  for (let n = 0; n + 1 < nameBytes; n += 2) {
    name += String.fromCharCode(view.getUint16(at + n, true));
  }
  const high = hasLargeSizes ? view.getUint32(at + 0x7c, true) : 0;
  return {
    name,
    type: view.getUint8(at + 0x42),
    left: view.getUint32(at + 0x44, true),
    right: view.getUint32(at + 0x48, true),
    child: view.getUint32(at + 0x4c, true),
    start: view.getUint32(at + 0x74, true),
    size: high * 2 ** 32 + view.getUint32(at + 0x78, true),
  };
}

function readUint32s(bytes: Uint8Array): Uint32Array {
  const view = viewOf(bytes);
  const numbers = new Uint32Array(Math.floor(bytes.length / 4));
  for (let n = 0; n < numbers.length; n++) numbers[n] = view.getUint32(n * 4, true);
  return numbers;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
