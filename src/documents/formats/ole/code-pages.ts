/** Encodings by their number in Windows, as names of the WHATWG Encoding standard. */
const labels: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  1201: 'utf-16be',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  20866: 'koi8-r',
  20932: 'euc-jp',
  21866: 'koi8-u',
  28592: 'iso-8859-2',
  28595: 'iso-8859-5',
  28597: 'iso-8859-7',
  28605: 'iso-8859-15',
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

const decoders = new Map<string, TextDecoder>();

/** Decodes text of a Windows code page; one that is not known counts as Windows-1252. */
export function decodeCodePage(bytes: Uint8Array, codePage: number): string {
  const label =
    labels[codePage] ??
    (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252');
  let decoder = decoders.get(label);
  if (decoder === undefined) {
    decoder = new TextDecoder(label);
    decoders.set(label, decoder);
  }
  return decoder.decode(bytes);
}

/** Primary languages ([MS-LCID]) whose old documents are not in Windows-1252. */
const languageCodePages: Readonly<Record<number, number>> = {
  1: 1256,
  2: 1251,
  4: 936,
  5: 1250,
  8: 1253,
  13: 1255,
  14: 1250,
  17: 932,
  18: 949,
  21: 1250,
  24: 1250,
  25: 1251,
  27: 1250,
  30: 874,
  31: 1254,
  34: 1251,
  35: 1251,
  36: 1250,
  37: 1257,
  38: 1257,
  39: 1257,
  42: 1258,
};

/** The code page of a language's old documents, by its identifier. */
export function codePageOfLanguage(languageId: number): number {
  if (languageId === 0x0404 || languageId === 0x0c04) return 950;
  return languageCodePages[languageId & 0x3ff] ?? 1252;
}
