import type { Reader } from './reader.ts';

/** Loads a reader when the first document of its format comes: formats not met cost nothing. */
type Load = () => Promise<Reader>;

const ooxml: Load = () => import('./formats/ooxml/ooxml.ts').then((module) => module.readOoxml);
const opendocument: Load = () =>
  import('./formats/opendocument/opendocument.ts').then((module) => module.readOpenDocument);
const flatOpendocument: Load = () =>
  import('./formats/opendocument/opendocument.ts').then((module) => module.readFlatOpenDocument);
const rtf: Load = () => import('./formats/rtf/rtf.ts').then((module) => module.readRtf);
const text: Load = () => import('./formats/text.ts').then((module) => module.readText);

/** By media type, as `detectMediaType` tells it. */
const readers: Readonly<Record<string, Load>> = {
  'application/json': text,
  'application/rtf': rtf,
  'application/vnd.oasis.opendocument.base': opendocument,
  'application/vnd.oasis.opendocument.chart': opendocument,
  'application/vnd.oasis.opendocument.database': opendocument,
  'application/vnd.oasis.opendocument.formula': opendocument,
  'application/vnd.oasis.opendocument.graphics': opendocument,
  'application/vnd.oasis.opendocument.graphics-template': opendocument,
  'application/vnd.oasis.opendocument.image': opendocument,
  'application/vnd.oasis.opendocument.presentation': opendocument,
  'application/vnd.oasis.opendocument.presentation-template': opendocument,
  'application/vnd.oasis.opendocument.spreadsheet': opendocument,
  'application/vnd.oasis.opendocument.spreadsheet-template': opendocument,
  'application/vnd.oasis.opendocument.text': opendocument,
  'application/vnd.oasis.opendocument.text-master': opendocument,
  'application/vnd.oasis.opendocument.text-template': opendocument,
  'application/vnd.oasis.opendocument.text-web': opendocument,
  'application/vnd.oasis.opendocument.graphics-flat-xml': flatOpendocument,
  'application/vnd.oasis.opendocument.presentation-flat-xml': flatOpendocument,
  'application/vnd.oasis.opendocument.spreadsheet-flat-xml': flatOpendocument,
  'application/vnd.oasis.opendocument.text-flat-xml': flatOpendocument,
  'application/vnd.sun.xml.calc': opendocument,
  'application/vnd.sun.xml.draw': opendocument,
  'application/vnd.sun.xml.impress': opendocument,
  'application/vnd.sun.xml.writer': opendocument,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ooxml,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ooxml,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ooxml,
  'application/vnd.openxmlformats-package': ooxml,
  'application/xml': text,
  'text/csv': text,
  'text/html': text,
  'text/plain': text,
};

/** Finds the reader of a format; undefined when there is none. */
export function findReader(mediaType: string): Load | undefined {
  return Object.hasOwn(readers, mediaType) ? readers[mediaType] : undefined;
}
