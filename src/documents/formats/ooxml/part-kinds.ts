import type { Section } from '../../reader.ts';

/** How a part is read. */
export type PartKind =
  | { kind: 'word'; section?: Section }
  | { kind: 'markup'; section?: Section; isMaster?: boolean }
  | { kind: 'cell-comments' }
  | { kind: 'binary-comments' }
  | { kind: 'properties' }
  | { kind: 'inner' }
  | { kind: 'picture' }
  | { kind: 'unsupported' }
  | { kind: 'nothing' };

const nothing: PartKind = { kind: 'nothing' };

/** By the end of the content type, before `+xml` (ISO/IEC 29500-1, annex A; [MS-OE376]). */
const kinds: Readonly<Record<string, PartKind>> = {
  header: { kind: 'word', section: 'header' },
  footer: { kind: 'word', section: 'footer' },
  footnotes: { kind: 'word', section: 'footnote' },
  endnotes: { kind: 'word', section: 'footnote' },
  'document.glossary': { kind: 'word' },
  'wordprocessingml.comments': { kind: 'word', section: 'comment' },
  comments: { kind: 'markup', section: 'comment' },
  'spreadsheetml.comments': { kind: 'cell-comments' },
  threadedcomments: { kind: 'cell-comments' },
  commentauthors: { kind: 'markup', section: 'comment' },
  authors: { kind: 'markup', section: 'comment' },
  notesslide: { kind: 'markup', section: 'note' },
  notesmaster: { kind: 'markup', isMaster: true },
  handoutmaster: { kind: 'markup', isMaster: true },
  slidemaster: { kind: 'markup', isMaster: true },
  slidelayout: { kind: 'markup', isMaster: true },
  'core-properties': { kind: 'properties' },
  'extended-properties': { kind: 'properties' },
  'custom-properties': { kind: 'properties' },
  settings: { kind: 'markup', section: 'metadata' },
  connections: { kind: 'markup', section: 'metadata' },
  querytable: { kind: 'markup', section: 'metadata' },
  pivotcachedefinition: { kind: 'markup', section: 'hidden' },
  pivotcacherecords: { kind: 'markup', section: 'hidden' },
  externallink: { kind: 'markup', section: 'hidden' },
};

/** Parts that say how things look or work, and hold nothing that anybody wrote. */
const silent = new Set([
  'styles',
  'styleswitheffects',
  'theme',
  'themeoverride',
  'thememanager',
  'fonttable',
  'websettings',
  'numbering',
  'tablestyles',
  'viewprops',
  'presprops',
  'calcchain',
  'relationships',
  'customxmlproperties',
  'customxmlpropertiesext',
  'diagramlayout',
  'diagramstyle',
  'diagramcolors',
  'diagramdrawing',
  'chartstyle',
  'chartcolorstyle',
  'commentsextended',
  'commentsids',
  'commentsextensible',
  'tablesinglecells',
  'sheetmetadata',
  'volatiledependencies',
  'chartex-style',
  'revisioninfo',
  'changesinfo',
  'keymapcustomizations',
  'digital-signature-xmlsignature',
  'digital-signature-origin',
  'digital-signature-certificate',
  'inkml',
]);

/** Fonts, sound, printers' settings and pictures are no text; neither are their bytes. */
const silentTypes =
  /^(?:image|audio|video|font)\/|obfuscatedfont|x-font|printersettings|^application\/(?:x-emf|x-wmf|inkml)/;

/** Tells how a part is read by its content type, in lower case, and its name. */
export function partKind(contentType: string, part: string): PartKind {
  const name = part.toLowerCase();
  if (name.endsWith('.rels') || name === '[content_types].xml') return nothing;
  if (isPicture(contentType, name)) return { kind: 'picture' };
  if (silentTypes.test(contentType)) return nothing;
  if (/\.ms-excel\.(?!.*xml)/.test(contentType)) return binaryKind(contentType);
  const isXml = /(?:\+|\/)xml$|vmldrawing$/.test(contentType) || /\.(?:xml|vml)$/.test(name);
  if (!isXml) return isSilentFile(name) ? nothing : { kind: 'inner' };
  const type = contentType.replace(/\+xml$/, '');
  const last = type.slice(type.lastIndexOf('.') + 1);
  const known = findKind(type.split('.').slice(-2).join('.')) ?? findKind(last);
  if (known !== undefined) return known;
  return silent.has(last) ? nothing : { kind: 'markup' };
}

/** Parts of a binary workbook ([MS-XLSB] 2.1.7), but for those it is read by itself. */
function binaryKind(contentType: string): PartKind {
  if (contentType.endsWith('.comments')) return { kind: 'binary-comments' };
  const isUnread = /\.(?:\w*sheet|externallink|pivotcache\w+|connections)$/.test(contentType);
  return isUnread ? { kind: 'unsupported' } : nothing;
}

function findKind(type: string): PartKind | undefined {
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined;
}

/** Pictures of pixels; the preview of the first page shows nothing that is not there in full. */
function isPicture(contentType: string, name: string): boolean {
  if (name.startsWith('docprops/')) return false;
  if (/^image\/(?:x-)?(?:png|p?jpe?g|gif|(?:ms-)?bmp|tiff?|webp)$/.test(contentType)) return true;
  return contentType === '' && /\.(?:png|jpe?g|gif|bmp|tiff?|webp)$/.test(name);
}

/** By name, where nothing tells the content type. */
function isSilentFile(name: string): boolean {
  return /\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|emz|wmz|svg|ico|wdp|webp|odttf|fntdata|ttf|wav|mp[34]|m4[av]|wmv|avi|mov)$|\/$|printersettings\d*\.bin$/.test(
    name,
  );
}
