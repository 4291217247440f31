/** Country code top-level domains (IANA root zone: ISO 3166-1 codes in use, and eu, su, uk, ac). */
const countryCodes = `ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm
bn bo br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz
ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm
hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk
lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni
nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh
si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk
us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`;

/** Generic and sponsored top-level domains in wide use (IANA root zone). */
const generic = `aero agency app arpa art asia audio auto bank bar beer berlin best bet bid bike bio
biz blog blue boutique brussels build builders business buzz bzh cab cafe cam camera camp capital
cards care careers cash casino cat catering center ceo chat cheap church city claims cleaning click
clinic clothing cloud club coach codes coffee college cologne com community company computer condos
construction consulting contact contractors cooking cool coop corsica country coupons courses credit
creditcard cruises cymru dance date dating deals degree delivery democrat dental design dev diamonds
digital direct directory discount doctor dog domains earth edu education email energy engineer
engineering enterprises equipment estate eus events exchange expert exposed express fail faith family
fan fans farm fashion finance financial fish fishing fit fitness flights florist flowers football
forsale foundation frl fun fund furniture futbol fyi gal gallery game games garden gift gifts gives
glass global gold golf goog google gop gov graphics gratis green gripe group guide guitars guru hamburg
haus health healthcare help hiphop hockey holdings holiday homes horse hospital host hosting house how
icu immo immobilien inc industries info ink institute insurance insure int international investments
irish istanbul jetzt jewelry jobs kaufen kim kitchen kiwi koeln krd land lat law lawyer lease legal lgbt
life lighting limited limo link live llc loan loans lol london love ltd ltda luxe maison management
market marketing markets mba media melbourne memorial men menu miami mil mobi moda moe money mortgage
moscow movie museum name net network news ngo ninja nrw nyc observer okinawa one online org organic
page paris partners parts party pet pharmacy photo photography photos pics pictures pink pizza place
plumbing plus poker porn post press pro productions properties property pub quebec racing realtor
realty recipes red rehab reisen rent rentals repair report republican rest restaurant review reviews
rip rocks rodeo ruhr run saarland sale salon school schule science scot security services sexy shiksha
shoes shop shopping show singles site ski soccer social software solar solutions space sport srl
storage store studio study style sucks supplies supply support surf surgery swiss sydney systems
taipei tattoo tax taxi team tech technology tel tennis theater tienda tips tires tirol today tokyo
tools top tours town toys trade training travel tube university uno vacations vegas ventures versicherung
vet viajes video villas vip vision vlaanderen vodka vote voyage wales wang watch webcam website wedding
wien wiki win wine work works world wtf xxx xyz yoga yokohama zone рф москва онлайн сайт укр бел срб
бг қаз 中国 中國 公司 网络 网址 在线 香港 台湾 台灣 新加坡 한국 भारत امارات السعودية`;

/** File name extensions that look like a top-level domain in `name@2x.png` and its like. */
const extensions = `png jpg jpeg gif svg webp bmp ico js mjs cjs ts tsx jsx css scss less html htm json
xml yml yaml toml ini cfg conf txt csv log lock map pdf doc docx xls xlsx ppt pptx gz tgz tar rar exe dll
so py rb go rs java class jar php sql db sh bat cmd bak tmp min local localdomain internal lan home
corp localhost invalid service socket target timer mount slice scope`;

/** Top-level domains an address may end in, in lower case. */
export const topLevelDomains: ReadonlySet<string> = new Set([
  ...countryCodes.split(/\s+/),
  ...generic.split(/\s+/),
]);

/** Last labels that are no top-level domain on the public internet. */
export const notTopLevelDomains: ReadonlySet<string> = new Set(extensions.split(/\s+/));
