import { TextDecoding } from '../decode-text.ts';
import type { DocumentSink } from '../reader.ts';

export interface DecodeOptions {
  /** Where problems are told to. */
  sink: DocumentSink;
  /** The encoding the text says of itself. */
  declared?: string | undefined;
}

/** Decodes bytes of a text to strings as they come; `head` is the first of them. */
export async function* decodeStrings(
  head: Uint8Array,
  chunks: AsyncIterable<Uint8Array>,
  { sink, declared }: DecodeOptions,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let text = '';
  const decoding = new TextDecoding(head, {
    sink: (bytes) => {
      text += decoder.decode(bytes, { stream: true });
    },
    keepBytes: 0,
    declared,
  });
  for await (const chunk of chunks) {
    decoding.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (text !== '') yield text;
    text = '';
  }
  decoding.finish();
  text += decoder.decode();
  if (text !== '') yield text;
  sink.tellEncoding(decoding.encoding);
  if (decoding.hasNuls) sink.miss('binary_data');
  else if (decoding.undecodable > 0) sink.miss('undecodable_bytes');
}
