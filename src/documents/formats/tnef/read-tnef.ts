import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, Reader } from '../../reader.ts';
import { decodeCodePage } from '../code-pages.ts';
import { decompressRtf } from '../msg/decompress-rtf.ts';
import { findHtmlInRtf } from '../msg/html-in-rtf.ts';
import { isQuietProperty, property } from '../msg/property-names.ts';
import { PartWriter } from '../ole/part-writer.ts';
import { readTnefMessage, type TnefMessage } from './tnef-message.ts';

const headerFields: ReadonlySet<number> = new Set([
  property.senderName,
  property.senderAddress,
  property.senderSmtp,
  property.displayTo,
  property.displayCc,
  property.displayBcc,
]);

/** What Outlook sends as `winmail.dat` ([MS-OXTNEF]): a message with its attachments. */
export const readTnef: Reader = async (source, sink, { budget }) => {
  const message = readTnefMessage(await source.readAll(), budget);
  if (!message.isWhole) sink.miss('corrupt');
  const header = new PartWriter(sink, { section: 'header' });
  if (message.subject !== '') header.writeLine(`Subject: ${message.subject}`);
  for (const { id, line } of message.texts) if (headerFields.has(id)) header.writeLine(line);
  for (const { name } of message.attachments) header.writeLine(name && `Attachment: ${name}`);
  const metadata = new PartWriter(sink, { section: 'metadata' });
  for (const { id, line } of message.texts) if (!isQuietProperty(id)) metadata.writeLine(line);
  await readBodies(message, sink, budget);
  for (const [index, { name, content }] of message.attachments.entries()) {
    if (content === undefined) continue;
    await sink.readInner(name === '' ? `attachment ${index + 1}` : name, content);
  }
};

/** The text may be there as plain text, HTML and RTF; what repeats HTML is left out. */
async function readBodies(
  { body, html, compressedRtf, codePage }: TnefMessage,
  sink: DocumentSink,
  budget: ReadBudget,
): Promise<void> {
  new PartWriter(sink, {}).writeLine(body);
  if (html !== undefined) {
    await readHtml(typeof html === 'string' ? html : decodeCodePage(codePage, html), sink);
  }
  if (compressedRtf === undefined || compressedRtf.length === 0) return;
  const rtf = decompressRtf(compressedRtf, budget);
  const found = findHtmlInRtf(rtf, budget);
  if (found === undefined) await sink.readInner('body.rtf', rtf);
  else if (html === undefined) await readHtml(found, sink);
}

/** Marked as HTML in UTF-8, so that it is read as such however it begins. */
async function readHtml(html: string, sink: DocumentSink): Promise<void> {
  const start = /^\s*<!doctype/i.test(html) ? '\ufeff' : '\ufeff<!DOCTYPE html>';
  await sink.readInner('body.html', Buffer.from(start + html));
}
