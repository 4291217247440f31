import type { DocumentSink } from '../../reader.ts';
import type { OleStorage } from './compound-file.ts';
import { readPackagedFile } from './packaged-file.ts';
import { PartWriter } from './part-writer.ts';
import { writeCompoundFile } from './write-compound-file.ts';

/** Streams in which an object keeps a whole file of another format. */
const wholeFileStreams = ['Package', 'CONTENTS', 'Contents'];

/** Whether a storage is a wrapper for one file. */
export function isObjectWrapper(storage: OleStorage): boolean {
  return ['\x01Ole10Native', ...wholeFileStreams].some(
    (name) => storage.findStream(name) !== undefined,
  );
}

/**
 * Reads an object in a storage: the file it wraps, else the storage as a document of its own.
 * `name` tells in places when the object has no better one.
 */
export async function readObject(
  storage: OleStorage,
  sink: DocumentSink,
  name: string,
): Promise<void> {
  if (isObjectWrapper(storage)) await readWrappedFile(storage, sink, name);
  else await sink.readInner(name, writeCompoundFile(storage));
}

/** Reads the file that an object wraps. */
export async function readWrappedFile(
  storage: OleStorage,
  sink: DocumentSink,
  name: string,
): Promise<void> {
  const native = storage.findBytes('\x01Ole10Native');
  if (native !== undefined) {
    const { names, content } = readPackagedFile(native);
    const part = new PartWriter(sink, { section: 'metadata' });
    for (const line of new Set(names)) part.writeLine(line);
    await sink.readInner(fileNameOf(names) ?? name, content);
    return;
  }
  for (const stream of wholeFileStreams) {
    const content = storage.findBytes(stream);
    if (content === undefined) continue;
    await sink.readInner(name, content);
    return;
  }
}

/** Reads the objects of every storage in one, by their storages' names. */
export async function readObjects(
  storage: OleStorage,
  sink: DocumentSink,
  isObject: (name: string) => boolean = () => true,
): Promise<void> {
  for (const object of storage.storages.values()) {
    if (isObject(object.name)) await readObject(object, sink, object.name);
  }
}

function fileNameOf(names: readonly string[]): string | undefined {
  const name = names.find((candidate) => candidate.trim() !== '');
  return name?.split(/[\\/]/).at(-1);
}
