import type { Location } from '../../reader.ts';
import { prefixedAttributeOf, type XmlAttributes } from '../xml-walk.ts';
import type { OoxmlReading } from './ooxml-reading.ts';

/** Reads a presentation's slides in order, each with its notes and comments, then the masters. */
export async function readPresentation(reading: OoxmlReading, main: string): Promise<void> {
  const { opc, budget } = reading;
  const relationships = await opc.readRelationships(main);
  const parts = new Map(relationships.map(({ id, target }) => [id, target]));
  const slides: string[] = [];
  await opc.walk(main, {
    open: (name: string, attributes: XmlAttributes) => {
      if (name !== 'sldId') return;
      const part = parts.get(prefixedAttributeOf(attributes, 'id') ?? '');
      if (part !== undefined) slides.push(part);
    },
    close: () => {},
    text: () => {},
  });
  budget.checkPages(slides.length);
  for (const [index, part] of slides.entries()) {
    const entry = opc.archive.find(part);
    if (entry === undefined || !opc.take(part)) continue;
    const location: Location = { slide: index + 1 };
    await reading.readMarkup(entry, location);
    await reading.readRelated(part, location);
  }
  await reading.readRelated(main, {});
}
