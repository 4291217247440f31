import type { Detector } from '../../detector.ts';
import { dateOfBirth } from './date-of-birth.ts';
import { dateTime } from './date-time.ts';
import { dePlz } from './de-plz.ts';
import { gpsCoordinates } from './gps-coordinates.ts';
import { personName } from './person-name.ts';
import { phone } from './phone.ts';
import { postalAddress } from './postal-address.ts';
import { ukPostcode } from './uk-postcode.ts';

/** Detectors of what names people, when they were born and where they are. */
export const peopleDetectors: readonly Detector[] = [
  dateOfBirth,
  dateTime,
  dePlz,
  gpsCoordinates,
  personName,
  phone,
  postalAddress,
  ukPostcode,
];
