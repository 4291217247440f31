import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { guessEncoding } from '../../src/documents/guess-encoding.ts';
import { encodeLegacy } from './encode-legacy.ts';

const texts: [language: string, encodings: string[], text: string][] = [
  [
    'Japanese',
    ['shift_jis', 'euc-jp'],
    '契約書の内容について、秘密保持義務を負うものとします。氏名：山田太郎、電話番号は下記のとおりです。',
  ],
  [
    'Japanese of names',
    ['shift_jis', 'euc-jp'],
    '氏名,カナ,住所\n山田太郎,ヤマダタロウ,東京都千代田区\n佐藤花子,サトウハナコ,大阪市北区\n',
  ],
  [
    'Chinese',
    ['gb18030'],
    '本合同一式两份，双方各执一份。客户姓名：王小明，身份证号码如下，请妥善保管个人信息。',
  ],
  [
    'traditional Chinese',
    ['big5'],
    '本合約一式兩份，雙方各執一份。客戶姓名：王小明，身分證字號如下，請妥善保管個人資料。',
  ],
  [
    'Korean',
    ['euc-kr'],
    '고객의 개인 정보는 외부에 공개하지 않습니다. 이름: 홍길동, 주민등록번호는 아래와 같습니다.',
  ],
  [
    'Russian',
    ['windows-1251', 'koi8-u', 'iso-8859-5', 'ibm866'],
    'Настоящий договор составлен в двух экземплярах. Фамилия: Иванов, паспорт выдан отделом внутренних дел.',
  ],
  [
    'Ukrainian',
    ['windows-1251', 'koi8-u'],
    'Цей договір укладено у двох примірниках. Прізвище: Шевченко, її паспорт видано Києві.',
  ],
  [
    'Bulgarian',
    ['windows-1251'],
    'Настоящият договор се сключи в два екземпляра. Име: Георгиев, личната карта е издадена в София.',
  ],
  [
    'Greek',
    ['windows-1253', 'iso-8859-7'],
    'Η παρούσα σύμβαση υπογράφεται σε δύο αντίτυπα. Όνομα: Παπαδόπουλος, αριθμός ταυτότητας.',
  ],
  [
    'Hebrew',
    ['windows-1255'],
    'הסכם זה נחתם בשני עותקים. שם הלקוח: כהן, מספר תעודת זהות מופיע להלן.',
  ],
  [
    'Arabic',
    ['windows-1256', 'iso-8859-6'],
    'حرر هذا العقد من نسختين. اسم العميل: محمد، رقم الهوية الوطنية مذكور أدناه',
  ],
  ['Thai', ['windows-874'], 'สัญญานี้ทำขึ้นเป็นสองฉบับ ชื่อลูกค้า สมชาย เลขประจำตัวประชาชนตามด้านล่าง'],
  [
    'Polish',
    ['windows-1250', 'iso-8859-2'],
    'Niniejsza umowa została sporządzona w dwóch egzemplarzach, każdy ważny. Nazwisko: Wójcik, zażółć gęślą jaźń.',
  ],
  [
    'Czech',
    ['windows-1250', 'iso-8859-2'],
    'Tato smlouva byla vyhotovena ve dvou stejnopisech. Příjmení: Dvořák, rodné číslo je uvedeno níže, děkujeme.',
  ],
  [
    'Hungarian',
    ['windows-1250', 'iso-8859-2'],
    'A szerződés két példányban készült. Név: Szőke, a személyi szám az alábbi, kérjük őrizze meg gondosan. Fűtő, erős, idő, gyűrű, nő.',
  ],
  [
    'Turkish',
    ['windows-1254'],
    'Bu sözleşme iki nüsha olarak düzenlenmiştir. Adı: Yılmaz, kimlik numarası aşağıdadır, lütfen saklayınız.',
  ],
  [
    'Lithuanian',
    ['windows-1257'],
    'Ši sutartis sudaryta dviem egzemplioriais. Pavardė: Kazlauskienė, asmens kodas nurodytas žemiau, ačiū už dėmesį.',
  ],
  [
    'French',
    ['windows-1252'],
    'Le présent contrat est établi en deux exemplaires. Prénom : Hélène, née à Orléans, où elle a été élevée.',
  ],
  [
    'German',
    ['windows-1252'],
    'Dieser Vertrag wird zweifach ausgefertigt. Name: Müller, Straße und Hausnummer müssen übereinstimmen, Grüße.',
  ],
  [
    'Spanish',
    ['windows-1252'],
    'El presente contrato se extiende en dos ejemplares. Apellido: Núñez, número de identificación según la página.',
  ],
  [
    'Portuguese',
    ['windows-1252'],
    'O presente contrato é feito em duas vias. Endereço: São João, não há informações, atenção à identificação.',
  ],
  [
    'Swedish',
    ['windows-1252'],
    'Detta avtal är upprättat i två exemplar. Namn: Åström, personnumret står på sidan nedanför, hälsningar från Örebro.',
  ],
  [
    'Danish',
    ['windows-1252'],
    'Denne aftale er udfærdiget i to eksemplarer. Navn: Sørensen, på bagsiden står også oplysninger om æbler.',
  ],
  [
    'Icelandic',
    ['windows-1252'],
    'Þessi samningur er gerður í tvíriti. Nafn: Jón Sigurðsson, kennitala er hér að neðan, við þökkum fyrir það.',
  ],
  [
    'English with signs',
    ['windows-1252'],
    '“Don’t,” she said – it’s the company’s policy… The ‘best’ offer: €100 • “I’ll call you”—he’s sure it’s not Bob’s.',
  ],
  ['capitals', ['windows-1252'], 'MÜLLER; GRÖßE; ÄÖÜ; STRAßE; ÜBERSICHT; ÄRZTE; KÖLN'],
];

describe('guessEncoding()', () => {
  for (const [language, encodings, text] of texts) {
    for (const encoding of encodings) {
      it(`tells ${language} in ${encoding}`, () => {
        const bytes = encodeLegacy(text, encoding);
        // Two encodings may have the same bytes for a text.
        assert.equal(new TextDecoder(guessEncoding(bytes)).decode(bytes), text);
      });
    }
  }

  it('takes a few bytes for Windows-1252', () => {
    for (const bytes of [[], [0xe9], [0x41, 0xf6, 0xe4, 0x42], [0xff, 0xfe]]) {
      assert.equal(guessEncoding(Uint8Array.from(bytes)), 'windows-1252');
    }
  });
});
