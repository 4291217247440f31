import { SaxesParser } from 'saxes';
import type { DetailContext } from './read-details.ts';

const mostDepth = 256;
const pieceCharacters = 4_096;
/** Elements whose texts are not what a form says or was told: their names, or how it behaves. */
const technical =
  /^(?:script|config|connectionSet|localeSet|stylesheet|xmpmeta|x:xmpmeta|picture)$/;
/** Elements of a template that hold its texts (XFA 3.3, chapter 17), whose names say nothing. */
const textElements =
  /^(?:text|exData|p|span|b|i|body|html|toolTip|speak|value|float|date|decimal)$/;

/**
 * Forms of the XML Forms Architecture 3.3: texts of the template, and what was filled in by the names
 * of its fields. What a form of the other kind says as well is not repeated.
 */
export function readXfa(
  packets: readonly Uint8Array[],
  { sink, budget, known }: DetailContext & { known: ReadonlySet<string> },
): void {
  const values = new Map<string, string>();
  for (const packet of packets) readPacket(packet, values, budget);
  const lines = [...values].filter(([, value]) => !known.has(value));
  if (lines.length === 0) return;
  sink.startPart({ section: 'form' });
  for (const [line] of lines) sink.write(`${line}\n`);
}

function readPacket(
  packet: Uint8Array,
  values: Map<string, string>,
  budget: DetailContext['budget'],
): void {
  const names: string[] = [];
  const parser = new SaxesParser();
  let text = '';
  let isBroken = false;
  const flush = (): void => {
    const value = text.replace(/\s+/g, ' ').trim();
    text = '';
    const name = names.at(-1) ?? '';
    if (value === '' || names.some((outer) => technical.test(outer))) return;
    values.set(textElements.test(name) ? value : `${name}: ${value}`, value);
  };
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('cdata', (piece) => {
    text += piece;
  });
  parser.on('opentag', ({ name }) => {
    flush();
    names.push(name);
    isBroken ||= names.length > mostDepth;
  });
  parser.on('closetag', () => {
    flush();
    names.pop();
  });
  // Packets of a form that is cut into several are no XML each.
  parser.on('error', () => {});
  const whole = new TextDecoder().decode(packet);
  for (let at = 0; at < whole.length && !isBroken; at += pieceCharacters) {
    budget.checkTime();
    parser.write(whole.slice(at, at + pieceCharacters));
  }
}
