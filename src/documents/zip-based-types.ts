/** Formats that are a ZIP inside, of which an entry tells the media type or the folders do. */
const zipBased =
  /^application\/(?:epub\+zip|vnd\.oasis\.opendocument\.(?!.*-flat-xml)[a-z-]+|vnd\.sun\.xml\.[a-z.-]+|vnd\.openxmlformats-[a-z.-]+)$/;

/** Whether a document of this type is a ZIP, so that its entries can be read if nothing better can. */
export function isZipBased(mediaType: string): boolean {
  return zipBased.test(mediaType);
}
