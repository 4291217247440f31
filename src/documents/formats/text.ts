import { declaredEncoding } from '../declared-encoding.ts';
import { TextDecoding } from '../decode-text.ts';
import { keepMappingBytes } from '../part-output.ts';
import type { Reader } from '../reader.ts';

/** Text as it is: places are bytes of the file, whatever its encoding. */
export const readText: Reader = async (source, sink, { mediaType }) => {
  const decoding = new TextDecoding(source.head, {
    sink: (text) => sink.push(text),
    keepBytes: keepMappingBytes,
    declared: mediaType === 'application/xml' ? declaredEncoding(source.head) : undefined,
  });
  sink.startPart({}, decoding.mapPlace);
  for await (const chunk of source.stream()) decoding.push(withoutBuffer(chunk));
  decoding.finish();
  sink.tellEncoding(decoding.encoding);
  if (decoding.hasNuls) sink.miss('binary_data');
  else if (decoding.undecodable > 0) sink.miss('undecodable_bytes');
};

/** The same bytes as a plain array: `slice` of a `Buffer` is no copy, and the decoders need one. */
function withoutBuffer(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
