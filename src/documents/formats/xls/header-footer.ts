/** Codes of headers and footers that stand for nothing a text should hold ([MS-XLS] 2.4.136). */
const code = /&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[A-Za-z&])/g;

/** Reads the text of a header or footer; its three parts become lines. */
export function headerText(raw: string): string {
  return raw
    .replace(code, (found) => {
      if (found === '&&') return '&';
      return /^&[LCR]$/i.test(found) ? '\n' : '';
    })
    .trim();
}
