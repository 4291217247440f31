import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink } from '../../reader.ts';
import { decodeCodePage } from '../code-pages.ts';
import { attempt } from '../ole/attempt.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import type { OleStorage } from '../ole/compound-file.ts';
import { PartWriter } from '../ole/part-writer.ts';
import { decompressVba } from './decompress-vba.ts';

interface MacroModule {
  stream: string;
  /** Where its source begins in the stream, in bytes. */
  offset: number;
}

/** Records of the directory of a project ([MS-OVBA] 2.3.4.2). */
const recordId = { codePage: 0x03, version: 0x09, stream: 0x1a, offset: 0x31 } as const;

/** Whether a storage is a Visual Basic project. */
export function isMacroProject(storage: OleStorage): boolean {
  return storage.findStorage('VBA')?.findStream('dir') !== undefined;
}

/** Reads the source of all modules of a Visual Basic project ([MS-OVBA]), a part each. */
export async function readMacros(
  project: OleStorage,
  sink: DocumentSink,
  budget: ReadBudget,
): Promise<void> {
  const storage = project.findStorage('VBA');
  const directory = storage?.findBytes('dir');
  if (storage === undefined || directory === undefined) return;
  await attempt(sink, async () => {
    const { modules, codePage } = listModules(decompressVba(directory, budget));
    for (const { stream, offset } of modules) {
      await attempt(sink, () => {
        const bytes = storage.findBytes(stream);
        if (bytes === undefined) throw new RangeError('a module without its stream');
        const source = decompressVba(bytes.subarray(offset), budget);
        new PartWriter(sink, { section: 'script' }).write(decodeCodePage(codePage, source));
      });
    }
  });
}

function listModules(directory: Uint8Array): { modules: MacroModule[]; codePage: number } {
  const modules: MacroModule[] = [];
  let codePage = 1252;
  let stream = '';
  const cursor = new ByteCursor(directory);
  while (cursor.left >= 6) {
    const id = cursor.uint16();
    const told = cursor.uint32();
    // The version says it is four bytes, and is six.
    const content = new ByteCursor(cursor.take(id === recordId.version ? 6 : told));
    if (id === recordId.codePage) codePage = content.uint16();
    else if (id === recordId.stream) stream = decodeCodePage(codePage, content.bytes);
    else if (id === recordId.offset) modules.push({ stream, offset: content.uint32() });
  }
  return { modules, codePage };
}
