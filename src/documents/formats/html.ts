import { declaredEncoding } from '../declared-encoding.ts';
import type { Reader } from '../reader.ts';
import { decodeStrings } from './decode-strings.ts';
import { HtmlText } from './html-text.ts';

/** HTML and XHTML: entities and markup gone, in the parts that `HtmlText` makes. */
export const readHtml: Reader = async (source, sink, { budget }) => {
  const start = Buffer.from(source.head.subarray(0, 1_024)).toString('latin1');
  const isXml = /^[^<]{0,8}<\?xml\b/.test(start) || /<html[^>]{0,300}xmlns/i.test(start);
  const html = new HtmlText(sink, { budget, isXml });
  const declared = declaredEncoding(source.head);
  for await (const text of decodeStrings(source.head, source.stream(), { sink, declared })) {
    await html.push(text);
  }
  await html.finish();
};
