import {
  type DocumentSink,
  type Location,
  type ReadOptions,
  UnreadableError,
} from '../../reader.ts';
import { attempt } from '../ole/attempt.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { OleStorage } from '../ole/compound-file.ts';
import { PartWriter } from '../ole/part-writer.ts';
import { readObjects } from '../ole/read-object.ts';
import { CharacterProperties } from './character-properties.ts';
import { FieldText } from './field-text.ts';
import {
  bytesIn,
  type FileInformation,
  readFileInformation,
  type StoryLengths,
} from './file-information-block.ts';
import { ListLabels } from './list-labels.ts';
import { ParagraphProperties } from './paragraph-properties.ts';
import { ParagraphText } from './paragraph-text.ts';
import { StoryText } from './story-text.ts';
import { TextPieces } from './text-pieces.ts';

/** A stretch of the text, in characters. */
interface Story {
  location: Location;
  start: number;
  end: number;
}

const storySections: readonly (readonly [story: keyof StoryLengths, location: Location])[] = [
  ['body', {}],
  ['footnotes', { section: 'footnote' }],
  ['headers', { section: 'header' }],
  ['macros', { section: 'script' }],
  ['comments', { section: 'comment' }],
  ['endnotes', { section: 'footnote' }],
  ['textBoxes', {}],
  ['headerTextBoxes', { section: 'header' }],
];

/** Word 6 to 2003 ([MS-DOC]): all stories, hidden and deleted text among them, then objects. */
export async function readWordDocument(
  root: OleStorage,
  sink: DocumentSink,
  { budget }: ReadOptions,
): Promise<void> {
  const stream = root.findBytes('WordDocument') ?? new Uint8Array(0);
  const information = readFileInformation(stream);
  if (information.isEncrypted) throw new UnreadableError('encrypted');
  const found = information.isOld ? stream : findTable(root, information);
  if (found === undefined) sink.miss('corrupt');
  const table = found ?? new Uint8Array(0);
  const pieces = new TextPieces(stream, table, information);
  if (pieces.isDamaged) sink.miss('corrupt');
  const properties = new ParagraphProperties(stream, table, information);
  const characters = new CharacterProperties(stream, table, information);
  const labels = new ListLabels(table, information);
  let written = 0;
  for (const story of listStories(pieces, table, information)) {
    budget.checkTime();
    const part = new StoryText(sink, story.location);
    const text = new FieldText((shown) => {
      // Labels of lists may be much longer than their paragraphs.
      written += shown.length;
      budget.checkRatio(stream.length, written);
      part.write(shown);
    });
    const { start } = story;
    const options = { pieces, properties, characters, story: part, labels, start };
    const paragraphs = new ParagraphText(text, options);
    for (const chunk of pieces.textOf(story.start, story.end)) {
      budget.checkTime();
      paragraphs.push(chunk);
    }
    text.finish();
    part.finish();
  }
  await attempt(sink, () => {
    const part = new PartWriter(sink, { section: 'metadata' });
    const authors = readAuthors(bytesIn(table, information.commentAuthors));
    for (const author of authors) part.writeLine(`Comment author: ${author}`);
  });
  const objects = root.findStorage('ObjectPool');
  if (objects !== undefined) await readObjects(objects, sink);
}

function findTable(root: OleStorage, { tableStream }: FileInformation): Uint8Array | undefined {
  const other = tableStream === '0Table' ? '1Table' : '0Table';
  return root.findBytes(tableStream) ?? root.findBytes(other);
}

/** Text that no story counts is the body's. */
function* listStories(
  pieces: TextPieces,
  table: Uint8Array,
  information: FileInformation,
): Iterable<Story> {
  let start = 0;
  for (const [name, location] of storySections) {
    const end = Math.min(start + information.stories[name], pieces.length);
    if (end === start) continue;
    const headers = name === 'headers' ? bytesIn(table, information.headerTable) : undefined;
    if (headers === undefined) yield { location, start, end };
    else yield* listHeaders(headers, { start, end });
    start = end;
  }
  if (start < pieces.length) yield { location: {}, start, end: pieces.length };
}

/** Headers and footers of each section ([MS-DOC] 2.3.3): six separators of notes come first. */
function* listHeaders(
  table: Uint8Array,
  { start, end }: { start: number; end: number },
): Iterable<Story> {
  const cursor = new ByteCursor(table);
  let position = start;
  for (let n = -1; cursor.left >= 4 && position < end; n++) {
    const next = Math.min(Math.max(start + cursor.uint32(), position), end);
    const kind = n < 6 ? -1 : n % 6;
    const section =
      kind < 0 ? 'footnote' : kind === 2 || kind === 3 || kind === 5 ? 'footer' : 'header';
    if (next > position) yield { location: { section }, start: position, end: next };
    position = next;
  }
  if (position < end) yield { location: { section: 'header' }, start: position, end };
}

/** Names of those who commented ([MS-DOC] 2.7.3): strings with their lengths before them. */
function readAuthors(bytes: Uint8Array): string[] {
  const cursor = new ByteCursor(bytes);
  const authors: string[] = [];
  while (cursor.left >= 2) authors.push(cursor.utf16(cursor.uint16()));
  return authors;
}
