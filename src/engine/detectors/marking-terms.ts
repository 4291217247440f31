import type { Label } from '../types.ts';

/** What a marking asks for. */
export type MarkingLevel = Exclude<Label, 'public'>;

export interface MarkingTerm {
  level: MarkingLevel;
  /** A word that text uses for other things too, so it must stand out more. */
  weak: boolean;
}

/** Markings by level; a name with `?` in front is weak. One line a language. */
const termLists: Readonly<Record<MarkingLevel, readonly string[]>> = {
  restricted: [
    '?secret|top secret|?restricted|highly restricted|strictly confidential|highly confidential',
    '?geheim|streng geheim|streng vertraulich|strengstens vertraulich',
    'très secret|secret défense|strictement confidentiel|hautement confidentiel',
    '?secreto|alto secreto|máximo secreto|estrictamente confidencial|altamente confidencial',
    '?segreto|segretissimo|riservatissimo|strettamente riservato|strettamente confidenziale',
    'ultrassecreto|ultra secreto|estritamente confidencial',
    'zeer geheim|strikt vertrouwelijk|strikt geheim',
    '?tajne|ściśle tajne|ściśle poufne',
    '?hemlig|kvalificerat hemlig|strikt konfidentiellt|sekretess',
    '極秘|機密',
    '绝密|机密',
    'совершенно секретно|?секретно|особой важности',
    'yderst hemmeligt|strengt hemmelig|?hemmelig|strengt fortrolig|erittäin salainen|?salainen',
    // TLP 1.0 and 2.0 (FIRST) as people write it.
    'tlp:red|tlp red|tlp: red',
    // Executive Order 13526 and its banner lines (ISOO), NATO C-M(2002)49, Council Decision 2013/488.
    'top secret//si|top secret//sci|top secret//noforn|top secret//rel|secret//noforn|secret//rel',
    'secret//si|confidential//noforn|confidential//rel|noforn|uk secret|uk top secret',
    'cosmic top secret|nato secret|nato confidential|eu top secret|eu secret|secret ue|très secret ue',
    'confidentiel ue|eu confidential|secret ue/eu secret|confidentiel ue/eu confidential',
    'très secret ue/eu top secret|confidentiel défense|spécial france',
  ],
  confidential: [
    'confidential|company confidential|commercial in confidence|private and confidential',
    'private & confidential|business confidential|confidential and proprietary',
    'proprietary and confidential|attorney client privileged|attorney-client privilege',
    'privileged and confidential|privileged & confidential|trade secret|official sensitive',
    'controlled unclassified information',
    'vertraulich|firmenvertraulich|vs nur für den dienstgebrauch|vs nfd|vs vertraulich',
    'geschäftsgeheimnis|betriebsgeheimnis',
    'confidentiel|diffusion restreinte|confidentiel entreprise|secret des affaires',
    'confidencial|?reservado|secreto comercial',
    'confidenziale|?riservato|segreto commerciale',
    'segredo comercial',
    'vertrouwelijk|bedrijfsvertrouwelijk|departementaal vertrouwelijk|bedrijfsgeheim',
    'poufne|zastrzeżone|tajemnica przedsiębiorstwa',
    'konfidentiellt|företagshemlighet',
    '社外秘|部外秘|取扱注意',
    '商业秘密|秘密文件',
    'конфиденциально|строго конфиденциально|коммерческая тайна|для служебного пользования',
    'fortroligt|?fortrolig|luottamuksellinen|forretningshemmelighed',
    'tlp:amber|tlp amber|tlp: amber|tlp:amber+strict|tlp amber+strict|tlp: amber+strict',
    // Legal privilege, and what lawyers write over a letter.
    'attorney work product|attorney client communication|attorney-client communication',
    'attorney client privilege|privileged communication|legally privileged|legal professional privilege',
    'solicitor client privilege|solicitor-client privilege|litigation privilege|without prejudice',
    'protected by attorney client privilege|anwaltskorrespondenz|anwaltliche korrespondenz',
    'verteidigerpost|secret professionnel|confidentialité avocat client|secreto profesional',
    'segreto professionale|sigilo profissional|beroepsgeheim|tajemnica adwokacka',
    // National restricted levels: Australia, Canada, United Kingdom, NATO, EU, United States (32 CFR 2002).
    'nato restricted|eu restricted|restreint ue|restreint ue/eu restricted|official: sensitive',
    'official-sensitive|protected a|protected b|protected c|protégé a|protégé b|protégé c',
    '?protected|cui//sp|?cui|cui//basic|law enforcement sensitive|sensitive but unclassified',
  ],
  internal: [
    '?internal|internal use only|for internal use only|for internal use|internal only',
    'company internal|for official use only|not for external distribution|not for distribution',
    '?intern|nur intern|nur für den internen gebrauch|interner gebrauch|nur für internen gebrauch',
    'nur für den dienstgebrauch',
    '?interne|usage interne|à usage interne|usage interne uniquement|diffusion interne',
    'uso interno|solo para uso interno|para uso interno|sólo para uso interno',
    'ad uso interno|solo per uso interno|per uso interno',
    'apenas para uso interno|somente para uso interno|exclusivo para uso interno',
    'intern gebruik|alleen voor intern gebruik|uitsluitend voor intern gebruik',
    'do użytku wewnętrznego|tylko do użytku wewnętrznego|?wewnętrzne',
    'endast för internt bruk|för internt bruk|?internt',
    '社内限り|社内限定|内部資料',
    '内部资料|仅供内部使用',
    'для внутреннего пользования|только для внутреннего использования',
    'kun til intern brug|til intern brug|kun for intern bruk|vain sisäiseen käyttöön',
    'tlp:green|tlp green|tlp: green',
    'u//fouo|?fouo|nato unclassified|?limite|in confidence|staff in confidence|do not distribute',
    'do not forward|internal distribution only|employees only|for employees only',
  ],
};

