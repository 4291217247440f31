import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, ReadOptions } from '../../reader.ts';
import { decodeCodePage } from '../code-pages.ts';
import { decodeUtf16 } from '../ole/byte-cursor.ts';
import type { OleStorage } from '../ole/compound-file.ts';
import { PartWriter } from '../ole/part-writer.ts';
import { readObject } from '../ole/read-object.ts';
import { writeCompoundFile } from '../ole/write-compound-file.ts';
import { decompressRtf } from './decompress-rtf.ts';
import { findHtmlInRtf } from './html-in-rtf.ts';
import { MessageProperties } from './message-properties.ts';
import { isQuietProperty, property, propertyNames } from './property-names.ts';

/** Kinds of recipients ([MS-OXOMSG] 2.2.3.1). */
const recipientKinds: Readonly<Record<number, string>> = { 1: 'To', 2: 'Cc', 3: 'Bcc' };

interface Attachment {
  name: string;
  /** Where it is, when it is not here. */
  path: string;
  content: Uint8Array | undefined;
  object: OleStorage | undefined;
}

/** A message, contact, appointment or another item of Outlook ([MS-OXMSG]). */
export async function readMessage(
  root: OleStorage,
  sink: DocumentSink,
  { budget }: ReadOptions,
): Promise<void> {
  const message = new MessageProperties(root);
  const attachments = [...listAttachments(root, message.decode)];
  writeHeader(root, message, { sink, attachments });
  writeOtherProperties(message, sink);
  await readBodies(message, sink, budget);
  for (const attachment of attachments) {
    budget.checkTime();
    await readAttachment(attachment, sink);
  }
}

function writeHeader(
  root: OleStorage,
  message: MessageProperties,
  { sink, attachments }: { sink: DocumentSink; attachments: readonly Attachment[] },
): void {
  const part = new PartWriter(sink, { section: 'header' });
  const writeField = (name: string, value: string | undefined): void => {
    if (value !== undefined && value.trim() !== '') part.writeLine(`${name}: ${value}`);
  };
  const address = (name: number, ...ids: number[]): string =>
    withAddress(
      message.text(name),
      ids.map((id) => message.text(id)),
    );
  writeField('Subject', message.text(property.subject));
  const { sentForName, sentForAddress, sentForSmtp } = property;
  writeField('From', address(sentForName, sentForSmtp, sentForAddress));
  const { senderName, senderAddress, senderSmtp } = property;
  writeField('Sender', address(senderName, senderSmtp, senderAddress));
  const recipients = [...listRecipients(root, message.decode)];
  for (const { kind, address } of recipients) writeField(kind, address);
  if (recipients.length === 0) {
    writeField('To', message.text(property.displayTo));
    writeField('Cc', message.text(property.displayCc));
    writeField('Bcc', message.text(property.displayBcc));
  }
  const sent = message.findTime(property.submitTime) ?? message.findTime(property.deliveryTime);
  writeField('Date', sent);
  for (const { name, path } of attachments) {
    writeField('Attachment', path === '' ? name : `${name} ${path}`);
  }
  part.writeLine(message.text(property.transportHeaders));
}

function* listRecipients(
  root: OleStorage,
  decode: MessageProperties['decode'],
): Iterable<{ kind: string; address: string }> {
  for (const storage of root.storages.values()) {
    if (!/^__recip_version1\.0_/i.test(storage.name)) continue;
    const recipient = new MessageProperties(storage, { headerBytes: 8, decode });
    const kind = recipientKinds[(recipient.findNumber(property.recipientKind) ?? 1) & 0xf] ?? 'To';
    const addresses = [property.smtpAddress, property.address].map((id) => recipient.text(id));
    yield { kind, address: withAddress(recipient.text(property.displayName), addresses) };
  }
}

function withAddress(name: string, addresses: readonly string[]): string {
  const address = addresses.find((candidate) => candidate !== '') ?? '';
  if (address === '' || address === name) return name;
  return name === '' ? address : `${name} <${address}>`;
}

