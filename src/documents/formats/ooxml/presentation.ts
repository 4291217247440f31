import type { Location } from '../../reader.ts';
import { StoryLayout } from '../story-layout.ts';
import { StoryWriter } from '../story-writer.ts';
import { prefixedAttributeOf, type XmlAttributes } from '../xml-walk.ts';
import { MarkupText } from './markup-text.ts';
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
      budget.checkPages(slides.length);
    },
    close: () => {},
    text: () => {},
  });
  for (const [index, part] of slides.entries()) {
    if (!opc.take(part)) continue;
    const location: Location = { slide: index + 1 };
    await readSlide(reading, part, location);
    await reading.readRelated(part, location);
  }
  await reading.readRelated(main, {});
}

async function readSlide(reading: OoxmlReading, part: string, location: Location): Promise<void> {
  const stories = new StoryWriter(reading.sink, location);
  const layout = new StoryLayout(stories);
  const text = new MarkupText(layout, stories, { isMaster: false, attributeSection: 'hidden' });
  await reading.opc.walk(part, {
    open: (name, attributes) => {
      const isHidden = name === 'sld' && /^(?:0|false)$/.test(attributes['show'] ?? '');
      if (isHidden) stories.moveTo({ ...location, section: 'hidden' });
      text.open(name, attributes);
    },
    close: (name) => text.close(name),
    text: (characters) => text.text(characters),
  });
  layout.finish();
  stories.finish();
}
