/** Values that standards and documentation have as examples, in pieces, with their source. */
const published: readonly [source: string, ...values: string[]][] = [
  ['RFC 6749', `czZCaGRSa3F0Mzpn${'WDFmQmF0M2JW'}`, `2YotnFZFEjr1z${'CsicMWpAA'}`],
  ['RFC 6749', `tGzv3JOkF0XG5${'Qx2TlKWIA'}`, `SplxlOBeZQQ${'YbYS6WxSbIA'}`],
  ['RFC 6750', `mF_9.B5f-4.${'1JqM'}`],
  ['RFC 7617', `QWxhZGRpbjpvcGVu${'IHNlc2FtZQ'}`, `dGVzdDoxMjPC${'ow'}`],
];

const sources = new Map(
  published.flatMap(([source, ...values]) => values.map((value) => [value, source] as const)),
);

/** Tells where a value is an example; undefined when it is not known as one. */
export function publishedSource(value: string): string | undefined {
  return sources.get(value.replace(/=+$/, ''));
}
