import type { Reader } from './reader.ts';

/** Loads a reader when the first document of its format comes: formats not met cost nothing. */
type Load = () => Promise<Reader>;

const text: Load = () => import('./formats/text.ts').then((module) => module.readText);

const html: Load = () => import('./formats/html.ts').then((module) => module.readHtml);

const mail: Load = () => import('./formats/mail.ts').then((module) => module.readMail);
const mailbox: Load = () => import('./formats/mailbox.ts').then((module) => module.readMailbox);

const folded: Load = () =>
  import('./formats/folded-text.ts').then((module) => module.readFoldedText);
const epub: Load = () => import('./formats/epub.ts').then((module) => module.readEpub);

const officeXml: Load = () =>
  import('./formats/office-xml.ts').then((module) => module.readOfficeXml);

/** By media type, as `detectMediaType` tells it. */
const readers: Readonly<Record<string, Load>> = {
  'application/json': text,
  'application/xml': text,
  'message/rfc822': mail,
  'text/calendar': folded,
  'text/vcard': folded,
  'application/epub+zip': epub,
  'application/vnd.ms-spreadsheetml': officeXml,
  'application/vnd.ms-wordml': officeXml,
  'application/mbox': mailbox,
  'text/csv': text,
  'text/html': html,
  'text/plain': text,
};

/** Finds the reader of a format; undefined when there is none. */
export function findReader(mediaType: string): Load | undefined {
  return Object.hasOwn(readers, mediaType) ? readers[mediaType] : undefined;
}
