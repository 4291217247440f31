import type { DocumentSink } from '../../reader.ts';
import { EntryNames } from './entry-names.ts';

/** What a compressed document is called in places when its container gives no name. */
const nameless = 'content';

/** Reads the one document that a compressed file holds; a name and a comment of it are text. */
export async function readContent(
  content: AsyncIterable<Uint8Array>,
  sink: DocumentSink,
  { name = '', comment = '' }: { name?: string; comment?: string } = {},
): Promise<void> {
  const names = new EntryNames(sink);
  names.add(name, comment);
  names.flush();
  await sink.readInner(name === '' ? nameless : name, content);
}
