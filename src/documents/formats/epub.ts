import type { ReadBudget } from '../read-budget.ts';
import type { Reader } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { type EpubPackage, readPackage, readRootPath } from './epub-package.ts';
import { ZipArchive, type ZipEntry } from './zip-archive.ts';

const containerPath = 'META-INF/container.xml';
/** What says nothing but how the book looks. */
const passive = /\.(?:otf|ttf|woff2?)$|^mimetype$/i;
/** What is encrypted, and how. */
const encryptionPath = 'META-INF/encryption.xml';

/** An EPUB book (EPUB 3.3): its metadata, its chapters as they are read, then all else in it. */
export const readEpub: Reader = async (source, sink, { budget }) => {
  const archive = await ZipArchive.open(await source.readAll(), budget);
  if (archive.problem !== null) sink.miss(archive.problem);
  const book = await readBook(archive, budget);
  if (book === undefined) sink.miss('corrupt');
  if (book !== undefined && book.metadata.length > 0) {
    sink.startPart({ section: 'metadata' });
    for (const line of book.metadata) sink.write(`${line}\n`);
  }
  const read = new Set<ZipEntry>();
  const readEntry = async (entry: ZipEntry): Promise<void> => {
    if (read.has(entry) || entry.name.endsWith('/')) return;
    read.add(entry);
    await sink.readInner(entry.name, archive.stream(entry));
  };
  for (const path of book?.chapters ?? []) {
    const entry = archive.find(path);
    if (entry === undefined) sink.miss('corrupt');
    else await readEntry(entry);
  }
  for (const entry of [...archive.entries, ...archive.unlisted]) {
    if (entry.name === book?.path || entry.name === containerPath) continue;
    if (!passive.test(entry.name)) await readEntry(entry);
  }
  const encryption = archive.find(encryptionPath);
  if (encryption !== undefined && (await isEncrypted(archive, encryption))) sink.miss('encrypted');
};

async function readBook(archive: ZipArchive, budget: ReadBudget): Promise<EpubPackage | undefined> {
  try {
    const container = archive.find(containerPath);
    const path =
      container === undefined
        ? archive.entries.find(({ name }) => name.endsWith('.opf'))?.name
        : readRootPath(await archive.read(container), budget);
    const entry = path === undefined ? undefined : archive.find(path);
    if (entry === undefined) return undefined;
    return readPackage(await archive.read(entry), { path: entry.name, budget });
  } catch (error) {
    // Without it chapters are read as they are stored.
    if (error instanceof UnreadableError && error.problem !== 'corrupt') throw error;
    return undefined;
  }
}

/** Fonts may be obfuscated by a key that is in the book (EPUB 3.3, section 4.4). */
async function isEncrypted(archive: ZipArchive, entry: ZipEntry): Promise<boolean> {
  const text = Buffer.from(await archive.read(entry)).toString('latin1');
  const algorithms = [...text.matchAll(/<[^<>]{0,50}EncryptionMethod[^<>]{0,200}/g)];
  return algorithms.some(([tag]) => !/embedding|RC["']/i.test(tag));
}
