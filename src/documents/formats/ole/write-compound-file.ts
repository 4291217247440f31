import type { OleStorage } from './compound-file.ts';

const sectorBytes = 512;
const miniSectorBytes = 64;
const miniCutoff = 4_096;
const none = 0xffffffff;
const endOfChain = 0xfffffffe;
const tableSector = 0xfffffffd;
const listSector = 0xfffffffc;
const perSector = sectorBytes / 4;
const headerTableSectors = 109;

interface Entry {
  name: string;
  type: number;
  sibling: number;
  child: number;
  start: number;
  size: number;
}

/**
 * Writes a storage as a compound file of its own ([MS-CFB], version 3), so that a message or an
 * object that is stored inside another one is a document like any other. Siblings are chained
 * rather than balanced, which readers allow.
 */
export function writeCompoundFile(storage: OleStorage): Uint8Array {
  const writer = new CompoundFileWriter();
  writer.addTree(storage);
  return writer.finish();
}

class CompoundFileWriter {
  readonly #entries: Entry[] = [];
  readonly #chains: number[] = [];
  readonly #pieces: Uint8Array[] = [];
  readonly #miniChains: number[] = [];
  readonly #miniPieces: Uint8Array[] = [];

  addTree(root: OleStorage): void {
    this.#entries.push(newEntry('Root Entry', 5));
    const open: { storage: OleStorage; id: number }[] = [{ storage: root, id: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      let previous = none;
      const link = (entry: Entry): number => {
        const id = this.#entries.push({ ...entry, sibling: previous }) - 1;
        previous = id;
        return id;
      };
      for (const { name, bytes } of streamsOf(next.storage)) {
        const isMini = bytes.length < miniCutoff;
        const start = isMini ? this.#addMini(bytes) : this.#add(bytes);
        link({ ...newEntry(name, 2), start, size: bytes.length });
      }
      for (const storage of next.storage.storages.values()) {
        open.push({ storage, id: link(newEntry(storage.name, 1)) });
      }
      const parent = this.#entries[next.id];
      if (parent !== undefined) parent.child = previous;
    }
  }

  finish(): Uint8Array {
    const [root] = this.#entries;
    if (root === undefined) throw new Error('a compound file has a root');
    const mini = join(this.#miniPieces);
    root.size = mini.length;
    root.start = this.#add(mini);
    const miniTable = this.#add(packUint32s(this.#miniChains));
    const directory = this.#add(this.#packDirectory());
    const header = Buffer.alloc(sectorBytes);
    header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    header.set([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6], 0x18);
    header.writeUInt32LE(directory, 0x30);
    header.writeUInt32LE(miniCutoff, 0x38);
    header.writeUInt32LE(miniTable, 0x3c);
    header.writeUInt32LE(Math.ceil(this.#miniChains.length / perSector), 0x40);
    this.#addTables(header);
    return join([header, ...this.#pieces]);
  }

  /** Adds the table of all sectors, its own included, and the list of its sectors. */
  #addTables(header: Buffer): void {
    const used = this.#chains.length;
    let tables = 0;
    let lists = 0;
    for (let previous = -1; previous !== tables + lists; ) {
      previous = tables + lists;
      tables = Math.ceil((used + tables + lists) / perSector);
      lists = Math.ceil(Math.max(tables - headerTableSectors, 0) / (perSector - 1));
    }
    for (let n = 0; n < tables; n++) this.#chains.push(tableSector);
    for (let n = 0; n < lists; n++) this.#chains.push(listSector);
    this.#pieces.push(packUint32s(this.#chains));
    const tableIds = Array.from({ length: tables }, (_, n) => used + n);
    header.writeUInt32LE(tables, 0x2c);
    header.writeUInt32LE(lists === 0 ? endOfChain : used + tables, 0x44);
    header.writeUInt32LE(lists, 0x48);
    for (let n = 0; n < headerTableSectors; n++) {
      header.writeUInt32LE(tableIds[n] ?? none, 0x4c + n * 4);
    }
    for (let list = 0; list < lists; list++) {
      const from = headerTableSectors + list * (perSector - 1);
      const ids = tableIds.slice(from, from + perSector - 1);
      while (ids.length < perSector - 1) ids.push(none);
      ids.push(list + 1 < lists ? used + tables + list + 1 : endOfChain);
      this.#pieces.push(packUint32s(ids));
    }
  }

  #add(bytes: Uint8Array): number {
    const padded = pad(bytes, sectorBytes);
    this.#pieces.push(...padded);
    return addChain(this.#chains, Math.ceil(bytes.length / sectorBytes));
  }

  #addMini(bytes: Uint8Array): number {
    this.#miniPieces.push(...pad(bytes, miniSectorBytes));
    return addChain(this.#miniChains, Math.ceil(bytes.length / miniSectorBytes));
  }

  #packDirectory(): Uint8Array {
    const bytes = Buffer.alloc(this.#entries.length * 128);
    for (const [n, { name, type, sibling, child, start, size }] of this.#entries.entries()) {
      const at = n * 128;
      const nameBytes = Buffer.from(name.slice(0, 31), 'utf16le');
      bytes.set(nameBytes, at);
      bytes.writeUInt16LE(nameBytes.length + 2, at + 0x40);
      bytes.set([type, 1], at + 0x42);
      bytes.writeUInt32LE(none, at + 0x44);
      bytes.writeUInt32LE(sibling, at + 0x48);
      bytes.writeUInt32LE(child, at + 0x4c);
      bytes.writeUInt32LE(start, at + 0x74);
      bytes.writeUInt32LE(size, at + 0x78);
    }
    return bytes;
  }
}

function newEntry(name: string, type: number): Entry {
  return { name, type, sibling: none, child: none, start: endOfChain, size: 0 };
}

function* streamsOf(storage: OleStorage): Iterable<{ name: string; bytes: Uint8Array }> {
  for (const stream of storage.streams.values()) yield { name: stream.name, bytes: stream.read() };
}

/** Chains the next `count` sectors and gives the first. */
function addChain(chains: number[], count: number): number {
  if (count === 0) return endOfChain;
  const start = chains.length;
  for (let n = 1; n < count; n++) chains.push(start + n);
  chains.push(endOfChain);
  return start;
}

function pad(bytes: Uint8Array, unit: number): Uint8Array[] {
  const missing = (unit - (bytes.length % unit)) % unit;
  return missing === 0 ? [bytes] : [bytes, new Uint8Array(missing)];
}

/** Packs numbers, filled up to a sector with free ones. */
function packUint32s(numbers: readonly number[]): Uint8Array {
  const length = Math.ceil(numbers.length / perSector) * perSector;
  const bytes = Buffer.alloc(length * 4);
  for (let n = 0; n < length; n++) bytes.writeUInt32LE(numbers[n] ?? none, n * 4);
  return bytes;
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
