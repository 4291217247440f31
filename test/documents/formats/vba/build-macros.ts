import { bytes } from '../ole/build-bytes.ts';
import type { Tree } from '../ole/build-compound-file.ts';

const { u16, u32, latin1, join } = bytes;

/** Compresses with literal bytes only ([MS-OVBA] 2.4.1). */
export function compressVba(content: Uint8Array): Buffer {
  const pieces: Uint8Array[] = [Buffer.from([1])];
  for (let start = 0; start < content.length; start += 2_048) {
    const chunk: Uint8Array[] = [];
    const part = content.subarray(start, start + 2_048);
    for (let at = 0; at < part.length; at += 8) {
      chunk.push(Buffer.from([0]), part.subarray(at, at + 8));
    }
    const body = join(...chunk);
    pieces.push(u16(0xb000 | (body.length - 1)), body);
  }
  return join(...pieces);
}

/** A Visual Basic project ([MS-OVBA]) of modules by name, each after some bytes of no meaning. */
export function buildMacros(modules: Record<string, Uint8Array>, codePage = 1252): Tree {
  const record = (id: number, content: Uint8Array): Buffer =>
    join(u16(id), u32(content.length), content);
  const list = Object.keys(modules).flatMap((name) => [
    record(0x19, latin1(name)),
    record(0x1a, latin1(name)),
    record(0x32, bytes.utf16(name)),
    record(0x31, u32(5)),
  ]);
  const version = join(u16(9), u32(4, 1), u16(2));
  const directory = join(record(3, u16(codePage)), version, ...list);
  const streams = Object.entries(modules).map(
    ([name, source]) => [name, join(Buffer.alloc(5, 0xee), compressVba(source))] as const,
  );
  return { VBA: { dir: compressVba(directory), ...Object.fromEntries(streams) } };
}
