import { type DocumentSink, type Reader, type ReadOptions, UnreadableError } from '../reader.ts';
import { readWordDocument } from './doc/read-word-document.ts';
import { readEncryptedPackage } from './encryption/encrypted-package.ts';
import { readMessage } from './msg/read-message.ts';
import { attempt } from './ole/attempt.ts';
import { CompoundFile, type OleStorage } from './ole/compound-file.ts';
import { PartWriter } from './ole/part-writer.ts';
import { readPropertySets } from './ole/property-sets.ts';
import { isObjectWrapper, readWrappedFile } from './ole/read-object.ts';
import { readPresentation } from './ppt/read-presentation.ts';
import { isMacroProject, readMacros } from './vba/read-macros.ts';
import { readWorkbook } from './xls/read-workbook.ts';

type ReadStorage = (
  storage: OleStorage,
  sink: DocumentSink,
  options: ReadOptions,
) => void | Promise<void>;

/** Formats that are told by a stream, in this order. */
const formats: readonly (readonly [stream: string, read: ReadStorage])[] = [
  ['EncryptedPackage', readEncryptedPackage],
  ['DRMContent', () => refuse('encrypted')],
  ['\x09DRMContent', () => refuse('encrypted')],
  ['__properties_version1.0', readMessage],
  ['PowerPoint Document', readPresentation],
  ['WordDocument', readWordDocument],
  ['Workbook', readWorkbook],
  ['Book', readWorkbook],
  ['VisioDocument', () => refuse('unsupported:application/vnd.visio')],
  ['PP40', () => refuse('unsupported:application/vnd.ms-powerpoint')],
  ['StarWriterDocument', () => refuse('unsupported:application/vnd.stardivision.writer')],
  ['StarCalcDocument', () => refuse('unsupported:application/vnd.stardivision.calc')],
  ['StarDrawDocument3', () => refuse('unsupported:application/vnd.stardivision.draw')],
  ['MatOST', () => refuse('unsupported:application/vnd.ms-works')],
  ['SPELLING', () => refuse('unsupported:application/vnd.ms-works')],
  ['Equation Native', () => refuse('unsupported:application/vnd.ms-equation')],
  ['WksSSWorkBook', () => refuse('unsupported:application/vnd.ms-works')],
  ['HwpSummaryInformation', () => refuse('unsupported:application/x-hwp')],
  ['\x05HwpSummaryInformation', () => refuse('unsupported:application/x-hwp')],
];

/** Formats that are told by a storage. */
const storageFormats: readonly (readonly [storage: string, mediaType: string])[] = [
  ['Quill', 'application/x-mspublisher'],
  ['TBkd', 'application/vnd.ms-project'],
];

/** Anything in a compound file ([MS-CFB]): Word, Excel, PowerPoint, Outlook, packaged objects. */
export const readOle: Reader = async (source, sink, options) => {
  const { budget } = options;
  const file = new CompoundFile(await source.readAll(), budget);
  await readProperties(file.root, sink, options);
  const format = findFormat(file.root);
  if (format !== undefined) await format(file.root, sink, options);
  else refuse(file.isDamaged ? 'corrupt' : 'unsupported:application/x-ole-storage');
  for (const name of ['Macros', '_VBA_PROJECT_CUR']) {
    const project = file.root.findStorage(name);
    if (project !== undefined) await readMacros(project, sink, budget);
  }
  if (file.isDamaged) sink.miss('corrupt');
};

function findFormat(root: OleStorage): ReadStorage | undefined {
  const known = storageFormats.find(([name]) => root.findStorage(name) !== undefined);
  if (known !== undefined) return () => refuse(`unsupported:${known[1]}`);
  const format = formats.find(([name]) => root.findStream(name) !== undefined);
  if (format !== undefined) return format[1];
  if (isMacroProject(root)) return (_, sink, { budget }) => readMacros(root, sink, budget);
  return isObjectWrapper(root) ? readWrappedObject : undefined;
}

function readWrappedObject(root: OleStorage, sink: DocumentSink): Promise<void> {
  return readWrappedFile(root, sink, 'object');
}

/** What the document tells of itself: title, author and what people added. */
async function readProperties(
  root: OleStorage,
  sink: DocumentSink,
  { budget }: ReadOptions,
): Promise<void> {
  const part = new PartWriter(sink, { section: 'metadata' });
  for (const name of ['\x05SummaryInformation', '\x05DocumentSummaryInformation']) {
    const stream = root.findBytes(name);
    if (stream === undefined || stream.length === 0) continue;
    await attempt(sink, () => {
      for (const { name, value } of readPropertySets(stream, budget)) {
        part.writeLine(`${name}: ${value}`);
      }
    });
  }
}

function refuse(problem: ConstructorParameters<typeof UnreadableError>[0]): never {
  throw new UnreadableError(problem);
}
