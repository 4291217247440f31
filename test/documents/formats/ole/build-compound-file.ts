/** Streams and storages by name. */
export interface Tree {
  [name: string]: Uint8Array | Tree;
}

interface Entry {
  name: string;
  type: number;
  child: number;
  right: number;
  content: Uint8Array;
}

const none = 0xffffffff;
const endOfChain = 0xfffffffe;

/** Builds a compound file ([MS-CFB]) of up to 109 table sectors; version 4 has sectors of 4 KB. */
export function buildCompoundFile(tree: Tree, version: 3 | 4 = 3): Uint8Array {
  const sectorBytes = version === 3 ? 512 : 4_096;
  const entries: Entry[] = [
    { name: 'Root Entry', type: 5, child: none, right: none, content: Buffer.alloc(0) },
  ];
  addEntries(entries, 0, tree);
  const sectors: Uint8Array[] = [];
  const table: number[] = [];
  const add = (content: Uint8Array): number => addChain(content, { sectorBytes, sectors, table });
  const miniSectors: Uint8Array[] = [];
  const miniTable: number[] = [];
  const starts = entries.map(({ type, content }) => {
    if (type !== 2) return endOfChain;
    if (content.length >= 4_096) return add(content);
    return addChain(content, { sectorBytes: 64, sectors: miniSectors, table: miniTable });
  });
  const mini = Buffer.concat(miniSectors);
  starts[0] = add(mini);
  const miniTableStart = add(uint32s(miniTable));
  const directory = Buffer.concat(
    entries.map((entry, n) => packEntry(entry, starts[n] ?? endOfChain, mini.length)),
  );
  const directoryStart = add(directory);
  const tableStart = table.length;
  const perSector = sectorBytes / 4;
  const tableSectors = Math.ceil(table.length / (perSector - 1));
  for (let n = 0; n < tableSectors; n++) table.push(0xfffffffd);
  addChain(uint32s(table), { sectorBytes, sectors, table: [], fill: 0xff });
  const header = Buffer.alloc(sectorBytes);
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  header.set([0x3e, 0, version, 0, 0xfe, 0xff, version === 3 ? 9 : 12, 0, 6], 0x18);
  header.writeUInt32LE(tableSectors, 0x2c);
  header.writeUInt32LE(directoryStart, 0x30);
  header.writeUInt32LE(4_096, 0x38);
  header.writeUInt32LE(miniTableStart, 0x3c);
  header.writeUInt32LE(endOfChain, 0x44);
  for (let n = 0; n < 109; n++) {
    header.writeUInt32LE(n < tableSectors ? tableStart + n : none, 0x4c + n * 4);
  }
  return Buffer.concat([header, ...sectors]);
}

function addEntries(entries: Entry[], parent: number, tree: Tree): void {
  let previous: Entry | undefined;
  for (const [name, content] of Object.entries(tree)) {
    const isStream = content instanceof Uint8Array;
    const type = isStream ? 2 : 1;
    const bytes = isStream ? content : Buffer.alloc(0);
    const entry: Entry = { name, type, child: none, right: none, content: bytes };
    const id = entries.push(entry) - 1;
    const owner = entries[parent];
    if (previous !== undefined) previous.right = id;
    else if (owner !== undefined) owner.child = id;
    previous = entry;
    if (!isStream) addEntries(entries, id, content);
  }
}

function packEntry(entry: Entry, start: number, miniBytes: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write(entry.name, 'utf16le');
  bytes.writeUInt16LE(entry.name.length * 2 + 2, 0x40);
  bytes.set([entry.type, 1], 0x42);
  bytes.writeUInt32LE(none, 0x44);
  bytes.writeUInt32LE(entry.right, 0x48);
  bytes.writeUInt32LE(entry.child, 0x4c);
  bytes.writeUInt32LE(start, 0x74);
  bytes.writeUInt32LE(entry.type === 5 ? miniBytes : entry.content.length, 0x78);
  return bytes;
}

function addChain(
  content: Uint8Array,
  options: { sectorBytes: number; sectors: Uint8Array[]; table: number[]; fill?: number },
): number {
  const { sectorBytes, sectors, table, fill = 0 } = options;
  if (content.length === 0) return endOfChain;
  const start = table.length;
  const padded = Buffer.alloc(Math.ceil(content.length / sectorBytes) * sectorBytes, fill);
  padded.set(content);
  sectors.push(padded);
  const last = start + padded.length / sectorBytes - 1;
  for (let sector = start; sector < last; sector++) table.push(sector + 1);
  table.push(endOfChain);
  return start;
}

function uint32s(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [n, number] of numbers.entries()) bytes.writeUInt32LE(number, n * 4);
  return bytes;
}
