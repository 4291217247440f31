/** Letters beyond ASCII of languages, the most frequent first, and encodings they are stored in. */
interface Alphabet {
  /** All its letters are beyond ASCII: words do not mix with `a` to `z`. */
  isOther: boolean;
  letters: readonly string[];
  encodings: readonly string[];
}

const defaultEncoding = 'windows-1252';

const alphabets: readonly Alphabet[] = [
  {
    isOther: false,
    letters: [
      'éèàêçùôîâûœëïÉÀÊÇÈ',
      'üäößÜÖÄé',
      'óáíéñúü¿¡ÁÓÉÍ',
      'ãçáéíóêõâúàôÃÇ',
      'àèìòùéÈ',
      'åäöøæéÅÄÖØÆ',
      'íáðþóæúöýéÞÍ',
      'àéòèíóçúï·ü',
      'ëéïèöü',
    ],
    encodings: [defaultEncoding],
  },
  {
    isOther: false,
    letters: [
      'łąężśćóńźŁŚŻĄĘĆÓ',
      'íáěéřčžýšůúťďňóŠČŘŽÍÁÚ',
      'áíéčžýšúľťôňďóäČŽŠ',
      'áéöóőíüűúÁÉÖÓ',
      'čšžćđČŠŽĆĐ',
      'ăîâşţŞŢÎĂ',
    ],
    encodings: ['windows-1250', 'iso-8859-2'],
  },
  { isOther: false, letters: ['ıüşöçğİŞÜÖÇâ'], encodings: ['windows-1254'] },
  {
    isOther: false,
    letters: ['ėšžųįąčęūŠŽČĮ', 'āīēšūņļģķžčĀŠĪĒ'],
    encodings: ['windows-1257', 'iso-8859-13'],
  },
  {
    isOther: true,
    letters: [
      'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
      'оаинтевркслідмупзяьбгчйхцїжєюшщфґ',
      'аеионтрсвлкдпмзъяубгщчжцйшхфюь',
      'аиоенрстјкдвлумпзгбчшжхцћњљфђџ',
    ],
    encodings: ['windows-1251', 'koi8-u', 'iso-8859-5', 'ibm866'],
  },
  {
    isOther: true,
    letters: ['αοιετσνηυρπκμλςωγδήίάόέχθφβξζύώψΐϊ'],
    encodings: ['windows-1253', 'iso-8859-7'],
  },
  { isOther: true, letters: ['יוהלאמרבתשנכקדפםחעטסגןזצךץף'], encodings: ['windows-1255'] },
  {
    isOther: true,
    letters: ['اليمنوترهبدسعفكقحةجشصىطخزذضأغثظءإئآؤ'],
    encodings: ['windows-1256', 'iso-8859-6'],
  },
  {
    isOther: true,
    letters: ['านรอกเง่มยล้วัดทสตะีปบิคห์แจพชขใไุโูผ็ซึธืณำศฐภญถฟษฉฎฮ'],
    encodings: ['windows-874'],
  },
];

/** Bytes beyond ASCII that a guess takes at least, and what it must be better by. */
const leastBytes = 4;
const leastBytesOther = 6;
const leastLead = 0.7;
const leastLeadTotal = 4;
const mostMixed = 0.25;

/** Log-likelihoods of what is no letter of the language. */
const punctuation = Math.log(0.01);
const otherLetter = Math.log(0.000_6);
const symbol = Math.log(0.000_1);
const undefinedByte = Math.log(0.000_000_1);

interface Model {
  encoding: string;
  isOther: boolean;
  /** Log-likelihood of each byte from 0x80. */
  logs: Float64Array;
}

let models: Model[] | undefined;

/** Guesses an encoding of one byte a character by the letters of the languages it is used for. */
export function guessSingleByte(sample: Uint8Array): string {
  const { counts, total, mixed } = countHighBytes(sample);
  if (total < leastBytes) return defaultEncoding;
  models ??= alphabets.flatMap(modelsOf);
  let best = { encoding: defaultEncoding, mean: -Infinity };
  let ofDefault = -Infinity;
  for (const { encoding, isOther, logs } of models) {
    const fits = !isOther || (mixed < total * mostMixed && total >= leastBytesOther);
    if (!fits) continue;
    let sum = 0;
    for (let n = 0; n < 128; n++) sum += (counts[n] ?? 0) * (logs[n] ?? 0);
    const mean = sum / total;
    if (encoding === defaultEncoding) ofDefault = Math.max(ofDefault, mean);
    if (mean > best.mean) best = { encoding, mean };
  }
  const lead = best.mean - ofDefault;
  return lead >= leastLead && lead * total >= leastLeadTotal ? best.encoding : defaultEncoding;
}

function countHighBytes(sample: Uint8Array): {
  counts: Uint32Array;
  total: number;
  mixed: number;
} {
  const counts = new Uint32Array(128);
  let total = 0;
  let mixed = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0;
    if (byte < 0x80) continue;
    counts[byte - 0x80] = (counts[byte - 0x80] ?? 0) + 1;
    total++;
    if (isAsciiLetter(sample[at - 1]) || isAsciiLetter(sample[at + 1])) mixed++;
  }
  return { counts, total, mixed };
}

function isAsciiLetter(byte = 0): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

function modelsOf({ isOther, letters, encodings }: Alphabet): Model[] {
  const bytes = Uint8Array.from({ length: 128 }, (_, n) => n + 0x80);
  return encodings.flatMap((encoding) => {
    const decoder = new TextDecoder(encoding);
    const characters = Array.from(bytes, (byte) => decoder.decode(Uint8Array.of(byte)));
    return letters.map((language) => {
      const shares = letterShares(language, isOther);
      const logs = Float64Array.from(characters, (character) => logOf(character, shares));
      return { encoding, isOther, logs };
    });
  });
}

/** Shares by rank, as letters have in most languages; capitals, where not listed, a tenth. */
function letterShares(language: string, isOther: boolean): Map<string, number> {
  const letters = Array.from(language);
  const flatness = isOther ? 6 : 1;
  const weights = letters.map((_, rank) => 1 / (rank + flatness));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = new Map<string, number>();
  letters.forEach((letter, rank) => {
    const share = (0.9 * (weights[rank] ?? 0)) / sum;
    shares.set(letter, share);
    const capital = letter.toUpperCase();
    if (capital.length === 1 && !shares.has(capital)) shares.set(capital, share / 10);
  });
  return shares;
}

function logOf(character: string, shares: ReadonlyMap<string, number>): number {
  const share = shares.get(character);
  if (share !== undefined) return Math.log(share);
  if (character === '\ufffd' || /\p{C}/u.test(character)) return undefinedByte;
  if (/[\u00a0\u2013\u2014\u2018-\u201e\u2022\u2026«»§°€№]/u.test(character)) return punctuation;
  return /[\p{L}\p{M}]/u.test(character) ? otherLetter : symbol;
}
