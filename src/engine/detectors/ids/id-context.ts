import type { ContextWords, Language } from '../../detector.ts';

type Words = Partial<Record<Language, readonly string[]>>;

/** Words for numbers that are no one's id; whatever stands nearest to a value names it. */
export const otherNumbers: ContextWords = {
  effect: -0.7,
  words: {
    en: [
      'phone',
      'telephone',
      'tel',
      'fax',
      'mobile',
      'order',
      'order id',
      'order number',
      'order no',
      'purchase order',
      'invoice',
      'invoice number',
      'invoice no',
      'tracking',
      'tracking number',
      'serial',
      'serial number',
      'part number',
      'barcode',
      'isbn',
      'ean',
      'gtin',
      'upc',
      'imei',
      'sku',
      'timestamp',
      'ticket',
      'transaction id',
      'request id',
      'build',
      'version',
      'amount',
      'price',
      'total',
      'bytes',
      'port',
      'batch',
      'checksum',
      'hash',
    ],
    de: [
      'telefon',
      'handy',
      'bestellung',
      'bestellnummer',
      'rechnung',
      'rechnungsnummer',
      'auftragsnummer',
      'seriennummer',
      'sendungsnummer',
      'artikelnummer',
      'betrag',
    ],
    fr: ['téléphone', 'facture', 'commande', 'numéro de série', 'montant'],
    es: ['teléfono', 'móvil', 'factura', 'pedido', 'número de serie', 'importe'],
    it: ['telefono', 'cellulare', 'fattura', 'ordine', 'numero di serie', 'importo'],
    pt: ['telefone', 'celular', 'fatura', 'pedido', 'número de série', 'valor'],
    nl: ['telefoon', 'factuur', 'bestelling', 'serienummer', 'bedrag'],
    pl: ['telefon', 'faktura', 'zamówienie', 'numer seryjny', 'kwota'],
    sv: ['telefon', 'faktura', 'beställning', 'ordernummer', 'belopp'],
    da: ['telefon', 'faktura', 'ordre', 'ordrenummer', 'beløb'],
    no: ['telefon', 'faktura', 'ordre', 'ordrenummer', 'beløp'],
    fi: ['puhelin', 'lasku', 'tilaus', 'tilausnumero', 'summa'],
    tr: ['telefon', 'fatura', 'sipariş', 'seri no', 'tutar'],
    ko: ['전화', '주문', '송장', '금액'],
    zh: ['电话', '订单', '发票', '金额', '電話', '訂單'],
    ja: ['電話', '注文', '請求', '金額'],
    ru: ['телефон', 'счёт', 'заказ', 'сумма'],
  },
};

/**
 * Gives the context of a type: `names` call the value by its own name, `hints` only fit, and words
 * for other numbers speak against it.
 */
export function idContext(names: Words, hints: Words = {}): ContextWords[] {
  return [...bareContext(names, hints), otherNumbers];
}

/** The same without the words for other numbers, for ids that stand on invoices and letterheads. */
export function bareContext(names: Words, hints: Words = {}): ContextWords[] {
  const context: ContextWords[] = [{ effect: 0.8, words: names }];
  if (Object.keys(hints).length > 0) context.push({ effect: 0.45, words: hints });
  return context;
}
