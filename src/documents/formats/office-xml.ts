import { declaredEncoding } from '../declared-encoding.ts';
import type { Reader } from '../reader.ts';
import { decodeStrings } from './decode-strings.ts';
import type { OfficeXml } from './office-asides.ts';
import { SpreadsheetXml } from './spreadsheet-xml.ts';
import { WordXml } from './word-xml.ts';
import { XmlEvents } from './xml-events.ts';

/** Word 2003 XML and XML Spreadsheet 2003 (Microsoft Office 2003 XML Reference Schemas). */
export const readOfficeXml: Reader = async (source, sink, { budget, mediaType }) => {
  const document: OfficeXml =
    mediaType === 'application/vnd.ms-wordml'
      ? new WordXml(sink, budget)
      : new SpreadsheetXml(sink, budget);
  const events = new XmlEvents(document, budget);
  const declared = declaredEncoding(source.head);
  for await (const text of decodeStrings(source.head, source.stream(), { sink, declared })) {
    events.push(text);
  }
  events.finish();
  document.finish();
  if (!events.isWellFormed) sink.miss('corrupt');
  await document.asides.write(sink);
};
