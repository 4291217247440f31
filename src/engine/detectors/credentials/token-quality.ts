/** Signs that a token is a stand-in for one, whatever its alphabet. */
const standIn = /x{5,}|X{5,}|\*{3,}|0{12,}|abcdefghijkl|ABCDEFGHIJKL/;

/** Words that people write into a token to show that it is none. */
const madeUpWord =
  /example|placeholder|redacted|change_?me|your[_-]?(?:api|token|key|secret|own)|dummy|fake|foobar/i;

/** Tells whether a token is a stand-in such as `xxxxxxxx`. */
export function isStandIn(token: string): boolean {
  return standIn.test(token);
}

/** Tells whether a token has a word such as "example" inside. */
export function hasMadeUpWord(token: string): boolean {
  return madeUpWord.test(token);
}

/** Shannon entropy of a text's characters, in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Uint16Array(128);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) & 127;
    counts[code] = (counts[code] as number) + 1;
  }
  let bits = 0;
  for (const count of counts) {
    if (count > 0) bits -= (count / text.length) * Math.log2(count / text.length);
  }
  return bits;
}
