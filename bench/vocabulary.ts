import type { Random } from './random.ts';

/** The words that make up half of any English text, the most frequent first. */
const frequent =
  `the of and to in a is that for it as was with be by on not he his but at are this have from or had
an they which one you were her all she there would their we him been has when who will more no if out so
said what up its about into than them can only other new some could time these two may then do first any
my now such like our over man me even most made after also did many before must through back years where
much your way well down should because each just those people how too little state good very make world
still own see men work long get here between both life being under never day same another know while last
might us great old year off come since against go came right used take three account report customer
office month number payment address service contract meeting market company department project review
please attached following information regarding agreement position morning available between amount`
    .split(/\s+/)
    .filter((word) => word !== '');

const onsets = 'b br c ch cl d dr f fl g gr h j l m n p pl pr qu r s sh sl st t th tr v w'.split(
  ' ',
);
const vowels = 'a e i o u ai ea ee io ou'.split(' ');
const codas = ['', '', 'n', 'r', 's', 't', 'l', 'm', 'nd', 'nt', 'ck', 'st', 'ng'];
const endings = ['', '', '', 'ed', 'ing', 'er', 's', 'ly', 'ion', 'ment', 'al', 'ity'];
const vocabularySize = 8_192;
const drawsSize = 65_536;

export const firstNames = [
  'Anna',
  'Bruno',
  'Carla',
  'David',
  'Elif',
  'Femke',
  'Grace',
  'Hugo',
] as const;
export const lastNames = [
  'Albers',
  'Brandt',
  'Costa',
  'Doyle',
  'Eriksen',
  'Fuchs',
  'Novak',
] as const;

/** Words by Zipf's law: the word of rank r comes 1/r as often as the first. */
export class Vocabulary {
  readonly #random: Random;
  readonly #draws: string[] = [];

  constructor(random: Random) {
    this.#random = random;
    const words = [...new Set(frequent)];
    const known = new Set(words);
    while (words.length < vocabularySize) {
      const word = this.#invent(1 + random.below(2) + Math.floor(words.length / 3_000));
      if (!known.has(word)) words.push(word);
      known.add(word);
    }
    const sum = words.reduce((total, _, rank) => total + 1 / (rank + 1), 0);
    words.forEach((word, rank) => {
      const times = Math.max(1, Math.round(drawsSize / (rank + 1) / sum));
      for (let n = 0; n < times; n++) this.#draws.push(word);
    });
  }

  word(): string {
    return this.#draws[this.#random.below(this.#draws.length)] ?? '';
  }

  /** A sentence of 4 to 24 words with the punctuation, figures and names of prose. */
  sentence(): string {
    const random = this.#random;
    const length = 4 + random.below(11) + random.below(11);
    let text = '';
    for (let n = 0; n < length; n++) {
      let word = this.word();
      const kind = random.below(120);
      if (kind === 0) word = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
      else if (kind === 1) word = String(random.between(1, 2_500));
      else if (kind === 2)
        word = `€${random.between(1, 99)},${random.digits(3)}.${random.digits(2)}`;
      else if (kind === 3) word = `${random.between(1, 28)} March ${random.between(1990, 2026)}`;
      else if (kind === 4) word = `(${word})`;
      if (n === 0) word = `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;
      text += n === 0 ? word : ` ${word}`;
      if (n < length - 1 && random.below(11) === 0) text += ',';
    }
    return text + (random.below(12) === 0 ? '?' : '.');
  }

  #invent(syllables: number): string {
    const random = this.#random;
    const part = (list: readonly string[]): string => list[random.below(list.length)] ?? '';
    let word = '';
    for (let n = 0; n < syllables; n++) word += part(onsets) + part(vowels) + part(codas);
    return word + part(endings);
  }
}
