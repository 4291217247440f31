import type { Reader } from './reader.ts';

/** Loads a reader when the first document of its format comes: formats not met cost nothing. */
type Load = () => Promise<Reader>;

const text: Load = () => import('./formats/text.ts').then((module) => module.readText);
const image: Load = () =>
  import('./formats/image/read-image.ts').then((module) => module.readImage);
const parquet: Load = () =>
  import('./formats/parquet/read-parquet.ts').then((module) => module.readParquet);
const pdf: Load = () => import('./formats/pdf/read-pdf.ts').then((module) => module.readPdf);
const sqlite: Load = () =>
  import('./formats/sqlite/read-sqlite.ts').then((module) => module.readSqlite);

/** By media type, as `detectMediaType` tells it. */
const readers: Readonly<Record<string, Load>> = {
  'application/json': text,
  'application/pdf': pdf,
  'application/vnd.apache.parquet': parquet,
  'application/vnd.sqlite3': sqlite,
  'application/xml': text,
  'image/avif': image,
  'image/gif': image,
  'image/heic': image,
  'image/jpeg': image,
  'image/png': image,
  'image/tiff': image,
  'image/vnd.adobe.photoshop': image,
  'image/webp': image,
  'text/csv': text,
  'text/html': text,
  'text/plain': text,
};

/** Finds the reader of a format; undefined when there is none. */
export function findReader(mediaType: string): Load | undefined {
  return Object.hasOwn(readers, mediaType) ? readers[mediaType] : undefined;
}
