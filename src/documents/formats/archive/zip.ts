import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, Reader, Source } from '../../reader.ts';
import { findReader } from '../../readers.ts';
import { isZipBased } from '../../zip-based-types.ts';
import { ZipArchive } from '../zip-archive.ts';
import { EntryNames } from './entry-names.ts';
import { whileHeld } from './held-archive.ts';

const mostTypeBytes = 128;

/**
 * ZIP and what is packed in one without a reader of its own: names and comments, then each entry.
 * A document that only its directory tells goes to its own reader.
 */
export const readZip: Reader = async (source, sink, options) => {
  const { budget } = options;
  const bytes = await source.readAll();
  const archive = await ZipArchive.open(bytes, budget);
  const mediaType = await findPackedType(archive);
  const read = mediaType === undefined ? undefined : await findReader(mediaType);
  if (mediaType === undefined || read === undefined || read === readZip) {
    await whileHeld(bytes, budget, () => readZipEntries(archive, sink, budget));
  } else {
    sink.tellMediaType(mediaType);
    await read(sourceOf(bytes, source.head), sink, { ...options, mediaType });
  }
};

/** Reads all entries of a ZIP, those too that its directory does not list, and what is behind it. */
export async function readZipEntries(
  archive: ZipArchive,
  sink: DocumentSink,
  budget: ReadBudget,
): Promise<void> {
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
  if (archive.trailing.some((byte) => byte !== 0)) {
    await sink.readInner('trailing bytes', archive.trailing);
  }
}

/**
 * The type that entries tell when they are not the first: an OpenDocument's or EPUB's `mimetype`, the
 * parts of the Open Packaging Conventions (ISO/IEC 29500-2).
 */
async function findPackedType(archive: ZipArchive): Promise<string | undefined> {
  if (archive.find('[Content_Types].xml') && archive.find('_rels/.rels')) {
    return 'application/vnd.openxmlformats-package';
  }
  const entry = archive.find('mimetype');
  if (entry === undefined || entry.compressedBytes > mostTypeBytes) return undefined;
  try {
    const mediaType = Buffer.from(await archive.read(entry))
      .toString('latin1')
      .trim();
    return isZipBased(mediaType) ? mediaType : undefined;
  } catch {
    // Whatever is wrong with it comes up again when it is read as an entry.
    return undefined;
  }
}

function sourceOf(bytes: Uint8Array, head: Uint8Array): Source {
  return {
    head,
    readAll: async () => bytes,
    stream: async function* () {
      yield bytes;
    },
  };
}
