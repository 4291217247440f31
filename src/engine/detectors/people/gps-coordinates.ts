import { isDigit, isLetterOrDigit, isSpace } from '../../byte-classes.ts';
import { byteAt, type Detector, type Match, type TextWindow } from '../../detector.ts';

const maxBytes = 96;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Places on Earth: pairs of decimal degrees, degrees with minutes and seconds (ISO 6709 and maps'
 * habits), `geo:` addresses (RFC 5870) and the fields of latitude and longitude in data. Pairs of
 * decimals are many other things, so without a hemisphere or a key context has to name them.
 */
export const gpsCoordinates: Detector = {
  id: 'gps_coordinates',
  category: 'contact',
  weight: 0.08,
  specificity: 34,
  anchors: {
    forms: ['9{1,3}.9{3}', '9{1,3} {0,1}°'].map((form) => ({
      form,
      isStart: true,
      behind: 'apart',
    })),
  },
  find: findCoordinates,
  normalise: (value) => value.replace(/\s+/g, ' ').toLowerCase(),
  mask: (value) => value.replace(/\d/g, '*'),
  heedsExampleWords: true,
  sources: ['https://www.iso.org/standard/75147.html', 'https://www.rfc-editor.org/rfc/rfc5870'],
  context: [
    {
      effect: 0.7,
      words: {
        en: [
          'gps',
          'coordinates',
          'coordinate',
          'coords',
          'lat',
          'lng',
          'latitude',
          'longitude',
          'lat long',
          'latlng',
          'geolocation',
          'location',
          'position',
          'waypoint',
        ],
        de: ['koordinaten', 'breitengrad', 'längengrad', 'standort'],
        fr: ['coordonnées', 'position gps'],
        es: ['coordenadas', 'latitud', 'longitud', 'ubicación'],
        it: ['coordinate', 'latitudine', 'longitudine', 'posizione'],
        pt: ['coordenadas', 'localização'],
        nl: ['coördinaten', 'breedtegraad', 'lengtegraad'],
        pl: ['współrzędne', 'szerokość', 'długość'],
      },
    },
    {
      effect: -0.7,
      words: {
        en: [
          'svg',
          'path',
          'matrix',
          'translate',
          'viewbox',
          'points',
          'transform',
          'rgb',
          'px',
          'mean',
          'std',
          'loss',
          'epoch',
          'price',
        ],
      },
    },
  ],
  hits: [
    { text: 'GPS 48.20817, 16.37382 at noon', values: ['48.20817, 16.37382'] },
    { text: '48.2082° N, 16.3738° E', values: ['48.2082° N, 16.3738° E'] },
    { text: `48°12'30"N 16°22'19"E`, values: [`48°12'30"N 16°22'19"E`] },
    { text: 'geo:48.20817,16.37382;u=35', values: ['48.20817,16.37382'] },
    { text: '{"lat":48.20817,"lng":16.37382}', values: ['48.20817,"lng":16.37382'] },
    { text: 'Koordinaten: -33.86882, 151.20930', values: ['-33.86882, 151.20930'] },
    { text: 'latitude=48.20817&longitude=16.37382', values: ['48.20817&longitude=16.37382'] },
  ],
  misses: [
    '<path d="M48.20817,16.37382 12.33445,9.88776"/>',
    'translate(48.20817, 16.37382)',
    'GPS 98.20817, 16.37382',
    'position 48.20817, 196.37382',
    'mean 48.20817, 16.37382',
    'version 48.2.0, 16.3.7 location',
    'coordinates 48.2, 16.3',
    `7°C and 12' high`,
  ],
};

const decimal = '\\d{1,3}\\.\\d{3,15}';
const hemisphere = '[NSEWOnsewo]';
/** Degrees with minutes, and seconds when there are any, with the marks people type. */
const degrees = `\\d{1,3} ?° ?(?:\\d{1,2}(?:\\.\\d+)? ?['′’] ?(?:\\d{1,2}(?:\\.\\d+)? ?(?:"|″|”|'') ?)?)?`;

/** What a second number or what stands before it starts with, behind commas and blanks. */
const secondStarts = new Uint8Array(256);
for (const char of `0123456789+-NSEWOnsewo"'</l`) secondStarts[char.charCodeAt(0)] = 1;
secondStarts[0xc2] = 1;

const forms: readonly { pattern: string; form: RegExp; base: number }[] = [
  {
    pattern: 'degrees, minutes, seconds',
    form: new RegExp(`^(${degrees}) ?[NSns],? {0,2}(${degrees}) ?[EWOewo](?![\\p{L}\\d])`, 'u'),
    base: 0.85,
  },
  {
    pattern: 'decimal degrees with hemisphere',
    form: new RegExp(
      `^(${decimal}) ?°? ?${hemisphere},? {0,2}[-+]?(${decimal}) ?°? ?${hemisphere}(?![\\p{L}\\d])`,
      'u',
    ),
    base: 0.8,
  },
  {
    pattern: 'fields of latitude and longitude',
    form: new RegExp(
      `^(${decimal})["']?[,;&]?\\s{0,8}["'<]?(?:/?lat[a-z]*>\\s{0,8}<)?(?:lon|lng|long|longitude)["']?\\s?[:=>]\\s{0,2}["']?[-+]?(${decimal})(?![\\p{L}\\d.])`,
      'u',
    ),
    base: 0.8,
  },
  {
    pattern: 'pair of decimals',
    form: /^(\d{1,2}\.\d{4,15})°?[,;] ?[-+]?(\d{1,3}\.\d{4,15})°?(?![\p{L}\d.])/u,
    base: 0.1,
  },
];

function findCoordinates(window: TextWindow, digitsAt: number, end: number): Match | undefined {
  if (isDigit(byteAt(window, end - 1)) && !maySecondFollow(window, end)) return undefined;
  const sign = byteAt(window, digitsAt - 1);
  const start = sign === 0x2d || sign === 0x2b ? digitsAt - 1 : digitsAt;
  const before = byteAt(window, start - 1);
  if (isLetterOrDigit(before) || before === 0x2e || before === 0x5f) return undefined;
  const limit = Math.min(window.end, digitsAt + maxBytes);
  const text = decoder.decode(window.bytes.subarray(digitsAt, limit));
  for (const { pattern, form, base } of forms) {
    const [found, first = '', second = ''] = form.exec(text) ?? [];
    if (found === undefined) continue;
    if (!(Number.parseFloat(first) <= 90 && Number.parseFloat(second) <= 180)) return undefined;
    const isGeo = before === 0x3a && isGeoScheme(window, start - 1);
    return {
      start,
      end: digitsAt + encoder.encode(found).length,
      pattern: isGeo ? 'geo address' : pattern,
      validator: 'range:passed',
      base: isGeo ? 0.9 : base,
    };
  }
  return undefined;
}

/** Whether behind a decimal stands a hemisphere, a name in quotes or not, or another decimal. */
function maySecondFollow(window: TextWindow, from: number): boolean {
  let i = from;
  while (i - from < 16 && isDigit(byteAt(window, i))) i++;
  for (let n = 0; n < 12; n++, i++) {
    const byte = byteAt(window, i);
    if (byte !== 0x2c && byte !== 0x3b && byte !== 0x26 && !isSpace(byte)) {
      return secondStarts[byte] === 1;
    }
  }
  return false;
}

function isGeoScheme(window: TextWindow, colon: number): boolean {
  return [0x67, 0x65, 0x6f].every((byte, n) => (byteAt(window, colon - 3 + n) | 0x20) === byte);
}
