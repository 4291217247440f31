import type { Reader } from './reader.ts';
import { isZipBased } from './zip-based-types.ts';

/** Loads a reader when the first document of its format comes: formats not met cost nothing. */
type Load = () => Promise<Reader>;

const text: Load = () => import('./formats/text.ts').then((module) => module.readText);
const bzip2: Load = () => import('./formats/bzip2.ts').then((module) => module.readBzip2);
const gzip: Load = () => import('./formats/gzip.ts').then((module) => module.readGzip);
const sevenZip: Load = () => import('./formats/seven-zip.ts').then((module) => module.readSevenZip);
const tar: Load = () => import('./formats/tar.ts').then((module) => module.readTar);
const xz: Load = () => import('./formats/xz.ts').then((module) => module.readXz);
const zip: Load = () => import('./formats/zip.ts').then((module) => module.readZip);
const zstd: Load = () => import('./formats/zstd.ts').then((module) => module.readZstd);

/** By media type, as `detectMediaType` tells it. */
const readers: Readonly<Record<string, Load>> = {
  'application/gzip': gzip,
  'application/java-archive': zip,
  'application/json': text,
  'application/x-7z-compressed': sevenZip,
  'application/x-bzip2': bzip2,
  'application/x-tar': tar,
  'application/x-xz': xz,
  'application/xml': text,
  'application/zip': zip,
  'application/zstd': zstd,
  'text/csv': text,
  'text/html': text,
  'text/plain': text,
};

/** Finds the reader of a format; undefined when there is none. */
export function findReader(mediaType: string): Load | undefined {
  if (Object.hasOwn(readers, mediaType)) return readers[mediaType];
  return isZipBased(mediaType) ? zip : undefined;
}
