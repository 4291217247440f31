import type { Reader } from '../reader.ts';
import { EntryNames } from './entry-names.ts';
import { ZipArchive } from './zip-archive.ts';

/**
 * ZIP and what is packed in one without a reader of its own: names and comments, then each entry,
 * those that the directory does not list too.
 */
export const readZip: Reader = async (source, sink, { budget }) => {
  const archive = await ZipArchive.open(await source.readAll(), budget);
  if (archive.problem !== null) sink.miss(archive.problem);
  const entries = [...archive.entries, ...archive.unlisted];
  const names = new EntryNames(sink);
  names.add(archive.comment);
  for (const entry of entries) names.add(entry.name, entry.comment);
  names.flush();
  for (const entry of entries) {
    budget.checkTime();
    if (!entry.isDirectory) await sink.readInner(entry.name, archive.stream(entry));
  }
};
