import { isZipBased } from './zip-based-types.ts';

const zipStarts = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];

/** Office Open XML (ISO/IEC 29500) by the folder of its main part. */
const officeTypes: Readonly<Record<string, string>> = {
  word: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xl: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/**
 * ZIP (APPNOTE.TXT) and what is packed in one, told by the names of the first entries; undefined when
 * the head, as Latin-1, is none.
 */
export function detectZipType(latin: string): string | undefined {
  if (!zipStarts.some((start) => latin.startsWith(start))) return undefined;
  // OpenDocument and EPUB store their media type as the first entry.
  const stored = /^.{30}mimetype.{0,64}?(application\/[a-z0-9.+-]{3,80}?)(?:PK|$)/s.exec(latin);
  if (stored?.[1] !== undefined && isZipBased(stored[1])) return stored[1];
  const names = [...zipNames(latin)];
  const folder = names.map((name) => /^(?:word|xl|ppt)(?=\/)/.exec(name)?.[0]).find(Boolean);
  if (folder !== undefined) return officeTypes[folder] ?? 'application/zip';
  // Open Packaging Conventions: what is in the package is told further on.
  if (names.some((name) => /^(?:\[Content_Types\]\.xml|_rels\/\.rels|docProps\/)/.test(name))) {
    return 'application/vnd.openxmlformats-package';
  }
  if (latin.includes('META-INF/container.xml')) return 'application/epub+zip';
  if (latin.includes('META-INF/MANIFEST.MF')) return 'application/java-archive';
  return 'application/zip';
}

/** Names of the entries whose local headers (APPNOTE.TXT, 4.3.7) are in the head, as far as they are. */
function* zipNames(latin: string): Iterable<string> {
  let at = latin.indexOf('PK\x03\x04');
  while (at >= 0) {
    const length = latin.charCodeAt(at + 26) + 256 * latin.charCodeAt(at + 27);
    if (!Number.isNaN(length)) yield latin.slice(at + 30, at + 30 + length);
    at = latin.indexOf('PK\x03\x04', at + 4);
  }
}