/** What may stand before the value, as in `Classification: Confidential`. */
const keys = `classification|data classification|document classification|information classification
|security classification|sensitivity|sensitivity label|confidentiality|confidentiality level|security level
|protective marking|handling|label|msip label|klassifizierung|klassifikation|einstufung|vertraulichkeit
|vertraulichkeitsstufe|schutzklasse|geheimhaltungsstufe|sensibilité|confidentialité|niveau de confidentialité
|clasificación|confidencialidad|sensibilidad|nivel de confidencialidad|classificazione|riservatezza
|livello di riservatezza|classificação|confidencialidade|nível de confidencialidade|classificatie
|rubricering|vertrouwelijkheid|klasyfikacja|klauzula|poufność|klassning|klassificering|sekretessnivå
|informationsklass|機密区分|機密レベル|秘密区分`;

const byName = new Map<string, MarkingTerm>();
for (const level of ['internal', 'confidential', 'restricted'] as const) {
  for (const name of termLists[level].flatMap((line) => line.split('|'))) {
    byName.set(foldTerm(name.replace('?', '')), { level, weak: name.startsWith('?') });
  }
}
/** What was found before, as it was written; folding costs more than finding. */
const bySpelling = new Map<string, MarkingTerm>();
const maxSpellings = 1_000;
const keyNames = new Set(keys.split('|').map((key) => foldTerm(key)));

/** Every marking as it is written, for the anchors. */
export const markingWords: readonly string[] = Object.values(termLists)
  .flat()
  .flatMap((line) => line.split('|'))
  .map((name) => name.replace('?', ''));

/** Finds the marking that `text` is, however it is spaced and in any case. */
export function findMarkingTerm(text: string): MarkingTerm | undefined {
  const known = bySpelling.get(text);
  if (known !== undefined) return known;
  const term = byName.get(foldTerm(text));
  if (term !== undefined && bySpelling.size < maxSpellings) bySpelling.set(text, term);
  return term;
}

/** Tells whether `text` names a field that holds a classification. */
export function isMarkingKey(text: string): boolean {
  return keyNames.has(foldTerm(text));
}

/** Small letters without diacritics, one blank between words. */
function foldTerm(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ł', 'l')
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
