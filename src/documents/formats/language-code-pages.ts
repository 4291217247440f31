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
