import { isLetter } from '../../byte-classes.ts';
import {
  byteAt,
  type Detector,
  digitsEnd,
  type Form,
  type Match,
  type TextWindow,
} from '../../detector.ts';
import { dateForms, isLifetime, mayStartDate, readDate } from './date-shapes.ts';
import { findMonth } from './month-names.ts';
import { readWordText } from './read-word-text.ts';

const maxMonthBytes = 16;
const surest = 0.05;

/** Dates of birth: whole dates without a time that words or a column's name call a birthday. */
export const dateOfBirth: Detector = {
  id: 'date_of_birth',
  category: 'identity',
  weight: 0.15,
  specificity: 32,
  anchors: {
    forms: [
      ...[...dateForms, '9{8}'].map(
        (form): Form => ({ form, base: surest, isStart: true, behind: 'apart' }),
      ),
      ...['. {0,2}', ', {0,2}', ' {1,2}', '.{0,1} {0,2}AA ', ', {0,2}AA '].map(
        (gap): Form => ({
          form: `9{1,2}A{0,2}${gap}9{4}`,
          base: surest,
          isStart: true,
          behind: 'word',
        }),
      ),
    ],
  },
  find: findDateOfBirth,
  normalise: (value) => value.toLowerCase().replace(/[^\p{L}\d]+/gu, '-'),
  mask: (value) => value.replace(/[\p{L}\d]/gu, '*'),
  heedsExampleWords: true,
  sources: ['https://www.iso.org/iso-8601-date-and-time-format.html'],
  context: [
    {
      effect: 0.85,
      words: {
        en: [
          'date of birth',
          'dob',
          'd.o.b',
          'birth date',
          'birthdate',
          'birthday',
          'birth day',
          'bday',
          'born',
          'born on',
          'year of birth',
        ],
        de: ['geburtsdatum', 'geburtstag', 'geboren', 'geboren am', 'geb', 'geb.-datum', 'geb am'],
        fr: ['date de naissance', 'né le', 'née le', 'né', 'née', 'naissance', 'anniversaire'],
        es: [
          'fecha de nacimiento',
          'fec nacimiento',
          'nacido',
          'nacida',
          'nacimiento',
          'cumpleaños',
        ],
        it: ['data di nascita', 'nato il', 'nata il', 'nato', 'nata', 'nascita', 'compleanno'],
        pt: ['data de nascimento', 'nascido', 'nascida', 'nascimento', 'aniversário'],
        nl: ['geboortedatum', 'geboren op', 'verjaardag', 'geb datum'],
        pl: ['data urodzenia', 'urodzony', 'urodzona', 'ur'],
      },
    },
    {
      effect: -0.9,
      words: {
        en: [
          'hired',
          'hire date',
          'start date',
          'end date',
          'joined',
          'issued',
          'issue date',
          'date of issue',
          'expiry',
          'expires',
          'expiration',
          'valid',
          'valid until',
          'created',
          'updated',
          'modified',
          'effective',
          'published',
          'signed',
          'admission',
          'admitted',
          'visit',
          'appointment',
          'invoice date',
          'order date',
          'due',
          'due date',
          'death',
          'died',
          'deceased',
          'version',
          'release',
          'since',
          'last login',
          'registered',
          'date',
        ],
        de: [
          'ausgestellt',
          'gültig',
          'eintritt',
          'eintrittsdatum',
          'erstellt',
          'gestorben',
          'seit',
        ],
        fr: ['délivré', 'expire', 'valable', 'créé', 'décédé'],
        es: ['expedición', 'caducidad', 'válido', 'alta', 'fallecido'],
        it: ['rilasciato', 'scadenza', 'valido', 'creato', 'morto'],
        pt: ['emissão', 'validade', 'admissão', 'criado', 'falecido'],
        nl: ['geldig', 'uitgegeven', 'datum in dienst', 'overleden'],
        pl: ['wydano', 'ważny', 'zatrudnienia', 'utworzono', 'zmarł'],
      },
    },
  ],
  hits: [
    { text: 'Date of birth: 14/03/1978', values: ['14/03/1978'] },
    { text: '{"dob":"1978-03-14","joined":"2011-06-01"}', values: ['1978-03-14'] },
    { text: 'name,birth_date,hired\nJo,03/14/1978,06/01/2011\n', values: ['03/14/1978'] },
    { text: 'Geboren am 14. März 1978 in Ulm', values: ['14. März 1978'] },
    { text: 'née le 14 mars 1978', values: ['14 mars 1978'] },
    { text: 'nacida el 14 de marzo de 1978', values: ['14 de marzo de 1978'] },
    { text: 'She was born on March 14th, 1978.', values: ['March 14th, 1978'] },
    { text: 'DOB 19780314 sex F', values: ['19780314'] },
    { text: 'Data urodzenia: 14.03.78', values: ['14.03.78'] },
  ],
  misses: [
    'Effective date: 2024-01-01 through 2024-12-31',
    'dob: 1978-13-14 or 31/02/1978 or 1878-03-14',
    'born 1978-03-14T10:00:00Z',
    'version 14.03.1978 of 03/14/1978',
    'Date of birth: unknown. Hire date: 06/01/2011',
    'birthday 1978',
    'dob in March',
  ],
};

function findDateOfBirth(window: TextWindow, digitsAt: number): Match | undefined {
  const end = digitsEnd(window, digitsAt);
  const start = wordBefore(window, digitsAt, end);
  if (start === digitsAt && !mayStartDate(window, start, end)) return undefined;
  const date = readDate(window, start);
  if (date === undefined || date.hasTime || date.day === undefined) return undefined;
  const { year, pattern } = date;
  if (year === undefined ? pattern !== 'year in two digits' : !isLifetime(year)) return undefined;
  const base = pattern === 'eight digits' || year === undefined ? 0.02 : surest;
  return { start, end: date.end, pattern, validator: 'calendar:passed', base };
}

/** The start of the word before a day, as in `March 14, 1978`; else the day's own. */
function wordBefore(window: TextWindow, start: number, end: number): number {
  if (end - start > 2 || byteAt(window, start - 1) !== 0x20) return start;
  const after = byteAt(window, end);
  if (after !== 0x2c && after !== 0x20 && !isLetter(after)) return start;
  let from = start - 1;
  if (byteAt(window, from - 1) === 0x2e) from--;
  const wordEnd = from;
  while (wordEnd - from < maxMonthBytes && isLetter(byteAt(window, from - 1))) from--;
  const length = wordEnd - from;
  return length >= 3 && length < maxMonthBytes && mayBeMonth(window, from, wordEnd) ? from : start;
}

function mayBeMonth(window: TextWindow, from: number, to: number): boolean {
  return findMonth(readWordText(window, from, to)) !== undefined;
}
