import type { Reader } from './reader.ts';

/** Loads a reader when the first document of its format comes: formats not met cost nothing. */
type Load = () => Promise<Reader>;

const text: Load = () => import('./formats/text.ts').then((module) => module.readText);
const ole: Load = () => import('./formats/ole.ts').then((module) => module.readOle);
const excelStream: Load = () =>
  import('./formats/xls/read-workbook.ts').then((module) => module.readWorkbookStream);

/** By media type, as `detectMediaType` tells it. */
const readers: Readonly<Record<string, Load>> = {
  'application/json': text,
  'application/vnd.ms-excel': excelStream,
  'application/x-ole-storage': ole,
  'application/xml': text,
  'text/csv': text,
  'text/html': text,
  'text/plain': text,
};

/** Finds the reader of a format; undefined when there is none. */
export function findReader(mediaType: string): Load | undefined {
  return Object.hasOwn(readers, mediaType) ? readers[mediaType] : undefined;
}
