import type { Detector, Match, TextWindow } from '../../detector.ts';
import { dateForms, readDate } from './date-shapes.ts';
import { monthWords } from './month-names.ts';

/**
 * Dates and times in the usual shapes (ISO 8601, RFC 3339, E-mail and office habits). A date says
 * nothing of how sensitive a text is, so it stays below the default minimum and weighs next to
 * nothing; who wants dates lowers the type's minimum.
 */
export const dateTime: Detector = {
  id: 'date_time',
  category: 'custom',
  weight: 0.001,
  specificity: 2,
  maxConfidence: 0.4,
  anchors: {
    forms: [...dateForms, '9{1,2}/99'].map((form) => ({ form, isStart: true, behind: 'apart' })),
    words: monthWords,
  },
  find: findDateTime,
  normalise: (value) => value.toLowerCase(),
  mask: (value) => value.replace(/\d/g, '*'),
  heedsExampleWords: false,
  sources: [
    'https://www.iso.org/iso-8601-date-and-time-format.html',
    'https://www.rfc-editor.org/rfc/rfc3339',
  ],
  context: [],
  hits: [
    { text: 'due 2031-07-09, not later', values: ['2031-07-09'] },
    { text: 'at 2031-07-09T08:15:30.250Z.', values: ['2031-07-09T08:15:30.250Z'] },
    { text: 'on 9.7.31 or 7/9/2031', values: ['9.7.31', '7/9/2031'] },
    { text: 'July 9th, 2031; 9. Juli 2031', values: ['July 9th, 2031', '9. Juli 2031'] },
    { text: '9 de julio de 2031', values: ['9 de julio de 2031'] },
    { text: '2031年7月9日', values: ['2031年7月9日'] },
    { text: 'by 07/31, from Jul-31 to 9-Jul', values: ['07/31', 'Jul-31', '9-Jul'] },
    { text: 'we met in July', values: ['July'] },
  ],
  misses: [
    '2031-13-09 and 2031-02-30',
    'x7/9/2031 and 7/9/2031y',
    'version 1.7.9.2031',
    'You may go, July!',
    '32/13/31 or 1/2/3/4',
    'ratio 13/52',
  ],
};

const baseByPattern: Readonly<Record<string, number>> = {
  'year first': 0.4,
  'year last': 0.4,
  'day month year': 0.4,
  'month day year': 0.4,
  'two numbers': 0.05,
  month: 0.05,
};

function findDateTime(window: TextWindow, start: number): Match | undefined {
  const date = readDate(window, start);
  if (date === undefined) return undefined;
  const { end, pattern } = date;
  const base = baseByPattern[pattern] ?? 0.2;
  return { start, end, pattern, validator: 'calendar:passed', base };
}
