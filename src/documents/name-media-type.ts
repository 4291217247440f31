/**
 * What the end of a file's name says of its content. Formats are told by their bytes; this is for
 * saying that a name is wrong, so it knows the names that people go by.
 */

/** Types that are one to whoever reads a name: any text may be called `.txt`, `.log` or `.md`. */
type Family = 'text' | 'ole';

const office = 'application/vnd.openxmlformats-officedocument';

const byExtension: Readonly<Record<string, string>> = {
  '7z': 'application/x-7z-compressed',
  bmp: 'image/bmp',
  bz2: 'application/x-bzip2',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: `${office}.wordprocessingml.document`,
  eml: 'message/rfc822',
  epub: 'application/epub+zip',
  exe: 'application/vnd.microsoft.portable-executable',
  gif: 'image/gif',
  gz: 'application/gzip',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  log: 'text/plain',
  mbox: 'application/mbox',
  md: 'text/plain',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  msg: 'application/vnd.ms-outlook',
  odp: 'application/vnd.oasis.opendocument.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  parquet: 'application/vnd.apache.parquet',
  pdf: 'application/pdf',
  png: 'image/png',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: `${office}.presentationml.presentation`,
  rtf: 'application/rtf',
  tar: 'application/x-tar',
  tgz: 'application/gzip',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  webp: 'image/webp',
  xls: 'application/vnd.ms-excel',
  xlsx: `${office}.spreadsheetml.sheet`,
  xml: 'application/xml',
  zip: 'application/zip',
};

const families: readonly [Family, RegExp][] = [
  [
    'text',
    /^text\/|^message\/|^application\/(?:json|xml|rtf|mbox|postscript|vnd\.ms-(?:wordml|spreadsheetml))$/,
  ],
  ['ole', /^application\/(?:x-ole-storage|msword|vnd\.ms-(?:excel|powerpoint|outlook))$/],
];

/**
 * The media type that a name promises when its content is something else; undefined when they go
 * together, or nobody can tell.
 */
export function promisedMediaType(name: string, mediaType: string): string | undefined {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase();
  const promised = extension === undefined ? undefined : byExtension[extension];
  if (promised === undefined || promised === mediaType) return undefined;
  // What is packed in a zip may be called one, and what nobody recognises may be anything.
  if (promised === 'application/zip' && isZip(mediaType)) return undefined;
  if (mediaType === 'application/octet-stream') return undefined;
  const family = familyOf(promised);
  return family !== undefined && family === familyOf(mediaType) ? undefined : promised;
}

function familyOf(mediaType: string): Family | undefined {
  return families.find(([, pattern]) => pattern.test(mediaType))?.[0];
}

function isZip(mediaType: string): boolean {
  return /zip$|openxmlformats|opendocument|java-archive/.test(mediaType);
}
