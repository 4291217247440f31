import { isAscii } from 'node:buffer';

/** Upper halves of MS-DOS code pages (Unicode Consortium, mappings of vendors), which ICU's web set leaves out. */
const dosUpperHalves: Readonly<Record<number, string>> = {
  437: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  850: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
  852: 'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0',
};

/** Labels of the Encoding Standard by Windows code page, where they are not `windows-` and a number. */
const labels: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  20866: 'koi8-r',
  20932: 'euc-jp',
  21866: 'koi8-u',
  28592: 'iso-8859-2',
  28595: 'iso-8859-5',
  28597: 'iso-8859-7',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

const decoders = new Map<number, (bytes: Uint8Array) => string>();

/** Decodes text of a Windows code page, by its number; an unknown one is taken as 1252. */
export function decodeCodePage(codePage: number, bytes: Uint8Array): string {
  // All of them are ASCII in their lower half.
  if (isAscii(bytes)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
  let decode = decoders.get(codePage);
  if (decode === undefined) {
    decode = findDecoder(codePage);
    // Numbers come from documents.
    if (decoders.size < 256) decoders.set(codePage, decode);
  }
  return decode(bytes);
}

function findDecoder(codePage: number): (bytes: Uint8Array) => string {
  const upperHalf = dosUpperHalves[codePage === 858 ? 850 : codePage];
  if (upperHalf !== undefined) {
    return (bytes) => {
      let text = '';
      for (const byte of bytes) {
        text += byte < 0x80 ? String.fromCharCode(byte) : (upperHalf[byte - 0x80] ?? '');
      }
      return text;
    };
  }
  const isWindows = codePage >= 1250 && codePage <= 1258;
  const label = isWindows ? `windows-${codePage}` : (labels[codePage] ?? 'windows-1252');
  const decoder = new TextDecoder(label);
  return (bytes) => decoder.decode(bytes);
}

/** Code pages of Windows character sets (`lfCharSet` of LOGFONT), as fonts name them. */
const codePagesOfCharsets: Readonly<Record<number, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
};

/** The code page of a font's character set; undefined when it is the document's. */
export function codePageOfCharset(charset: number): number | undefined {
  if (charset === 0) return 1252;
  return codePagesOfCharsets[charset];
}
