import type { Section } from '../../reader.ts';

/** Elements whose text belongs to a story of its own. */
const sections: Readonly<Record<string, Section>> = {
  annotation: 'comment',
  note: 'footnote',
  deletion: 'deleted',
  previous: 'deleted',
  notes: 'note',
  header: 'header',
  'header-left': 'header',
  'header-first': 'header',
  'header-decl': 'header',
  footer: 'footer',
  'footer-left': 'footer',
  'footer-first': 'footer',
  'footer-decl': 'footer',
  'date-time-decl': 'footer',
};

export function sectionOf(name: string): Section | undefined {
  return Object.hasOwn(sections, name) ? sections[name] : undefined;
}

/** Bytes as text, and who changed what when. */
export const skippedElements: ReadonlySet<string> = new Set(['binary-data', 'change-info']);

/** Placeholders of a master that may hold somebody's text. */
export const keptPlaceholders: ReadonlySet<string> = new Set([
  'header',
  'footer',
  'date-time',
  'page-number',
]);

const attributes: Readonly<Record<string, readonly (readonly [string, Section])[]>> = {
  a: [
    ['href', 'hidden'],
    ['title', 'hidden'],
  ],
  'hidden-text': [['string-value', 'hidden']],
  'conditional-text': [
    ['string-value-if-true', 'hidden'],
    ['string-value-if-false', 'hidden'],
  ],
  'hidden-paragraph': [['condition', 'hidden']],
  'user-field-decl': [
    ['name', 'metadata'],
    ['string-value', 'metadata'],
  ],
  'variable-set': [['string-value', 'hidden']],
  'bibliography-mark': [['url', 'hidden']],
  'section-source': [['href', 'hidden']],
  'event-listener': [['href', 'script']],
  plugin: [['href', 'hidden']],
  template: [
    ['href', 'metadata'],
    ['title', 'metadata'],
  ],
  'named-expression': [
    ['name', 'metadata'],
    ['expression', 'metadata'],
  ],
  'content-validation': [['condition', 'form']],
  'database-source-query': [['query-name', 'metadata']],
  'database-source-sql': [['sql-statement', 'metadata']],
  query: [['command', 'hidden']],
  login: [['user-name', 'metadata']],
  'connection-resource': [['href', 'metadata']],
};

const formAttributes = ['label', 'title', 'value', 'current-value', 'help-text'] as const;

/** Attributes of an element that hold text, with the story they belong to. */
export function* attributeStories(
  name: string,
  isForm: boolean,
): Iterable<readonly [attribute: string, section: Section]> {
  if (Object.hasOwn(attributes, name)) yield* attributes[name] ?? [];
  if (!isForm) return;
  for (const attribute of formAttributes) yield [attribute, 'form'];
}
