import type { Section } from '../reader.ts';

/** Where what is not text of its own goes. */
export type Aside = Extract<Section, 'metadata' | 'form' | 'annotation' | 'comment' | 'script'>;

export interface Attribute {
  name: string;
  value: string;
}

/** Attributes that only say how something looks or is laid out: no person wrote them to be read. */
const presentational = new Set(
  `align background bgcolor border cellpadding cellspacing charset class clear color cols colspan
  coords crossorigin cx cy d decoding dir enctype face fill for frame frameborder height hspace id
  integrity lang link loading marginheight marginwidth maxlength media method noshade nowrap points
  preserveaspectratio r rel role rows rowspan rules rx ry scope scrolling shape size sizes spellcheck
  stroke style tabindex target text transform type valign version viewbox vlink vspace width x x1 x2
  xml:lang xmlns y y1 y2`.split(/\s+/),
);

const fields = new Set(['input', 'button', 'select', 'option', 'textarea', 'param', 'data']);

/** Tells the attributes of a tag that say something, as lines of `name: value`, and where to. */
export function describeTag(tag: string, attributes: readonly Attribute[]): [Aside, string][] {
  if (attributes.length === 0) return [];
  if (tag === 'meta') return describeMeta(attributes);
  const isField = fields.has(tag);
  const field = isField
    ? (readAttribute(attributes, 'name') ?? readAttribute(attributes, 'id'))
    : undefined;
  const hasValue = readAttribute(attributes, 'value') !== undefined;
  const lines: [Aside, string][] = [];
  for (const { name, value } of attributes) {
    if (isPresentational(name)) continue;
    if (isField) {
      // A field's name is told with its value.
      if (name === 'name' && hasValue) continue;
      const label = name === 'value' ? (field ?? name) : name;
      if (value !== '') lines.push(['form', `${label}: ${value}`]);
    } else if (value !== '') {
      lines.push([/^on[a-z]+$/.test(name) ? 'script' : 'annotation', `${name}: ${value}`]);
    } else if (/[\d@]/.test(name)) {
      // Text between angle brackets that was never meant as a tag.
      lines.push(['annotation', name]);
    }
  }
  return lines;
}

function describeMeta(attributes: readonly Attribute[]): [Aside, string][] {
  const content = readAttribute(attributes, 'content');
  const name = ['name', 'property', 'http-equiv', 'itemprop']
    .map((key) => readAttribute(attributes, key))
    .find((value) => value !== undefined);
  if (content === undefined || content === '') return [];
  return [['metadata', name === undefined ? content : `${name}: ${content}`]];
}

function isPresentational(name: string): boolean {
  return presentational.has(name) || name.startsWith('xmlns:') || /^aria-(?!label$)/.test(name);
}

function readAttribute(attributes: readonly Attribute[], name: string): string | undefined {
  return attributes.find((attribute) => attribute.name === name)?.value;
}
