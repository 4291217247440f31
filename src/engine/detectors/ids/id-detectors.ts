import type { Detector } from '../../detector.ts';
import { auIds } from './au-ids.ts';
import { caSin } from './ca-sin.ts';
import { deBusinessIds } from './de-business-ids.ts';
import { deHealthIds } from './de-health-ids.ts';
import { deIds } from './de-ids.ts';
import { deVehicleIds } from './de-vehicle-ids.ts';
import { esIds } from './es-ids.ts';
import { inIds } from './in-ids.ts';
import { itIds } from './it-ids.ts';
import { krIds } from './kr-ids.ts';
import { nordicIds } from './nordic-ids.ts';
import { ukIds } from './uk-ids.ts';
import { usHealthIds } from './us-health-ids.ts';
import { usIds } from './us-ids.ts';

/** Numbers of persons, companies, accounts and vehicles, by the authorities that give them. */
export const idDetectors: readonly Detector[] = [
  ...auIds,
  caSin,
  ...deBusinessIds,
  ...deHealthIds,
  ...deIds,
  ...deVehicleIds,
  ...esIds,
  ...inIds,
  ...itIds,
  ...krIds,
  ...nordicIds,
  ...ukIds,
  ...usHealthIds,
  ...usIds,
];
