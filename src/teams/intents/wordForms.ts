/**
 * Forms of verbs and nouns that people type, folded (see `fold`): what orders something, and what only tells of it.
 * Turkish and Russian say with an ending who does it, when, and that it is not to be done, so a command is known by its
 * form, and every other form has to be known too: it must never be mistaken for a mistyped command.
 */

/** The forms of one verb. `_` joins words that have their meaning together. */
export interface VerbForms {
  /** "send", "to send", "I am sending", "would you send". */
  readonly orders: readonly string[];
  /** "do not send", "was sent", "will send", "may I send", "he sends". */
  readonly others: readonly string[];
}

/** How a Turkish verb is inflected. */
export interface TurkishVerb {
  /** Before consonants. */
  readonly stem: string;
  /** Before vowels, where it differs (`et`, `ed`). */
  readonly soft?: string;
  /** Its vowels: of `-mek`, and of `-in`. */
  readonly vowels: 'ei' | 'ai' | 'au' | 'eu';
  readonly aorist: string;
}

/** All forms of a Turkish verb that messages are likely to have. */
export function turkishVerb({ stem, soft = stem, vowels, aorist }: TurkishVerb): VerbForms {
  const [wide = 'e', high = 'i'] = vowels;
  const glide = /[aeiou]$/.test(stem) ? 'y' : '';
  const before = `${soft}${glide}`;
  const now = glide === '' ? `${soft}${high}yor` : `${stem.slice(0, -1)}${high}yor`;
  const not = `${stem}m${wide}`;
  const passive = `${soft}${glide === '' ? high : ''}${/[l]$|[aeiou]$/.test(soft) ? 'n' : 'l'}`;
  const able = `${before}${wide}bilir`;
  const asked = [aorist, able].flatMap((form) =>
    ['misin', 'misiniz', 'musun', 'musunuz'].flatMap((mark) => [`${form}_${mark}`, `${form}${mark}`]),
  );
  const wanted = ['rica_ederim', 'rica_ediyorum', 'rica_ediyoruz', 'istiyorum', 'istiyoruz'].map(
    (wish) => `${passive}m${wide}s${high}n${high}_${wish}`,
  );
  const past = ['d', 't'].map((letter) => `${stem}${letter}${high}`);
  return {
    orders: [
      stem,
      `${before}${high}n`,
      `${before}${high}n${high}z`,
      `${stem}m${wide}k`,
      `${now}um`,
      `${now}uz`,
      ...asked,
      ...wanted,
    ],
    others: [
      ...endings(now, 'lar sun sunuz du dum duk'),
      now,
      ...endings(`${stem}m${high}yor`, 'um uz lar sun sunuz'),
      `${stem}m${high}yor`,
      not,
      ...endings(
        not,
        'yin yiniz z zler m yiz yiz di dim dik diler dn mis sin sinler yelim yeyim yalim yayim mek mak meli',
      ),
      ...endings(not, 'yecek yecegim yecegiz yacak yacagim yacagiz si sini sin den dan yi ya ye'),
      ...endings(`${before}${wide}c${wide}`, 'k gim giz kler klar gi gimiz ksin ksiniz'),
      ...past.flatMap((form) => [form, ...endings(form, `m k n niz l${wide}r g${high} g${high}m g${high}miz`)]),
      ...endings(`${stem}m${high}s`, `t${high} t${high}k l${wide}r ${high}m`),
      `${stem}m${high}s`,
      ...endings(
        passive,
        `d${high} ${wide}c${wide}k ${high}yor m${high}s s${high}n m${wide}d${high} m${wide}s${high} ${high}r`,
      ),
      ...endings(passive, `m${wide} m${wide}sin m${wide}m${high}s m${wide}l${high} ${wide}n m${wide}k`),
      ...endings(before, `${wide}l${high}m ${wide}y${high}m ${high}p ${high}nc${wide} ${wide}n ${wide}rek ${high}s`),
      ...endings(
        stem,
        `s${high}n s${high}nl${wide}r s${wide} s${wide}m s${wide}k s${wide}n ` +
          `m${wide}l${high} m${wide}l${high}y${high}m m${wide}l${high}y${high}z`,
      ),
      ...endings(aorist, 'im iz ler lar se sa sem sam sek sak um uz'),
      aorist,
      able,
      ...endings(able, 'im iz'),
    ],
  };
}

/** The forms of a Russian verb: its orders, and its other forms, which are its stems with each of the usual endings. */
export function russianVerb(orders: string, stems: string): VerbForms {
  const given = orders.split(' ');
  const others = stems.split(' ').flatMap((stem) => endings(stem.replace('*', ''), endingsAfter(stem)));
  return { orders: given, others: others.filter((form) => !given.includes(form)) };
}

/** A stem with `*` is of the first conjugation (`начн-ет`), any other on a consonant of the second (`отправ-ит`). */
function endingsAfter(stem: string): string {
  if (stem.endsWith('*')) return 'ет ут ем ете ешь у';
  return /[аеиоуыэюя]$/.test(stem)
    ? 'л ла ли ло ет ют ем ете ешь ю н на но ны ть'
    : 'ил ила или ило ит ят им ите ишь ен ена ено ены лен лена лено лены лю у ился илась';
}

/** A Turkish noun in its usual cases, with and without "my" and "our". `soft` is the stem before vowels. */
export function turkishNoun(stem: string, soft: string, vowels: 'ei' | 'ai' | 'au' | 'eu'): TurkishNoun {
  const [wide = 'e', high = 'i'] = vowels;
  const glide = /[aeiou]$/.test(stem);
  const its = glide ? `${soft}s${high}` : `${soft}${high}`;
  const my = glide ? `${soft}m` : `${soft}${high}m`;
  const cases = (form: string, high2 = high): readonly string[] => [
    form,
    ...endings(form, `${high2} ${wide} d${wide} d${wide}n ${high2}n l${wide}`),
  ];
  const many = `${stem}l${wide}r`;
  const inMany = wide === 'a' ? 'a' : 'e';
  return {
    one: [
      stem,
      ...endings(glide ? `${soft}y` : soft, `${high} ${wide}`),
      ...endings(stem, `d${wide} d${wide}n t${wide} t${wide}n l${wide}`),
      ...endings(glide ? `${soft}n` : soft, `${high}n`),
      its,
      ...endings(`${its}n`, `${high} ${wide} ${high}n d${wide} d${wide}n`),
    ],
    own: [...cases(my), ...cases(`${my}${high}z`)],
    many: [...cases(many, 'i'), ...endings(many, `in${inMany} ini inin`)],
    ownMany: [...cases(`${many}im`, 'i'), ...cases(`${many}imiz`, 'i')],
  };
}

/** The forms of a noun by number, and by whose it is. */
export interface TurkishNoun {
  readonly one: readonly string[];
  readonly own: readonly string[];
  readonly many: readonly string[];
  readonly ownMany: readonly string[];
}

function endings(stem: string, list: string): readonly string[] {
  return list.split(' ').map((ending) => stem + ending);
}
