import { commonWords } from './common-words.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** What stands before a name and is said of people only. */
export const titles = words(`mr mrs ms dr prof herr frau fräulein mme mlle monsieur madame
mademoiselle sr sra srta señor señora señorita sig signor signora signorina dott dottor dottoressa
senhor senhora dhr mevrouw meneer pani hr fru hra sayın lord lady dame rev reverend prof. professor
doctor doktor docteur`);

/** Titles that are other words as well: they help a listed name only. */
export const weakTitles = words(`miss sir don doña dom pan judge captain capt colonel col major maj
lieutenant lt sergeant sgt general gen admiral officer detective inspector nurse uncle aunt auntie
grandma grandpa king queen prince princess saint president senator governor mayor minister
chancellor pope father sister brother coach bishop cardinal director manager client patient
customer employee witness defendant plaintiff attorney esq`);

/** What a letter or message starts with, in front of the name of who gets it. */
export const greetings =
  words(`dear hi hello hey liebe lieber hallo cher chère bonjour salut querido
querida estimado estimada hola caro cara ciao gentile prezado prezada olá beste geachte drogi droga
cześć szanowny szanowna kära kjære hej`);

/** Small words inside family names. */
export const particles = words(`van von vom zu zum zur der den de del della dello degli di da dal do
dos das du des la le les lo el al ul bin ibn ben bint abu af av ter ten te tot op het y e i san st
mac mc ap`);

/** Words after which a single name, and nothing else, is expected. */
export const namingWords = words(`named called thanks regards cheers sincerely
kid son daughter wife husband brother sister mother father mom dad mum uncle aunt cousin nephew niece
friend boyfriend girlfriend fiancé fiancée fiance partner boss colleague neighbour neighbor roommate
child baby said producer singer songwriter actor actress author writer founder
chairman chairwoman ceo analyst professor poet painter architect lawyer journalist
starring directed married met asked told tell him her given gave
heiße heißt heisst namens sohn tochter bruder schwester freund freundin
m'appelle appelle appelé fils fille ami amie llamo llama
hijo hija hermano hermana chiamo chiama figlio figlia chamo chama filho filha
heet zoon dochter imię`);

/** What people do: behind a single name it tells a person. */
export const personVerbs = words(`said says told tells asked asks wrote writes lives lived worked
works replied answered loves loved thinks thought wants wanted likes liked spent began went came died
married moved flew had has is was isn't wasn't hasn't hadn't listed visited joined left met called
laughed smiled cried knows knew spoke speaks sang sings played plays born will would could should never always just sagte sagt wohnt lebt
arbeitet habite vive vivió dijo disse abita mora woont zei mieszka powiedział powiedziała`);

/** Words before a name in a form or a signature, in front of a colon. */
export const nameKeys = words(`name fullname full_name username author attn contact customer
employee patient client applicant beneficiary witness signed signature cardholder owner tenant
landlord borrower candidate student teacher member passenger insured payee recipient sender
from to cc firstname first_name givenname given_name lastname last_name surname familyname
vorname nachname familienname ansprechpartner kunde mitarbeiter nom prénom prenom auteur nombre
apellido apellidos autor titular nome cognome autore sobrenome titolare naam voornaam achternaam
imię nazwisko namn navn nimi user bot`);

/** Words of titles, companies and places, which with a name before them are no person. */
export const namedThings = words(`consulting technologies technology solutions systems services
international industries enterprises software media capital financial insurance energy ventures labs
partnership networks communications logistics pharma global digital analytics union loop extensions
inc ltd llc llp gmbh ag kg sa sas srl spa bv nv plc corp co company group
holding holdings partners associates brothers sons bank university college school institute hospital
clinic church street st road rd avenue ave lane ln drive blvd boulevard square place city
county state town village river lake mount mountain bay beach island islands airport station bridge
museum theatre theater hotel restaurant cafe studio studios records press journal times post award
awards prize foundation trust fund society association club team league cup stadium center centre
tower building house hall castle palace museum gallery library project framework library language
code api cli app apps server client database engine theme font sans serif mono test tests method
function class module package plugin theorem lemma equation algorithm distribution transform law
principle constant number numbers sequence series tree index model effect force scale curve filter
matrix space group syndrome disease act week month year night morning song album band film movie
show novel book version edition release build license licence agreement policy plan report january
february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday north south east west central upper lower new old great united
republic kingdom america europe asia africa england france germany spain italy ireland scotland
straße strasse platz weg allee gasse schule kirche stadt bezirk kreis verlag stiftung verein
rue avenue place boulevard ville société école calle plaza avenida ciudad escuela via piazza viale
rua praça cidade escola straat plein ulica plac unit box suite apt floor
american english german french spanish italian russian chinese japanese european african indian british
canadian australian irish scottish dutch swedish polish
phone email mail fax mobile address date name title subject page chapter section table figure note
notes example examples hello hi dear thanks regards best please yes ok bot user
january february`);

/** Words that the lists of surnames have, too, and that name a street or a firm far more often. */
export const neverNames = words(`street road avenue lane drive square place city county town village
river union group school university college church bank station castle`);

/** Words that a capital does not make a name: they start a sentence or belong to a title. */
export const ordinaryWords: readonly string[] = [
  ...commonWords.trim().split(/\s+/),
  ...namedThings,
];

/** Before a name they make it a place: San Antonio, Lake Victoria, Fort Wayne, Rue Victor. */
export const placeWords = words(`san santa santo são st saint ste lake mount mt port fort los las el
cape point north south east west new rue avenue calle via rua straat ulica ul plaza piazza`);

/** Whose name it is, in front of `name is` and its like. */
export const nameOwners = words(`my his her their your our maiden last first full real given family
middle son's wife's husband's partner's daughter's mother's father's`);
