import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, Section } from '../../reader.ts';
import { fieldOf, isRecord, textOf } from './library-values.ts';
import type { PdfDocument } from './open-pdf.ts';

export interface DetailContext {
  sink: DocumentSink;
  budget: ReadBudget;
}

/** What the information dictionary says of the file itself, which nobody wrote into it. */
const technicalNames = /^(?:PDFFormatVersion|EncryptFilterName|Trapped|Language|Is[A-Z]\w+)$/;
/** Fields that cannot be filled in have no value. */
const noValues: readonly unknown[] = ['Off', '', null, undefined];

/** Document information and XMP (ISO 32000-1, 14.3): one `Name: value` a line. */
export async function readMetadata(document: PdfDocument, context: DetailContext): Promise<void> {
  const { info, metadata } = await document.getMetadata();
  const lines: string[] = [];
  for (const [name, value] of Object.entries(info)) {
    if (technicalNames.test(name)) continue;
    if (name !== 'Custom') lines.push(lineOf(name, value));
    else if (isRecord(value)) lines.push(...Object.entries(value).map((entry) => lineOf(...entry)));
  }
  const entries: Iterable<[string, unknown]> = metadata ?? [];
  for (const [name, value] of entries) lines.push(lineOf(name, value));
  writePart('metadata', lines, context);
}

/** Titles of bookmarks, with what they open of the web, from the top down. */
export async function readOutline(document: PdfDocument, context: DetailContext): Promise<void> {
  const lines: string[] = [];
  const waiting: unknown[] = [...((await document.getOutline()) ?? [])].reverse();
  while (waiting.length > 0) {
    context.budget.checkTime();
    const item = waiting.pop();
    lines.push(textOf(fieldOf(item, 'title')), textOf(fieldOf(item, 'unsafeUrl')));
    const items = fieldOf(item, 'items');
    if (Array.isArray(items)) for (const inner of items.toReversed()) waiting.push(inner);
  }
  writePart('metadata', lines, context);
}

/** Names and values of a form's fields (ISO 32000-1, 12.7). Returns the values. */
export async function readFormFields(
  document: PdfDocument,
  context: DetailContext,
): Promise<ReadonlySet<string>> {
  const all = new Set<string>();
  const fields = (await document.getFieldObjects()) ?? {};
  const lines: string[] = [];
  for (const [name, widgets] of Object.entries(fields)) {
    context.budget.checkTime();
    const values = new Set<string>();
    for (const widget of Array.isArray(widgets) ? widgets : []) {
      for (const key of ['value', 'defaultValue']) {
        const value = fieldOf(widget, key);
        if (!noValues.includes(value)) values.add(textOf(value));
      }
    }
    for (const value of values) {
      lines.push(lineOf(name, value));
      all.add(value);
    }
  }
  writePart('form', lines, context);
  return all;
}

/** Scripts of the document, which are never run. */
export async function readScripts(document: PdfDocument, context: DetailContext): Promise<void> {
  const actions = (await document.getJSActions()) ?? {};
  const lines = Object.values(actions).flatMap((scripts) =>
    Array.isArray(scripts) ? scripts.map(textOf) : [],
  );
  writePart('script', lines, context);
}

export async function readAttachments(
  document: PdfDocument,
  { sink, budget }: DetailContext,
): Promise<void> {
  for (const [name, attachment] of (await document.getAttachments()) ?? []) {
    budget.checkTime();
    const fileName = textOf(fieldOf(attachment, 'filename')) || name;
    const description = textOf(fieldOf(attachment, 'description'));
    sink.startPart({ section: 'metadata' });
    sink.write(`${fileName}\n${description === '' ? '' : `${description}\n`}`);
    await readAttachment(document, { id: name, name: fileName, sink });
  }
}

/** Reads one attached file, as a document of its own. */
export async function readAttachment(
  document: PdfDocument,
  { id, name, sink }: { id: string; name: string; sink: DocumentSink },
): Promise<void> {
  const content: unknown = await document.getAttachmentContent(id);
  if (content instanceof Uint8Array) await sink.readInner(name, content);
  else sink.miss('corrupt');
}

function writePart(section: Section, lines: readonly string[], { sink }: DetailContext): void {
  const texts = lines.filter((line) => line !== '');
  if (texts.length === 0) return;
  sink.startPart({ section });
  for (const line of texts) sink.write(`${line}\n`);
}

function lineOf(name: string, value: unknown): string {
  const text = textOf(value);
  return text === '' ? '' : `${name}: ${text}`;
}
