import { Readable } from 'node:stream';
import { createInflate } from 'node:zlib';
import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink } from '../../reader.ts';
import { ByteCursor, decodeUtf16 } from '../ole/byte-cursor.ts';
import {
  contentOf,
  type PresentationRecord,
  recordAt,
  recordType,
} from './presentation-records.ts';

/** An object that a presentation lists ([MS-PPT] 2.10.1). */
export interface EmbeddedObject {
  persistId: number;
  name: string;
}

/** Gathers what the list of external objects names: embedded objects, links, linked files. */
export class ExternalObjects {
  readonly #stream: Uint8Array;
  readonly objects: EmbeddedObject[] = [];
  /** Targets of links and names of files. */
  readonly targets = new Set<string>();

  constructor(stream: Uint8Array) {
    this.#stream = stream;
  }

  /** Takes the record that says where the macros are ([MS-PPT] 2.4.11). */
  takeMacros(record: PresentationRecord): void {
    const cursor = new ByteCursor(contentOf(this.#stream, record));
    if (cursor.left < 4) return;
    const persistId = cursor.uint32();
    if (persistId !== 0) this.objects.push({ persistId, name: 'macros' });
  }

  take(record: PresentationRecord): void {
    const content = contentOf(this.#stream, record);
    if (record.type === recordType.oleObjectAtom && content.length >= 20) {
      const cursor = new ByteCursor(content, 8);
      const id = cursor.uint32();
      cursor.at = 16;
      this.objects.push({ persistId: cursor.uint32(), name: `object${id}` });
    } else if (record.type === recordType.string) {
      const text = decodeUtf16(content);
      const object = this.objects.at(-1);
      const isOfObject = record.parent?.type === recordType.oleEmbed;
      if (!isOfObject) this.targets.add(text);
      // The program's name for its kind of object.
      else if (record.instance === 2 && object !== undefined) object.name = text;
    }
  }
}

/** Reads an object's storage, which is a compound file, mostly deflated ([MS-PPT] 2.10.34). */
export async function readEmbeddedObject(
  stream: Uint8Array,
  { at, name, sink, budget }: { at: number; name: string; sink: DocumentSink; budget: ReadBudget },
): Promise<void> {
  const record = recordAt(stream, at);
  if (record?.type !== recordType.oleObjectStorage) {
    sink.miss('corrupt');
    return;
  }
  const content = contentOf(stream, record);
  if (record.instance === 0) await sink.readInner(name, content);
  else await sink.readInner(name, inflate(content.subarray(4), budget));
}

async function* inflate(content: Uint8Array, budget: ReadBudget): AsyncIterable<Uint8Array> {
  let expanded = 0;
  for await (const chunk of Readable.from([content]).pipe(createInflate())) {
    const bytes: Uint8Array = chunk;
    expanded += bytes.length;
    budget.takeExpanded(bytes.length);
    budget.checkRatio(content.length, expanded);
    yield bytes;
  }
}
