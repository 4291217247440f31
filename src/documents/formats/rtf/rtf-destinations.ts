import type { Section } from '../../reader.ts';

/**
 * Where the text of a group goes (Rich Text Format Specification 1.9.1, "Destinations"): into a
 * story of the document, into a string that something is made of at the group's end, into an
 * embedded object, or nowhere. `choice` is `\upr`: its Unicode half goes to the destination
 * around it, the other half only when there is no Unicode one.
 */
export type Destination =
  | { kind: 'story'; section?: Section }
  | { kind: 'gather'; word: string; text: string; divides: boolean }
  | { kind: 'object' }
  | { kind: 'fonts' }
  | { kind: 'choice'; around: Destination; text: string; isMade: boolean }
  | { kind: 'skip' };

const stories: Readonly<Record<string, Section>> = {
  header: 'header',
  headerl: 'header',
  headerr: 'header',
  headerf: 'header',
  footer: 'footer',
  footerl: 'footer',
  footerr: 'footer',
  footerf: 'footer',
  footnote: 'footnote',
  annotation: 'comment',
  htmltag: 'hidden',
  xe: 'hidden',
  tc: 'hidden',
  tcn: 'hidden',
};

/** Destinations that only others are in, or that are part of the body. */
const transparent = new Set([
  'shpinst',
  'shptxt',
  'shp',
  'shpgrp',
  'sp',
  'do',
  'dptxbxtext',
  'result',
  'object',
  'field',
  'fldrslt',
  'listtext',
  'pntext',
  'info',
  'userprops',
  'formfield',
  'ud',
  'docvars',
  'rtf',
  'mailmerge',
]);

/** What is gathered, with the name it has in the metadata. */
export const metadataNames: Readonly<Record<string, string>> = {
  title: 'title',
  subject: 'subject',
  author: 'author',
  manager: 'manager',
  company: 'company',
  operator: 'last modified by',
  category: 'category',
  keywords: 'keywords',
  comment: 'comments',
  doccomm: 'comments',
  hlinkbase: 'link base',
  template: 'template',
  staticval: 'value',
  linkval: 'link',
  propname: 'property',
  docvar: 'variable',
  mmconnectstr: 'data source',
  mmquery: 'query',
};

const gathered = new Set([
  ...Object.keys(metadataNames),
  'atnauthor',
  'atnid',
  'fldinst',
  'ffname',
  'ffdeftext',
  'ffl',
  'ffhelptext',
  'ffstattext',
  'objclass',
  'sn',
  'sv',
]);

const skipped = new Set([
  'colortbl',
  'stylesheet',
  'pict',
  'nonshppict',
  'shprslt',
  'listtable',
  'listoverridetable',
  'revtbl',
  'nonesttables',
  'atnref',
  'atndate',
  'filetbl',
  'rxe',
  'pntxta',
  'pntxtb',
  'bkmkstart',
  'bkmkend',
]);

/**
 * The destination that a control word opens; undefined when the word is none, so that an unknown
 * one marked as ignorable is skipped by the caller.
 */
export function findDestination(word: string, around: Destination): Destination | undefined {
  if (Object.hasOwn(stories, word)) {
    const section = stories[word];
    return section === undefined ? undefined : { kind: 'story', section };
  }
  if (gathered.has(word)) {
    return { kind: 'gather', word, text: '', divides: word === 'docvar' };
  }
  if (transparent.has(word)) return around;
  if (skipped.has(word)) return { kind: 'skip' };
  if (word === 'fonttbl') return { kind: 'fonts' };
  if (word === 'objdata') return { kind: 'object' };
  return word === 'upr' ? { kind: 'choice', around, text: '', isMade: false } : undefined;
}
