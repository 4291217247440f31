import type { Location } from '../../reader.ts';
import { StoryWriter } from '../story-writer.ts';
import { sheetRecords } from './binary-sheet.ts';
import { stringRecords, styleRecords, workbookRecords } from './binary-workbook.ts';
import { CellStyles } from './cell-styles.ts';
import type { OoxmlReading } from './ooxml-reading.ts';
import { SharedStrings } from './shared-strings.ts';
import { SheetText } from './sheet-text.ts';
import { Workbook } from './workbook.ts';

/** Reads a workbook's sheets in order, each with what belongs to it, then what is left of it. */
export async function readWorkbook(reading: OoxmlReading, main: string): Promise<void> {
  const { opc, sink, budget } = reading;
  const workbook = new Workbook(budget);
  const strings = new SharedStrings(budget);
  const styles = new CellStyles();
  const relationships = await opc.readRelationships(main);
  const partOf = (type: string): string =>
    relationships.find((one) => one.type === type && !one.isExternal)?.target ?? '';
  const isBinary = opc.contentType(main).includes('sheet.binary');
  if (isBinary) {
    await opc.walkBinary(main, workbookRecords(workbook));
    await opc.walkBinary(partOf('styles'), styleRecords(styles));
    await opc.walkBinary(partOf('sharedStrings'), stringRecords(strings));
  } else {
    await opc.walk(main, workbook);
    await opc.walk(partOf('styles'), styles);
    await opc.walk(partOf('sharedStrings'), strings);
  }
  styles.uses1904 = workbook.uses1904;
  const parts = new Map(relationships.map(({ id, target }) => [id, target]));
  for (const { name, relationship, isHidden } of workbook.sheets) {
    const part = parts.get(relationship);
    if (part === undefined || !opc.take(part)) continue;
    const location: Location = { sheet: name };
    const stories = new StoryWriter(sink, isHidden ? { ...location, section: 'hidden' } : location);
    if (/chartsheet|dialogsheet/.test(opc.contentType(part))) {
      await reading.readPart(part, location);
      continue;
    }
    const options = { strings, styles, budget };
    if (isBinary) await opc.walkBinary(part, sheetRecords(stories, options));
    else await opc.walk(part, new SheetText(stories, options));
    stories.finish();
    await reading.readRelated(part, location);
  }
  writeRest(reading, workbook, strings);
  await reading.readRelated(main, {});
}

/** Names of sheets and ranges, and strings that no cell shows any more. */
function writeRest({ sink }: OoxmlReading, workbook: Workbook, strings: SharedStrings): void {
  const names = new StoryWriter(sink, { section: 'metadata' });
  for (const { name } of workbook.sheets) names.write(`sheet: ${name}\n`);
  for (const name of workbook.names) names.write(`${name}\n`);
  names.finish();
  const unused = new StoryWriter(sink, { section: 'hidden' });
  for (const text of strings.unused()) unused.write(`${text}\n`);
  unused.finish();
}
