import { bytes } from '../ole/build-bytes.ts';
import type { Tree } from '../ole/build-compound-file.ts';

const { u16, u32, utf16, join } = bytes;

const streamName = (id: number, type: string): string =>
  `__substg1.0_${id.toString(16).toUpperCase().padStart(4, '0')}${type}`;

/** Texts by identifier, as streams in UTF-16. */
export function texts(values: Record<number, string>): Tree {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [streamName(Number(id), '001F'), utf16(value)]),
  );
}

/** Texts by identifier in a code page. */
export function narrowTexts(values: Record<number, Uint8Array>): Tree {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [streamName(Number(id), '001E'), value]),
  );
}

export const binary = (id: number, content: Uint8Array): Tree => ({
  [streamName(id, '0102')]: content,
});
export const object = (id: number, content: Tree): Tree => ({ [streamName(id, '000D')]: content });

/** The stream of small properties: numbers, and times in milliseconds. */
export function fixed(
  headerBytes: number,
  {
    numbers = {},
    times = {},
  }: { numbers?: Record<number, number>; times?: Record<number, number> } = {},
): Tree {
  const entries = Object.entries(numbers).map(([id, value]) =>
    join(u16(3, Number(id)), u32(6, value, 0)),
  );
  for (const [id, milliseconds] of Object.entries(times)) {
    const ticks = BigInt(milliseconds + 11_644_473_600_000) * 10_000n;
    const low = Number(ticks & 0xffffffffn);
    entries.push(join(u16(0x40, Number(id)), u32(6, low, Number(ticks >> 32n))));
  }
  return { '__properties_version1.0': join(Buffer.alloc(headerBytes), ...entries) };
}

/** RTF as messages keep it, with literal bytes only ([MS-OXRTFCP]). */
export function compressRtf(rtf: string): Buffer {
  const content = Buffer.from(rtf, 'latin1');
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += 8) {
    pieces.push(Buffer.from([0]), content.subarray(at, at + 8));
  }
  const body = join(...pieces);
  return join(u32(body.length + 12, content.length, 0x75465a4c, 0), body);
}
