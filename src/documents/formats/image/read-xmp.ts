import { SaxesParser } from 'saxes';
import { decodeText, type ImageMetadata } from './image-metadata.ts';

/** Elements of RDF that only carry others. */
const carriers = /^(?:rdf:|x:|xpacket)/;
/** History and thumbnails: nothing that people wrote. */
const technical = /^(?:xmlns|xmlGImg:|xapGImg:|stEvt:|stRef:|crs:|x:|rdf:)/;
const mostDepth = 256;
const mostCharacters = 4_194_304;

/**
 * XMP (ISO 16684-1): values of properties by the name of the nearest that is no carrier. A packet that is
 * no XML is read as far as it is some.
 */
export function readXmp(bytes: Uint8Array, metadata: ImageMetadata): void {
  const names: string[] = [];
  const parser = new SaxesParser();
  let text = '';
  let isBroken = false;
  const flush = (): void => {
    const name = names.findLast((candidate) => !carriers.test(candidate)) ?? '';
    if (!technical.test(name)) metadata.add(name, text);
    text = '';
  };
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('cdata', (piece) => {
    text += piece;
  });
  parser.on('opentag', ({ name, attributes }) => {
    metadata.budget.checkTime();
    flush();
    names.push(name);
    isBroken ||= names.length > mostDepth;
    for (const [key, value] of Object.entries(attributes)) {
      if (!technical.test(key) && key !== 'xml:lang') metadata.add(key, value);
    }
  });
  parser.on('closetag', () => {
    flush();
    names.pop();
  });
  parser.on('error', () => {
    isBroken = true;
  });
  const packet = decodeText(bytes).replaceAll('\0', '').slice(0, mostCharacters);
  for (let at = 0; at < packet.length && !isBroken; at += 4_096) {
    parser.write(packet.slice(at, at + 4_096));
  }
}
