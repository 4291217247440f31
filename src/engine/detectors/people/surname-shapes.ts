/** Endings that family names of some languages have and other words hardly, five letters at least. */
const endings = new RegExp(
  `(?:${[
    'ov[aá]|ev[aá]|[eo]v|i[cč]h?ov[aá]|sk[aiyíý]|sk[aá]ya|ck[ai]|dzk[ai]|w[ie]cz|ewicz',
    'i[ćč]|ovich|evich|enko|chuk|czuk|czyk|[kt]ian|[lmnrst]yan|shvili|adze',
    'opoulos|opoulou|idis|akis|ou?lis|escu|eanu|o[gğ]lu',
    '[bdfgklmnprst]son|ss?en|[djnt]sen|d[oó]ttir|datter|str[oöø]m|qvist|quist|gren|g[aå]rd|lund',
    'inen|l[aä]inen|m[aä]ki|niemi|nen|mann|[kt]mann|berg|berger|stein|feld|meyer|maier|bauer|hofer',
    'ová|[áí]k|čík|[ňn]ák|i[nņ][sš]|ņa|auskas|enė|aitis|evičius|ishin|kin|tsev|skis',
    'ez|ínez|árez|ellini|etti|acci|ucci|azzo|ozzi|elli|oni|ini|illo|eira|inho|ães|ões',
    'stra|sma|huis|veld|[nr]aar|mans|wijk|hoff?|straat',
    'moto|mura|yama|kawa|gawa|saki|zaki|shita|naka|hara|tani',
  ].join('|')})$`,
  'iu',
);

/** Beginnings of family names: Scottish, Irish, Norman. */
const beginnings = /^(?:Mc|Mac|O['’]|Fitz|D['’]|L['’]|Al-|El-)\p{Lu}/u;

/** Tells whether a word has the shape of a family name, whatever the lists say. */
export function hasSurnameShape(word: string): boolean {
  return (word.length >= 5 && endings.test(word)) || beginnings.test(word);
}
