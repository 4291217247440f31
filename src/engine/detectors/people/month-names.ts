/** Months 1 to 12: names and short forms in the engine's languages, small, without diacritics. */
const names = [
  'january jan januar janner janvier janv enero ene gennaio gen janeiro januari stycznia styczen sty',
  'february feb februar fevrier fevr febrero febbraio fevereiro fev februari lutego luty',
  'march mar marz mars marzo marco maart mrt marca marzec',
  'april apr avril avr abril abr aprile kwietnia kwiecien kwi',
  'may mai mayo maggio mag maio mei maja maj',
  'june jun juni juin junio giugno giu junho czerwca czerwiec cze',
  'july jul juli juillet juil julio luglio lug julho lipca lipiec lip',
  'august aug aout agosto ago augustus sierpnia sierpien sie',
  'september sep sept septembre septiembre settembre set setembro wrzesnia wrzesien wrz',
  'october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik paz',
  'november nov novembre noviembre novembro listopada listopad lis',
  'december dec dezember dez decembre diciembre dic dicembre dezembro grudnia grudzien gru',
];

const monthByName: ReadonlyMap<string, number> = new Map(
  names.flatMap((row, n) => row.split(' ').map((name) => [name, n + 1] as const)),
);

/** Their names without diacritics, small. */
export const monthNames: readonly string[] = [...monthByName.keys()];

/** Finds the month, 1–12, that a word names; undefined for other words. */
export function findMonth(word: string): number | undefined {
  const small = word.toLowerCase();
  const known = monthByName.get(small);
  if (known !== undefined || /^[a-z]*$/.test(small)) return known;
  return monthByName.get(small.normalize('NFD').replace(/\p{Mn}/gu, ''));
}

/** Whether a word is the name of a month. */
export function isMonthName(word: string): boolean {
  return findMonth(word) !== undefined;
}

/** How the names of months begin, for the anchors. */
export const monthWords: readonly string[] = [
  ...new Set(
    names.flatMap((row) =>
      row
        .split(' ')
        .filter((name) => name.length > 2)
        .map((name) => name.slice(0, 3)),
    ),
  ),
  'jän',
  'fév',
  'mär',
  'aoû',
  'déc',
];
