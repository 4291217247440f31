import type { Reader } from './reader.ts';

/** Loads a reader when the first document of its format comes: formats not met cost nothing. */
type Load = () => Promise<Reader>;

const ooxml: Load = () => import('./formats/ooxml/ooxml.ts').then((module) => module.readOoxml);
const rtf: Load = () => import('./formats/rtf/rtf.ts').then((module) => module.readRtf);
const text: Load = () => import('./formats/text.ts').then((module) => module.readText);

/** By media type, as `detectMediaType` tells it. */
const readers: Readonly<Record<string, Load>> = {
  'application/json': text,
  'application/rtf': rtf,
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
