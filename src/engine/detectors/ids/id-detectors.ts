import type { Detector } from '../../detector.ts';
import { africanIds } from './african-ids.ts';
import { alpineIds } from './alpine-ids.ts';
import { andeanIds } from './andean-ids.ts';
import { auIds } from './au-ids.ts';
import { bankIds } from './bank-ids.ts';
import { beneluxIds } from './benelux-ids.ts';
import { brIds } from './br-ids.ts';
import { caHealthIds } from './ca-health-ids.ts';
import { caSin } from './ca-sin.ts';
import { cardDetails } from './card-details.ts';
import { centralEuropeanIds } from './central-european-ids.ts';
import { coIds } from './co-ids.ts';
import { cyrillicIds } from './cyrillic-ids.ts';
import { deBusinessIds } from './de-business-ids.ts';
import { deHealthIds } from './de-health-ids.ts';
import { deIds } from './de-ids.ts';
import { deVehicleIds } from './de-vehicle-ids.ts';
import { driverLicenses } from './driver-licenses.ts';
import { eastAsianIds } from './east-asian-ids.ts';
import { easternEuropeanIds } from './eastern-european-ids.ts';
import { esIds } from './es-ids.ts';
import { esNss } from './es-social-security.ts';
import { frIds } from './fr-ids.ts';
import { grIds } from './gr-ids.ts';
import { healthIds } from './health-ids.ts';
import { huIds } from './hu-ids.ts';
import { iePpsn } from './ie-ppsn.ts';
import { inIds } from './in-ids.ts';
import { inVehicleRegistration } from './in-vehicle-registration.ts';
import { itIds } from './it-ids.ts';
import { krIds } from './kr-ids.ts';
import { latinAmericanIds } from './latin-american-ids.ts';
import { medicalCodes } from './medical-codes.ts';
import { middleEasternIds } from './middle-eastern-ids.ts';
import { mxIds } from './mx-ids.ts';
import { nordicIds } from './nordic-ids.ts';
import { nzIrd } from './nz-ird.ts';
import { passportNumber } from './passport-number.ts';
import { passports } from './passports.ts';
import { plIds } from './pl-ids.ts';
import { ptIds } from './pt-ids.ts';
import { seIds } from './se-ids.ts';
import { sgIds } from './sg-ids.ts';
import { southEastAsianIds } from './south-east-asian-ids.ts';
import { trIds } from './tr-ids.ts';
import { ukIds } from './uk-ids.ts';
import { ukUtr } from './uk-utr.ts';
import { ukVehicleRegistration } from './uk-vehicle-registration.ts';
import { usDriverLicense } from './us-driver-license.ts';
import { usHealthIds } from './us-health-ids.ts';
import { usIds } from './us-ids.ts';
import { vehicleIdentificationNumber } from './vehicle-identification-number.ts';

/** Numbers of persons, companies, accounts and vehicles, by the authorities that give them. */
export const idDetectors: readonly Detector[] = [
  ...africanIds,
  ...alpineIds,
  ...andeanIds,
  ...auIds,
  ...bankIds,
  ...beneluxIds,
  ...brIds,
  ...caHealthIds,
  caSin,
  ...cardDetails,
  ...centralEuropeanIds,
  ...coIds,
  ...cyrillicIds,
  ...deBusinessIds,
  ...deHealthIds,
  ...deIds,
  ...deVehicleIds,
  ...driverLicenses,
  ...eastAsianIds,
  ...easternEuropeanIds,
  ...esIds,
  esNss,
  ...frIds,
  ...grIds,
  ...healthIds,
  ...huIds,
  iePpsn,
  ...inIds,
  inVehicleRegistration,
  ...itIds,
  ...krIds,
  ...latinAmericanIds,
  ...medicalCodes,
  ...middleEasternIds,
  ...mxIds,
  ...nordicIds,
  nzIrd,
  passportNumber,
  ...passports,
  ...plIds,
  ...ptIds,
  ...seIds,
  ...sgIds,
  ...southEastAsianIds,
  ...trIds,
  ...ukIds,
  ukUtr,
  ukVehicleRegistration,
  usDriverLicense,
  ...usHealthIds,
  ...usIds,
  vehicleIdentificationNumber,
];
