/** Identifiers of properties that are asked for by name ([MS-OXPROPS]). */
export const property = {
  subject: 0x0037,
  submitTime: 0x0039,
  sentForName: 0x0042,
  sentForAddress: 0x0065,
  transportHeaders: 0x007d,
  recipientKind: 0x0c15,
  senderName: 0x0c1a,
  senderAddress: 0x0c1f,
  displayBcc: 0x0e02,
  displayCc: 0x0e03,
  displayTo: 0x0e04,
  deliveryTime: 0x0e06,
  body: 0x1000,
  compressedRtf: 0x1009,
  html: 0x1013,
  displayName: 0x3001,
  address: 0x3003,
  attachmentData: 0x3701,
  fileName: 0x3704,
  longFileName: 0x3707,
  path: 0x3708,
  longPath: 0x370d,
  smtpAddress: 0x39fe,
  birthday: 0x3a42,
  senderSmtp: 0x5d01,
  sentForSmtp: 0x5d02,
} as const;

/** Names of other text properties, as people know them. */
export const propertyNames: Readonly<Record<number, string>> = {
  68: 'Received for',
  80: 'Reply to',
  4149: 'Message-ID',
  4162: 'In-Reply-To',
  12289: 'Name',
  14850: 'Callback phone',
  14853: 'Generation',
  14854: 'Given name',
  14855: 'Government ID number',
  14856: 'Business phone',
  14857: 'Home phone',
  14858: 'Initials',
  14865: 'Surname',
  14869: 'Postal address',
  14870: 'Company',
  14871: 'Title',
  14872: 'Department',
  14873: 'Office',
  14874: 'Primary phone',
  14875: 'Business phone 2',
  14876: 'Mobile phone',
  14879: 'Other phone',
  14884: 'Fax',
  14886: 'Country',
  14887: 'City',
  14888: 'State',
  14889: 'Street',
  14890: 'Postal code',
  14895: 'Home phone 2',
  14916: 'Middle name',
  14917: 'Name prefix',
  14920: 'Spouse',
  14922: 'Account',
  14926: 'Manager',
  14927: 'Nickname',
  14937: 'Home city',
  14938: 'Home country',
  14939: 'Home postal code',
  14940: 'Home state',
  14941: 'Home street',
};

const askedFor: ReadonlySet<number> = new Set(Object.values(property));

/** Repetitions, kinds of addresses and other things that nobody typed. */
const technical: ReadonlySet<number> = new Set([
  0x001a, 0x003d, 0x0064, 0x0070, 0x0075, 0x0077, 0x0c1e, 0x0e1d, 0x1008, 0x3002, 0x0e4b, 0x0e4c,
]);

/** Whether a text property is read elsewhere or says nothing of what people wrote. */
export function isQuietProperty(id: number): boolean {
  return technical.has(id) || (askedFor.has(id) && id !== property.displayName);
}
