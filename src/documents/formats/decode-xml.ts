import { declaredEncoding } from '../declared-encoding.ts';
import { TextDecoding } from '../decode-text.ts';

/** Decodes an XML document in memory by its mark or declaration; the mark is not part of it. */
export function decodeXml(bytes: Uint8Array): string {
  const pieces: Buffer[] = [];
  const head = bytes.subarray(0, 4_096);
  const decoding = new TextDecoding(head, {
    sink: (text) => pieces.push(Buffer.from(text)),
    keepBytes: 0,
    declared: declaredEncoding(head),
  });
  decoding.push(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  decoding.finish();
  return Buffer.concat(pieces).toString();
}