function* listAttachments(
  root: OleStorage,
  decode: MessageProperties['decode'],
): Iterable<Attachment> {
  for (const storage of root.storages.values()) {
    if (!/^__attach_version1\.0_/i.test(storage.name)) continue;
    const attachment = new MessageProperties(storage, { headerBytes: 8, decode });
    const names = [property.longFileName, property.displayName, property.fileName];
    const name = names.map((id) => attachment.text(id)).find((candidate) => candidate !== '');
    const paths = [property.longPath, property.path].map((id) => attachment.text(id));
    yield {
      name: name ?? storage.name,
      path: paths.find((candidate) => candidate !== '') ?? '',
      content: attachment.findBinary(property.attachmentData),
      object: attachment.findObject(property.attachmentData),
    };
  }
}

async function readAttachment(
  { name, path, content, object }: Attachment,
  sink: DocumentSink,
): Promise<void> {
  if (content !== undefined) await sink.readInner(name, content);
  else if (object?.findStream('__properties_version1.0') !== undefined) {
    await sink.readInner(name, writeCompoundFile(object));
  } else if (object !== undefined) await readObject(object, sink, name);
  else if (path === '') sink.miss('corrupt');
}

/** Phone numbers of a contact, the place of a meeting, and all else that somebody typed. */
function writeOtherProperties(message: MessageProperties, sink: DocumentSink): void {
  const part = new PartWriter(sink, { section: 'metadata' });
  for (const { id, value } of message.listTexts()) {
    if (isQuietProperty(id)) continue;
    const name = propertyNames[id];
    part.writeLine(name === undefined ? value : `${name}: ${value}`);
  }
  const birthday = message.findTime(property.birthday);
  if (birthday !== undefined) part.writeLine(`Birthday: ${birthday.slice(0, 10)}`);
}

/** A message may have its text as plain text, HTML and RTF; what repeats HTML is left out. */
async function readBodies(
  message: MessageProperties,
  sink: DocumentSink,
  budget: ReadBudget,
): Promise<void> {
  const body = new PartWriter(sink, {});
  body.writeLine(message.text(property.body));
  const html = findHtml(message);
  if (html !== undefined) await readHtml(html, sink);
  const compressed = message.findBinary(property.compressedRtf);
  if (compressed === undefined || compressed.length === 0) return;
  const rtf = decompressRtf(compressed, budget);
  const found = findHtmlInRtf(rtf, budget);
  if (found === undefined) await sink.readInner('body.rtf', rtf);
  else if (html === undefined) await readHtml(found, sink);
}

/** Bytes when only the HTML itself may tell its encoding. */
function findHtml(message: MessageProperties): string | Uint8Array | undefined {
  const text = message.text(property.html);
  if (text !== '') return text;
  const bytes = message.findBinary(property.html);
  if (bytes === undefined || bytes.length === 0) return undefined;
  const codePage = message.internetCodePage;
  return codePage === undefined ? bytes : decodeInternetCodePage(codePage, bytes);
}

/** Mail knows code pages that switch sets by escapes, which Windows does not. */
function decodeInternetCodePage(codePage: number, bytes: Uint8Array): string {
  if (codePage === 1200) return decodeUtf16(bytes);
  const isSwitching = codePage >= 50_220 && codePage <= 50_222;
  return isSwitching
    ? new TextDecoder('iso-2022-jp').decode(bytes)
    : decodeCodePage(codePage, bytes);
}

/** Marked as HTML, and as UTF-8 when it is a text, so that it is read as such however it begins. */
async function readHtml(html: string | Uint8Array, sink: DocumentSink): Promise<void> {
  const bytes = Buffer.from(html);
  const hasType = /^\s*<!doctype/i.test(bytes.subarray(0, 256).toString('latin1'));
  const mark = typeof html === 'string' ? '\ufeff' : '';
  const start = Buffer.from(hasType ? mark : `${mark}<!DOCTYPE html>`);
  await sink.readInner('body.html', Buffer.concat([start, bytes]));
}
