import { isAscii } from 'node:buffer';
import type { TextSink } from './decode-text.ts';
import { characterAt, isMultiByte } from './multi-byte-encodings.ts';
import { type SourceMap, type ToSource, walkCharacters } from './source-map.ts';

const pieceBytes = 1_024;

/** Decodes whole characters of an encoding that is no Unicode; gives how many came out as U+FFFD. */
export function decodeLegacy(
  source: Uint8Array,
  options: { encoding: string; map: SourceMap; sink: TextSink },
): number {
  const { encoding, map, sink } = options;
  const decoder = new TextDecoder(encoding);
  const isStateful = encoding === 'iso-2022-jp';
  let undecodable = 0;
  for (let at = 0; at < source.length; ) {
    const piece = source.subarray(at, at + pieceLength(encoding, source.subarray(at)));
    at += piece.length;
    if (!isStateful && isAscii(piece)) {
      map.addSame(piece.length);
      sink(piece);
      continue;
    }
    const decoded = decoder.decode(piece);
    const text = Buffer.from(decoded);
    if (decoded.includes('\ufffd')) undecodable += decoded.split('\ufffd').length - 1;
    const isSingle = !isStateful && !isMultiByte(encoding);
    const toSource = isSingle ? walkCharacters(text, () => 1) : searchSource(decoder, piece);
    map.addDecoded(text.length, piece.length, toSource);
    sink(text);
  }
  return undecodable;
}

/** How many first bytes are whole characters, with room for nothing more. */
export function wholeLength(encoding: string, bytes: Uint8Array): number {
  if (encoding === 'iso-2022-jp') return bytes.lastIndexOf(0x0a) + 1 || bytes.length;
  if (!isMultiByte(encoding)) return bytes.length;
  let at = 0;
  while (at < bytes.length) {
    const length = characterAt(encoding, bytes, at);
    if (length === 0) return at;
    at += Math.abs(length);
  }
  return at;
}

/** Whether the bytes can be in the encoding: next to nothing is broken. */
export function fitsEncoding(encoding: string, bytes: Uint8Array): boolean {
  if (!isMultiByte(encoding)) return true;
  let characters = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = characterAt(encoding, bytes, at);
    if (length === 0) break;
    if (length < 0) broken++;
    else if (length > 1) characters++;
    at += Math.abs(length);
  }
  return broken * 20 <= characters;
}

function pieceLength(encoding: string, bytes: Uint8Array): number {
  if (encoding === 'iso-2022-jp') {
    // A line ends in ASCII, so the next one starts there again.
    const end = bytes.indexOf(0x0a);
    return end === -1 ? bytes.length : end + 1;
  }
  const most = Math.min(pieceBytes, bytes.length);
  return wholeLength(encoding, bytes.subarray(0, most)) || most;
}

/** Searches the source of a text offset: the shortest start of the piece that gives as much. */
function searchSource(decoder: TextDecoder, piece: Uint8Array): ToSource {
  const prefix = new TextDecoder(decoder.encoding);
  const textLength = (bytes: number): number => {
    const text = prefix.decode(piece.subarray(0, bytes), { stream: true });
    prefix.decode();
    return Buffer.byteLength(text);
  };
  return (textBytes) => {
    let low = 0;
    let high = piece.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (textLength(middle) >= textBytes) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
