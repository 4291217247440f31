import { remainderOf } from '../../check-digits.ts';
import type { Detector } from '../../detector.ts';
import { governmentId, shapedDetector } from '../../shaped-detector.ts';
import { idContext } from './id-context.ts';

/** Spanish social security: province, number and two check digits, the rest of a division by 97. */
export const esNss: Detector = shapedDetector({
  id: 'es_social_security',
  category: 'identity',
  weight: 0.5,
  floor: governmentId,
  shapes: [
    { name: '2-8-2', form: '9{2}s9{8}s9{2}', base: 0.6 },
    { name: '2/8/2', form: '9{2}/9{8}/9{2}', base: 0.7 },
    { name: 'twelve digits', form: '9{12}', base: 0.3 },
  ],
  check(compact) {
    const province = Number(compact.slice(0, 2));
    if (province < 1 || (province > 53 && province !== 66)) return undefined;
    // A number below ten million is taken without its leading zero.
    const body =
      compact[2] === '0' ? compact.slice(0, 2) + compact.slice(3, 10) : compact.slice(0, 10);
    return remainderOf(body, 97) === Number(compact.slice(10))
      ? { validator: 'mod97:passed' }
      : undefined;
  },
  sources: ['Real Decreto 84/1996; Tesorería General de la Seguridad Social'],
  context: idContext(
    {
      es: [
        'seguridad social',
        'número de la seguridad social',
        'número de seguridad social',
        'número de afiliación',
        'nss',
        'naf',
        'nuss',
      ],
    },
    { es: ['afiliación', 'afiliado', 'nómina', 'cotización'] },
  ),
  hits: [
    'NSS [28 10482917 67]',
    'seguridad social: [08/73029461/70]',
    '{"nss":"[461938470268]"}',
    'nombre,número de afiliación\nAna,[312905718447]\n',
    'Número de la Seguridad Social [15 05810392 68]',
  ],
  misses: [
    'NSS 28 10482917 05',
    'NSS 2810482917673',
    'NSS 7810482917 45',
    'sumaron 461938470268 en total',
    'pedido 461938470268',
  ],
});
