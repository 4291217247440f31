import type { Reader } from '../../reader.ts';
import { OoxmlReading } from './ooxml-reading.ts';
import { OpcPackage } from './opc-package.ts';

/**
 * Office Open XML (ISO/IEC 29500), transitional and strict: documents, workbooks, presentations,
 * their templates and those with macros; of other packages the text of every part. The main part
 * comes first, in its own order, then all that is related to it, then whatever else is there.
 */
export const readOoxml: Reader = async (source, sink, { budget }) => {
  const bytes = await source.readAll();
  const opc = await OpcPackage.open(bytes, sink, budget);
  await new OoxmlReading(opc, sink, budget).read();
};
