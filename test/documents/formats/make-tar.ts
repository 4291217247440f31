export interface TarEntry {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  type?: string;
  linkName?: string;
  /** `ustar`, GNU's variant of it, or none (v7). */
  magic?: string;
  prefix?: string;
  /** What the header tells instead of the truth. */
  told?: { size?: number; checksum?: number };
}

/** The end of an archive. */
export const tarEnd = Buffer.alloc(1_024);
export const gnuMagic = 'ustar  \0';

/** Builds a TAR (POSIX.1-2017 pax, "ustar Interchange Format") with its end. */
export function makeTar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(makeTarEntry), tarEnd]);
}

export function makeTarEntry(entry: TarEntry): Buffer {
  const { content = '', type = '0', linkName = '', magic = 'ustar\x0000', prefix = '' } = entry;
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  Buffer.from(entry.name).copy(header, 0, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${(entry.told?.size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156, 'latin1');
  header.write(linkName.slice(0, 100), 157);
  header.write(magic, 257);
  header.write(prefix, 345);
  const sum = entry.told?.checksum ?? header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** A pax header for the entry behind it. */
export function makePax(records: Record<string, string>, type = 'x'): TarEntry {
  const lines = Object.entries(records).map(([key, value]) => paxRecord(`${key}=${value}\n`));
  return { name: 'PaxHeaders/x', type, content: lines.join('') };
}

/** The length counts itself. */
function paxRecord(text: string): string {
  const bytes = Buffer.byteLength(text) + 1;
  let length = bytes;
  while (bytes + String(length).length !== length) length = bytes + String(length).length;
  return `${length} ${text}`;
}
