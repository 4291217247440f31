import type { Reader } from '../../reader.ts';
import { RtfReading } from './rtf-reading.ts';
import { RtfTokenizer } from './rtf-tokens.ts';

/** Objects are held until so many bytes of them wait. */
const mostWaitingBytes = 33_554_432;

/**
 * RTF (Rich Text Format Specification 1.9.1): the body; headers, footers, notes, comments, deleted
 * and hidden text, targets of links and properties in parts after it; embedded objects as inner
 * documents. Pictures are passed over.
 */
export const readRtf: Reader = async (source, sink, { budget }) => {
  const reading = new RtfReading(sink, budget);
  const tokenizer = new RtfTokenizer(reading);
  for await (const chunk of source.stream()) {
    budget.checkTime();
    tokenizer.push(chunk);
    if (reading.waitingBytes > mostWaitingBytes) await readObjects();
  }
  tokenizer.finish();
  reading.finish();
  await readObjects();
  if (!reading.isComplete) sink.miss('corrupt');

  async function readObjects(): Promise<void> {
    for (const { name, content } of reading.takeObjects()) await sink.readInner(name, content);
  }
};
