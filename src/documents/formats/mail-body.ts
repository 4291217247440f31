import { declaredEncoding } from '../declared-encoding.ts';
import type { ReadBudget } from '../read-budget.ts';
import type { DocumentSink, Source } from '../reader.ts';
import { decodeStrings } from './decode-strings.ts';
import { FlowedText } from './flowed-text.ts';
import { HtmlText } from './html-text.ts';
import type { MimeValue } from './mime-parameters.ts';
import { UuFiles } from './uu-files.ts';

const encryptedStart = '-----BEGIN PGP MESSAGE-----';

/** Reads the text of a message: plain or HTML, in the encoding its header tells. */
export async function readMailBody(
  source: Source,
  sink: DocumentSink,
  { contentType, budget }: { contentType: MimeValue; budget: ReadBudget },
): Promise<void> {
  const { value, parameters } = contentType;
  const declared = parameters.get('charset');
  const isHtml = value === 'text/html';
  const strings = decodeStrings(source.head, source.stream(), {
    sink,
    declared: declared ?? (isHtml ? declaredEncoding(source.head) : undefined),
  });
  if (isHtml) {
    const html = new HtmlText(sink, { budget });
    for await (const text of strings) await html.push(text);
    await html.finish();
    return;
  }
  const flowed = /^flowed$/i.test(parameters.get('format') ?? '')
    ? new FlowedText({ removesSpace: /^yes$/i.test(parameters.get('delsp') ?? '') })
    : undefined;
  sink.startPart({});
  const uu = new UuFiles(budget);
  const write = (text: string): void => sink.write(flowed === undefined ? text : flowed.push(text));
  let last = '';
  for await (const text of strings) {
    if ((last + text).includes(encryptedStart)) sink.miss('encrypted');
    last = text.slice(-encryptedStart.length);
    write(uu.push(text));
  }
  write(uu.finish());
  sink.write(flowed?.finish() ?? '');
  for (const { name, pieces } of uu.files) await sink.readInner(name, Buffer.concat(pieces));
}
