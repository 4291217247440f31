import { fieldOf, textOf } from './library-values.ts';
import type { PdfDocument, PdfPage } from './open-pdf.ts';
import { type DetailContext, readAttachment } from './read-details.ts';

/**
 * What stands on a page besides its content (ISO 32000-1, 12.5): notes with their authors, where
 * links lead, files attached, and what images are described as (14.9.3). Fields of forms are read
 * with the form, but for their descriptions.
 */
export async function readAnnotations(
  page: PdfPage,
  { document, sink, budget }: DetailContext & { document: PdfDocument },
): Promise<void> {
  const files: { id: string; name: string }[] = [];
  const lines = new Set<string>();
  for (const annotation of (await page.getAnnotations()) as unknown[]) {
    budget.checkTime();
    for (const line of linesOf(annotation)) if (line.trim() !== '') lines.add(line);
    const file = fieldOf(annotation, 'file') ?? fieldOf(annotation, 'richMedia');
    const id = textOf(fieldOf(annotation, 'fileId') ?? fieldOf(file, 'fileId'));
    if (id !== '') files.push({ id, name: textOf(fieldOf(file, 'filename')) });
  }
  for (const line of listDescriptions(await page.getStructTree())) {
    budget.checkTime();
    lines.add(line);
  }
  if (lines.size > 0) {
    sink.startPart({ page: page.pageNumber, section: 'annotation' });
    for (const line of lines) sink.write(`${line}\n`);
  }
  for (const { id, name } of files) {
    budget.checkTime();
    await readAttachment(document, { id, name, sink });
  }
}

function* linesOf(annotation: unknown): Iterable<string> {
  yield textOf(fieldOf(fieldOf(annotation, 'titleObj'), 'str'));
  yield textOf(fieldOf(fieldOf(annotation, 'contentsObj'), 'str'));
  yield textOf(fieldOf(fieldOf(annotation, 'richText'), 'str'));
  yield textOf(fieldOf(annotation, 'alternativeText'));
  yield textOf(fieldOf(annotation, 'unsafeUrl'));
  yield textOf(fieldOf(fieldOf(annotation, 'file'), 'description'));
  const content = fieldOf(annotation, 'textContent');
  // What a field shows is its value.
  if (Array.isArray(content) && fieldOf(annotation, 'subtype') !== 'Widget') {
    yield content.map(textOf).join('\n');
  }
}

function* listDescriptions(tree: unknown): Iterable<string> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const node = waiting.pop();
    const description = textOf(fieldOf(node, 'alt'));
    if (description.trim() !== '') yield description;
    const children = fieldOf(node, 'children');
    if (Array.isArray(children)) for (const child of children.toReversed()) waiting.push(child);
  }
}
