/** Names of query parameters whose values are secrets or open what they point to. */
const secretNames = `access_token accesskey access_key apikey api_key api-key appid_secret auth
auth_token authkey authorization bearer client_secret code credential id_token jwt key pass passwd
password passwort private_token pwd refresh_token secret session session_id sessionid sid sig
signature sso ticket token x-amz-credential x-amz-security-token x-amz-signature x-goog-signature`;

/** Names of query parameters whose values are about a person. */
const personalNames = `account account_number address birthday birthdate card cc city customer
customer_id cpf dob e-mail email email_address emailaddress family_name first_name firstname fname
full_name fullname gender given_name iban ip lat last_name lastname lat_lng latlng lname login lon
lng mail mobile msisdn name nachname nationality nif passport patient patient_id phone phone_number
phonenumber plz postal_code postcode ssn street surname tel telephone telefon user user_id userid
username vorname zip zipcode`;

const kindByName: ReadonlyMap<string, 'secret' | 'personal'> = new Map([
  ...secretNames.split(/\s+/).map((name) => [name, 'secret'] as const),
  ...personalNames.split(/\s+/).map((name) => [name, 'personal'] as const),
]);

/** Too telling by the value alone to be a short word, a flag or a placeholder. */
const placeholderValue =
  /^(?:[{<[$%*.]|%7B|%3C|xxx|your|example|test|true|false|null|undefined|on|off|\d{1,3}$)/i;

/**
 * Tells what the query or fragment of a URL (RFC 3986, sections 3.4 and 3.5) carries that should
 * not stand in a link; `user`, `account` and other short ids count as personal, secrets go first.
 */
export function kindOfParameters(url: string): 'secret' | 'personal' | undefined {
  const at = url.search(/[?#]/);
  if (at < 0) return undefined;
  let found: 'personal' | undefined;
  for (const part of url.slice(at + 1).split(/[?#&;]/)) {
    const [name = '', value = ''] = part.split('=', 2);
    const kind = kindByName.get(name.toLowerCase());
    if (kind === undefined || value.length < 2 || placeholderValue.test(value)) continue;
    if (kind === 'personal') {
      // A name has no digits; what has some is the name of something else.
      if (!/name$/i.test(name) || !/\d/.test(decodeBlanks(value))) found = 'personal';
    } else if (value.length >= 8 && /\d/.test(value) && /[a-z]/i.test(value)) return 'secret';
  }
  return found;
}

function decodeBlanks(value: string): string {
  return value.replace(/%[0-9a-f]{2}/gi, ' ');
}
