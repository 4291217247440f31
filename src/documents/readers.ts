import type { Reader } from './reader.ts';
import { isZipBased } from './zip-based-types.ts';

/** Loads a reader when the first document of its format comes: formats not met cost nothing. */
type Load = () => Promise<Reader>;

const bzip2: Load = () => import('./formats/archive/bzip2.ts').then((module) => module.readBzip2);
const epub: Load = () => import('./formats/epub.ts').then((module) => module.readEpub);
const excelStream: Load = () =>
  import('./formats/xls/read-workbook.ts').then((module) => module.readWorkbookStream);
const flatOpendocument: Load = () =>
  import('./formats/opendocument/opendocument.ts').then((module) => module.readFlatOpenDocument);
const folded: Load = () =>
  import('./formats/folded-text.ts').then((module) => module.readFoldedText);
const gzip: Load = () => import('./formats/archive/gzip.ts').then((module) => module.readGzip);
const html: Load = () => import('./formats/html.ts').then((module) => module.readHtml);
const image: Load = () =>
  import('./formats/image/read-image.ts').then((module) => module.readImage);
const mail: Load = () => import('./formats/mail.ts').then((module) => module.readMail);
const mailbox: Load = () => import('./formats/mailbox.ts').then((module) => module.readMailbox);
const officeXml: Load = () =>
  import('./formats/office-xml.ts').then((module) => module.readOfficeXml);
const ole: Load = () => import('./formats/ole.ts').then((module) => module.readOle);
const ooxml: Load = () => import('./formats/ooxml/ooxml.ts').then((module) => module.readOoxml);
const opendocument: Load = () =>
  import('./formats/opendocument/opendocument.ts').then((module) => module.readOpenDocument);
const parquet: Load = () =>
  import('./formats/parquet/read-parquet.ts').then((module) => module.readParquet);
const pdf: Load = () => import('./formats/pdf/read-pdf.ts').then((module) => module.readPdf);
const rtf: Load = () => import('./formats/rtf/rtf.ts').then((module) => module.readRtf);
const sevenZip: Load = () =>
  import('./formats/archive/seven-zip.ts').then((module) => module.readSevenZip);
const sqlite: Load = () =>
  import('./formats/sqlite/read-sqlite.ts').then((module) => module.readSqlite);
const tar: Load = () => import('./formats/archive/tar.ts').then((module) => module.readTar);
const text: Load = () => import('./formats/text.ts').then((module) => module.readText);
const tnef: Load = () => import('./formats/tnef/read-tnef.ts').then((module) => module.readTnef);
const xz: Load = () => import('./formats/archive/xz.ts').then((module) => module.readXz);
const zip: Load = () => import('./formats/archive/zip.ts').then((module) => module.readZip);
const zstd: Load = () => import('./formats/archive/zstd.ts').then((module) => module.readZstd);

/** By media type, as `detectMediaType` tells it. */
const readers: Readonly<Record<string, Load>> = {
  'application/epub+zip': epub,
  'application/gzip': gzip,
  'application/java-archive': zip,
  'application/json': text,
  'application/mbox': mailbox,
  'application/ms-tnef': tnef,
  'application/pdf': pdf,
  'application/rtf': rtf,
  'application/vnd.apache.parquet': parquet,
  'application/vnd.ms-excel': excelStream,
  'application/vnd.ms-spreadsheetml': officeXml,
  'application/vnd.ms-wordml': officeXml,
  'application/vnd.oasis.opendocument.base': opendocument,
  'application/vnd.oasis.opendocument.chart': opendocument,
  'application/vnd.oasis.opendocument.database': opendocument,
  'application/vnd.oasis.opendocument.formula': opendocument,
  'application/vnd.oasis.opendocument.graphics': opendocument,
  'application/vnd.oasis.opendocument.graphics-flat-xml': flatOpendocument,
  'application/vnd.oasis.opendocument.graphics-template': opendocument,
  'application/vnd.oasis.opendocument.image': opendocument,
  'application/vnd.oasis.opendocument.presentation': opendocument,
  'application/vnd.oasis.opendocument.presentation-flat-xml': flatOpendocument,
  'application/vnd.oasis.opendocument.presentation-template': opendocument,
  'application/vnd.oasis.opendocument.spreadsheet': opendocument,
  'application/vnd.oasis.opendocument.spreadsheet-flat-xml': flatOpendocument,
  'application/vnd.oasis.opendocument.spreadsheet-template': opendocument,
  'application/vnd.oasis.opendocument.text': opendocument,
  'application/vnd.oasis.opendocument.text-flat-xml': flatOpendocument,
  'application/vnd.oasis.opendocument.text-master': opendocument,
  'application/vnd.oasis.opendocument.text-template': opendocument,
  'application/vnd.oasis.opendocument.text-web': opendocument,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ooxml,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ooxml,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ooxml,
  'application/vnd.openxmlformats-package': ooxml,
  'application/vnd.sqlite3': sqlite,
  'application/vnd.sun.xml.calc': opendocument,
  'application/vnd.sun.xml.draw': opendocument,
  'application/vnd.sun.xml.impress': opendocument,
  'application/vnd.sun.xml.writer': opendocument,
  'application/x-7z-compressed': sevenZip,
  'application/x-bzip2': bzip2,
  'application/x-ole-storage': ole,
  'application/x-tar': tar,
  'application/x-xz': xz,
  'application/xml': text,
  'application/zip': zip,
  'application/zstd': zstd,
  'image/avif': image,
  'image/bmp': image,
  'image/gif': image,
  'image/heic': image,
  'image/jpeg': image,
  'image/png': image,
  'image/tiff': image,
  'image/vnd.adobe.photoshop': image,
  'image/webp': image,
  'message/rfc822': mail,
  'text/calendar': folded,
  'text/csv': text,
  'text/html': html,
  'text/plain': text,
  'text/vcard': folded,
};

const loaded = new Map<string, Promise<Reader>>();

/** Loads the reader of a format; undefined when there is none. */
export function findReader(mediaType: string): Promise<Reader> | undefined {
  const known = loaded.get(mediaType);
  if (known !== undefined) return known;
  const load = Object.hasOwn(readers, mediaType) ? readers[mediaType] : undefined;
  // Of a ZIP inside whose own format nobody reads the entries are read.
  const reader = load?.() ?? (isZipBased(mediaType) ? zip() : undefined);
  if (reader !== undefined) loaded.set(mediaType, reader);
  return reader;
}
