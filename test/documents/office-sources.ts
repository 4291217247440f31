/** What goes where in a document that office software is to convert. */
export interface Story {
  header: string;
  body: string;
  /** A footnote, the note of a cell or of a slide. */
  note: string;
  comment: string;
  /** A cell of a sheet, or of a row, that is not shown. */
  hidden: string;
}

const namespaces = [
  ['office', 'office'],
  ['style', 'style'],
  ['text', 'text'],
  ['table', 'table'],
  ['draw', 'drawing'],
  ['presentation', 'presentation'],
  ['fo', 'xsl-fo-compatible'],
  ['svg', 'svg-compatible'],
]
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');

/** A flat OpenDocument file (OASIS OpenDocument 1.3, part 3, 3.1.2). */
function flat(kind: string, parts: { styles: string; master: string; body: string }): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${namespaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
  office:mimetype="application/vnd.oasis.opendocument.${kind}">
<office:automatic-styles>${parts.styles}</office:automatic-styles>
<office:master-styles>${parts.master}</office:master-styles>
<office:body><office:${kind}>${parts.body}</office:${kind}></office:body></office:document>`;
}

const page = `<style:page-layout style:name="page">
  <style:page-layout-properties fo:page-width="28cm" fo:page-height="29.7cm"/>
  <style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
</style:page-layout>`;

const paragraph = (text: string): string => `<text:p>${text}</text:p>`;

function master(name: string, header?: string): string {
  const inside = header ? `<style:header>${paragraph(header)}</style:header>` : '';
  const start = `<style:master-page style:name="${name}" style:page-layout-name="page">`;
  return `${start}${inside}</style:master-page>`;
}

const annotation = (text: string): string =>
  `<office:annotation><dc:creator>A</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>${paragraph(text)}</office:annotation>`;

/** A text document: header, body, footnote, comment. */
export function makeTextSource({ header, body, note, comment }: Story): string {
  const footnote = `<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
    <text:note-body>${paragraph(note)}</text:note-body></text:note>`;
  return flat('text', {
    styles: page,
    master: master('Standard', header),
    body: `<text:p>${body}${footnote}</text:p><text:p>More.${annotation(comment)}</text:p>`,
  });
}

/** Two sheets, the second hidden; the first has a hidden row. */
export function makeSheetSource({ header, body, note, hidden }: Story): string {
  const cell = (text: string, before = ''): string =>
    `<table:table-cell office:value-type="string">${before}${paragraph(text)}</table:table-cell>`;
  const sheetStyle = (name: string, isShown: boolean): string =>
    `<style:style style:name="${name}" style:family="table" style:master-page-name="Default">
      <style:table-properties table:display="${isShown}"/></style:style>`;
  return flat('spreadsheet', {
    styles: `${sheetStyle('shown', true)}${sheetStyle('gone', false)}${page}`,
    master: master('Default', header),
    body: `<table:table table:name="Open" table:style-name="shown">
        <table:table-row>${cell('x')}${cell(body)}</table:table-row>
        <table:table-row>${cell('y', annotation(note))}</table:table-row>
        <table:table-row table:visibility="collapse">${cell(hidden)}</table:table-row>
      </table:table>
      <table:table table:name="Closed" table:style-name="gone">
        <table:table-row><table:table-cell/>${cell(hidden)}</table:table-row>
      </table:table>`,
  });
}

/** Two slides, the second with a note. */
export function makeSlideSource({ body, note }: Story): string {
  const frame = (text: string, attributes = ''): string =>
    `<draw:frame ${attributes} svg:x="1cm" svg:y="1cm" svg:width="25cm" svg:height="3cm">
      <draw:text-box>${paragraph(text)}</draw:text-box></draw:frame>`;
  const slide = (name: string, inside: string): string =>
    `<draw:page draw:name="${name}" draw:master-page-name="Default">${inside}</draw:page>`;
  const notes = `<presentation:notes>${frame(note, 'presentation:class="notes"')}</presentation:notes>`;
  return flat('presentation', {
    styles: page,
    master: master('Default'),
    body: slide('one', frame('Welcome')) + slide('two', frame(body) + notes),
  });
}
