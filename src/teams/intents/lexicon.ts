/**
 * The words that users type, in all languages at once. They are input; the sentences that users read are in
 * `src/locales`.
 *
 * Case, diacritics, spaces, punctuation and the FILLERS are ignored. The first phrase of each language is the one that
 * answers name. `*` is a placeholder for one of the names below (what to enrol, a language, the purpose of a channel).
 */
import type { Language } from '../../locales/say.ts';

/** The phrases of a command in each language, the one that answers name first. */
export type Phrases = Readonly<Record<Language, readonly string[]>>;

function each(starts: readonly string[], ends: readonly string[]): readonly string[] {
  return starts.flatMap((start) => ends.map((end) => `${start} ${end}`));
}

/** Commands about no particular claim. */
export const COMMANDS = {
  help: {
    en: ['help', 'commands', 'what can you do', 'what can i do', 'what can i write', 'how does this work', 'help me'],
    ru: [
      'справка',
      'помощь',
      'помоги',
      'помогите',
      'команды',
      'что ты умеешь',
      'что вы умеете',
      'что можно написать',
      'как пользоваться',
    ],
    tr: [
      'yardım',
      'yardım et',
      'yardım edin',
      'komutlar',
      'ne yapabilirsin',
      'neler yapabilirsin',
      'ne yazabilirim',
      'nasıl kullanılır',
    ],
  },
  newClaim: {
    en: [
      'new claim',
      ...each(['file', 'start', 'begin', 'create', 'open', 'make', 'register', 'raise', 'add'], ['claim', 'new claim']),
    ],
    ru: [
      'новая заявка',
      'новую заявку',
      'подача заявки',
      ...each(
        [
          'подать',
          'подайте',
          'создать',
          'создай',
          'создайте',
          'завести',
          'оформить',
          'начать',
          'открыть',
          'зарегистрировать',
          'добавить',
        ],
        ['заявку', 'новую заявку'],
      ),
    ],
    tr: [
      'yeni talep',
      'yeni başvuru',
      'talepte bulun',
      'talepte bulunmak',
      ...each(
        ['talep', 'yeni talep', 'yeni bir talep'],
        [
          'oluştur',
          'oluşturun',
          'oluşturmak',
          'aç',
          'açmak',
          'başlat',
          'başlatmak',
          'ekle',
          'eklemek',
          'gir',
          'kaydet',
          'yap',
        ],
      ),
    ],
  },
  claims: {
    en: ['claims', 'my claims', 'all claims', 'our claims', 'all my claims'],
    ru: ['заявки', 'мои заявки', 'все заявки', 'все мои заявки', 'наши заявки', 'список заявок'],
    tr: [
      'talepler',
      'taleplerim',
      'taleplerimi',
      'talepleri',
      'taleplerimiz',
      'tüm talepler',
      'tüm taleplerim',
      'talep listesi',
    ],
  },
  queue: {
    en: ['queue', 'review queue', 'queue of claims'],
    ru: ['очередь', 'очередь заявок', 'очередь на рассмотрение'],
    tr: ['kuyruk', 'kuyruğu', 'sıra', 'inceleme kuyruğu', 'talep kuyruğu'],
  },
  mine: {
    en: ['mine', 'my queue', 'my reviews', 'assigned to me', 'claims assigned to me'],
    ru: ['мои', 'моя очередь', 'назначенные мне', 'назначены мне', 'заявки назначенные мне'],
    tr: ['benimkiler', 'bana atananlar', 'bana atanan talepler', 'kuyruğum', 'benim kuyruğum'],
  },
  overdue: {
    en: ['overdue', 'overdue claims', 'past due', 'what is overdue', "what's overdue"],
    ru: ['просроченные', 'просроченные заявки', 'просрочено', 'что просрочено', 'просрочка'],
    tr: ['gecikenler', 'geciken', 'gecikmiş', 'geciken talepler', 'gecikmiş talepler', 'süresi geçenler'],
  },
} as const satisfies Record<string, Phrases>;

/** Commands about one claim; only `status` works without an id. */
export const CLAIM_WORDS = {
  status: {
    en: [
      'status',
      'state',
      'my claim',
      "what's the status",
      'what is the status',
      'what about',
      'how about',
      'how is',
      "how's",
      'where is',
      "what's up with",
      'what is happening with',
    ],
    ru: [
      'статус',
      'моя заявка',
      'какой статус',
      'каков статус',
      'состояние',
      'что с',
      'как дела с',
      'что там с',
      'как там',
      'где находится',
    ],
    tr: [
      'durum',
      'talebim',
      'durumu',
      'durumunu',
      'durumum',
      'ne durumda',
      'durumu ne',
      'durumu nedir',
      'durum ne',
      'durum nedir',
      'ne oldu',
      'hangi aşamada',
    ],
  },
  history: {
    en: ['history', 'log', 'journal', 'changes', 'comments'],
    ru: ['журнал', 'журнал изменений', 'история', 'историю', 'история изменений', 'изменения', 'все комментарии'],
    tr: ['geçmiş', 'geçmişi', 'geçmişini', 'tarihçe', 'tarihçesi', 'değişiklikler', 'yorumlar'],
  },
  comment: {
    en: ['comment', 'add comment', 'add note', 'note'],
    ru: [
      'комментарий',
      'добавить комментарий',
      'добавь комментарий',
      'комментировать',
      'прокомментировать',
      'примечание',
    ],
    tr: ['yorum', 'yorum ekle', 'yorum yap', 'yorum yaz', 'not ekle'],
  },
  submit: {
    en: ['submit', 'submit for review', 'send', 'send for review'],
    ru: ['отправить', 'отправь', 'отправьте', 'отправить на рассмотрение', 'подать'],
    tr: ['gönder', 'gönderin', 'göndermek', 'incelemeye gönder'],
  },
  resubmit: {
    en: ['resubmit', 're-submit', 'submit again', 'send again', 'resend'],
    ru: [
      'отправить повторно',
      'отправить снова',
      'отправить еще раз',
      'повторно отправить',
      'снова отправить',
      'отправь повторно',
      'отправьте повторно',
      'подать повторно',
    ],
    tr: ['yeniden gönder', 'yeniden gönderin', 'tekrar gönder', 'tekrar gönderin', 'yeniden göndermek'],
  },
  withdraw: {
    en: ['withdraw', 'take back', 'retract'],
    ru: ['отозвать', 'отзови', 'отзовите', 'отзываю'],
    tr: ['geri çek', 'geri çekin', 'geri çekmek', 'geri al'],
  },
  dispute: {
    en: ['dispute', 'contest', 'appeal'],
    ru: ['оспорить', 'оспорь', 'оспорьте', 'оспариваю', 'обжаловать'],
    tr: ['itiraz et', 'itiraz', 'itiraz edin', 'itiraz etmek', 'itiraz ediyorum'],
  },
  /** Words that hold the consent period until they are confirmed or taken back (R60): whole sentences only. */
  deny: {
    en: [
      'deny',
      'deny consent',
      'we deny',
      'we deny consent',
      'decline',
      'we decline',
      'object',
      'we object',
      'refuse',
      'we refuse',
      'refuse consent',
      'disagree',
      'we disagree',
      'disagree with',
      'we disagree with',
      ...each(['do not', "don't", 'we do not', "we don't"], ['agree', 'agree with', 'consent', 'accept', 'want']),
      'no consent',
      'not agreed',
      'not our partner',
      'is not our partner',
      'they are not our partner',
      "they're not our partner",
    ],
    ru: [
      'отказать в согласии',
      'отказать',
      'отказываю',
      'отказываем',
      'отказываюсь',
      'отказываемся',
      'отказываю в согласии',
      'отказываем в согласии',
      'возражаю',
      'возражаем',
      'не согласен',
      'не согласна',
      'не согласны',
      'не согласен с',
      'не согласны с',
      'мы не согласны',
      'мы не согласны с',
      'мы против',
      'против',
      'не даю согласия',
      'не даем согласия',
      'мы не даем согласия',
      'нет согласия',
      'не наш партнер',
      'это не наш партнер',
    ],
    tr: [
      'rızayı reddet',
      'reddediyorum',
      'reddediyoruz',
      'rızayı reddediyorum',
      'rızayı reddediyoruz',
      'rıza vermiyorum',
      'rıza vermiyoruz',
      'kabul etmiyorum',
      'kabul etmiyoruz',
      'karşıyım',
      'karşıyız',
      'buna karşıyız',
      'onaylamıyorum',
      'onaylamıyoruz',
      'ortağımız değil',
      'iş ortağımız değil',
    ],
  },
  agree: {
    en: [
      'agree',
      'we agree',
      'agree with',
      'we agree with',
      'consent',
      'we consent',
      'give consent',
      'accept',
      'we accept',
    ],
    ru: [
      'согласиться',
      'согласен',
      'согласна',
      'согласны',
      'мы согласны',
      'мы согласны с',
      'согласен с',
      'согласны с',
      'дать согласие',
      'даю согласие',
      'даем согласие',
      'мы даем согласие',
    ],
    tr: ['rıza ver', 'rıza veriyorum', 'rıza veriyoruz', 'kabul et', 'kabul ediyorum', 'kabul ediyoruz'],
  },
  notMeant: {
    en: [
      'not meant as no',
      'not meant as a no',
      'was not meant as no',
      'that was not meant as no',
      'it was not meant as no',
      'that was not no',
      'it was not no',
      'did not mean no',
      "didn't mean no",
      'not a denial',
      'that was not denial',
      'it was not denial',
    ],
    ru: [
      'это не был отказ',
      'не был отказ',
      'это не отказ',
      'не отказ',
      'это был не отказ',
      'не имел в виду отказ',
      'не имела в виду отказ',
      'мы не отказывали',
    ],
    tr: [
      'hayır demek istemedim',
      'hayır demek istemedik',
      'hayır demedim',
      'hayır demedik',
      'ret değildi',
      'bu ret değildi',
      'reddetmek istemedim',
    ],
  },
  follow: {
    en: ['follow', 'watch', 'subscribe'],
    ru: ['следить', 'следить за', 'следи за', 'следите за', 'подписаться'],
    tr: ['takip et', 'takip', 'takip edin', 'takip etmek', 'izle'],
  },
  mute: {
    en: ['mute', 'unfollow', 'unsubscribe', 'stop following'],
    ru: ['не следить', 'не следить за', 'отписаться', 'отписаться от', 'без уведомлений', 'отключить уведомления'],
    tr: ['sustur', 'sessize al', 'takip etme', 'takibi bırak', 'takibi bırakın'],
  },
} as const satisfies Record<string, Phrases>;

/** What is done on the card only, as the answers name it. */
export const CARD_WORDS = {
  approve: { en: 'approve', ru: 'утвердить', tr: 'onayla' },
  reject: { en: 'reject', ru: 'отклонить', tr: 'reddet' },
  start: { en: 'start review', ru: 'начать рассмотрение', tr: 'gözden geçirmeyi başlat' },
  request: { en: 'request information', ru: 'запросить сведения', tr: 'bilgi iste' },
  reassign: { en: 'reassign', ru: 'переназначить', tr: 'yeniden ata' },
  addPoe: { en: 'add files', ru: 'добавить файлы', tr: 'dosya ekle' },
  edit: { en: 'edit', ru: 'изменить', tr: 'düzenle' },
  discard: { en: 'delete', ru: 'удалить', tr: 'sil' },
  uphold: { en: 'uphold rejection', ru: 'оставить отклонение в силе', tr: 'reddi onayla' },
  overturn: { en: 'overturn rejection', ru: 'отменить отклонение', tr: 'reddi kaldır' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

/**
 * The journal of rights of a person, organisation or channel, for operators and owners; `*` is its name. In the thread
 * of a claim these words mean nothing of the kind.
 */
export const JOURNAL: Phrases = {
  en: ['history *', 'history of *', 'journal *', 'journal of *'],
  ru: ['журнал *', 'история *'],
  tr: ['geçmiş *', '* geçmişi'],
};

/** What a customer may answer to the consent notice; it names no claim, and is no command to anyone else. */
export const NO_WORDS: readonly string[] = [
  'no',
  'nope',
  'no way',
  'no thanks',
  'нет',
  'отказ',
  'нет спасибо',
  'hayır',
  'ret',
];

/** Commands of the operator (R4); `*` is one of ENROLLED. */
export const ENROL: Phrases = {
  en: ['enrol', 'enrol *', 'enroll', 'enroll *', 'register', 'register *', 'add *'],
  ru: [
    'зарегистрировать',
    'зарегистрировать *',
    'зарегистрируй *',
    'зарегистрируйте *',
    'внести *',
    'добавить *',
    'регистрация',
    'регистрация *',
  ],
  tr: ['kaydet', '* kaydet', 'kaydet *', '* kaydedin', 'kayıt', '* ekle'],
};
/** What can be enrolled, and its names. */
export const ENROLLED = {
  partner: [
    'partner',
    'partner organisation',
    'partner organization',
    'партнер',
    'партнера',
    'организацию партнера',
    'партнерскую организацию',
    'ortak',
    'ortağı',
    'iş ortağı',
    'iş ortağını',
    'ortak kuruluş',
  ],
  member: [
    'member',
    'partner member',
    'member of partner',
    'участник',
    'участника',
    'участника партнера',
    'сотрудника партнера',
    'üye',
    'üyeyi',
    'ortak üyesi',
    'iş ortağı üyesi',
    'iş ortağı çalışanı',
  ],
  staff: [
    'staff',
    'reviewer',
    'lead',
    'assessor',
    'employee',
    'сотрудник',
    'сотрудника',
    'рецензент',
    'рецензента',
    'проверяющего',
    'персонал',
    'personel',
    'personeli',
    'çalışan',
    'görevli',
    'incelemeci',
    'gözden geçiren',
    'gözden geçireni',
    'inceleyen',
    'inceleyeni',
    'denetçi',
    'değerlendirici',
  ],
  customer: [
    'customer',
    'customer organisation',
    'customer organization',
    'клиент',
    'клиента',
    'заказчика',
    'müşteri',
    'müşteriyi',
    'müşteri kuruluşu',
  ],
  contact: [
    'contact',
    'customer contact',
    'contact of customer',
    'контакт',
    'контакта',
    'контакт клиента',
    'контакта клиента',
    'контакт заказчика',
    'контактное лицо заказчика',
    'контактное лицо',
    'контактное лицо клиента',
    'представителя клиента',
    'irtibat',
    'irtibat kişisi',
    'ilgili kişi',
    'ilgili kişiyi',
    'müşteri irtibatı',
    'müşteri ilgilisi',
    'müşteri ilgili kişisi',
  ],
} as const satisfies Record<string, readonly string[]>;

/** Commands that set the language; `*` is one of LANGUAGE_NAMES or a code. */
export const LANGUAGE: Phrases = {
  en: [
    'language',
    'language *',
    '* language',
    'change language',
    'change language to *',
    'switch language to *',
    'set language to *',
    'switch to *',
    'speak *',
    'in *',
  ],
  ru: [
    'язык',
    'язык *',
    '* язык',
    'сменить язык',
    'смени язык',
    'поменять язык',
    'сменить язык на *',
    'смени язык на *',
    'поменять язык на *',
    'переключи на *',
    'говори по *',
    'говорите по *',
    'по *',
    'на *',
  ],
  tr: [
    'dil',
    'dil *',
    'dili *',
    '* dil',
    '* dili',
    'dili değiştir',
    'dil değiştir',
    'dili * yap',
    'dili * olarak değiştir',
    '* konuş',
  ],
};
/** A language's name is a command by itself; its code is one only after the word for language. */
export const LANGUAGE_NAMES: Phrases = {
  en: ['english', 'английский', 'английском', 'английски', 'английского', 'ingilizce', 'ingilizceye', 'ingilizcede'],
  ru: ['russian', 'русский', 'русском', 'русски', 'русского', 'rusça', 'rusçaya', 'rusçada'],
  tr: ['turkish', 'турецкий', 'турецком', 'турецки', 'турецкого', 'türkçe', 'türkçeye', 'türkçede'],
};

/** Commands that give a channel its purpose; `*` is REVIEWS or an MPN id. */
export const CHANNEL: Phrases = {
  en: ['use channel *'],
  ru: ['использовать канал *', 'используй канал *', 'используйте канал *'],
  tr: ['kanalı * kullan', 'kanalı * kullanın', 'kanalı kullan *'],
};
/** The same in other words; they are an order only with a purpose that there is. */
export const LOOSE_CHANNEL: Phrases = {
  en: ['make channel *', 'make * channel', 'set channel *', 'channel is *'],
  ru: ['канал *', 'сделай канал *', 'сделайте канал *', 'это канал *'],
  tr: ['kanal *', 'kanalı * yap', 'kanal * olsun', 'kanalı * olarak kullan'],
};
/** Names of the purpose "reviews". */
export const REVIEWS: readonly string[] = [
  'review',
  'reviews',
  'reviewing',
  'reviewers',
  'рецензий',
  'рецензии',
  'рецензирования',
  'рецензентов',
  'проверок',
  'проверки',
  'рассмотрения',
  'inceleme',
  'incelemeler',
  'incelemeleri',
  'değerlendirme',
  'değerlendirmeler',
  'gözden geçirme',
  'gözden geçirmeler',
];
/** Words around an MPN id or the reviews in the purpose of a channel; they are ignored. */
export const PURPOSE_NOUNS: readonly string[] = [
  'as',
  'mpn',
  'id',
  'partner',
  'claim',
  'claims',
  'партнера',
  'номер',
  'заявок',
  'ortak',
  'iş',
  'talep',
  'kimliği',
  'numarası',
  'numaralı',
];

/** The command that turns the clock of the playground. */
export const TIME_WORDS: readonly string[] = ['time', 'время', 'zaman'];
/** The units that the clock can be turned by. */
export const TIME_UNITS = {
  businessDays: [
    'bd',
    'business day',
    'business days',
    'рд',
    'рабочий день',
    'рабочих дня',
    'рабочих дней',
    'ig',
    'iş günü',
  ],
  days: ['d', 'day', 'days', 'д', 'день', 'дня', 'дней', 'g', 'gün'],
  hours: ['h', 'hour', 'hours', 'ч', 'час', 'часа', 'часов', 's', 'sa', 'saat'],
} as const satisfies Record<string, readonly string[]>;

/** Words that are ignored in every command. */
export const FILLERS: readonly string[] = [
  'cpor',
  'please',
  'pls',
  'the',
  'a',
  'an',
  'to',
  'for',
  'of',
  'on',
  'me',
  'this',
  'show',
  'list',
  'i',
  'd',
  'want',
  'would',
  'like',
  'пожалуйста',
  'покажи',
  'покажите',
  'показать',
  'мне',
  'по',
  'к',
  'на',
  'для',
  'этот',
  'хочу',
  'lütfen',
  'göster',
  'gösterin',
  'bana',
  'için',
  'bu',
  'bir',
  'istiyorum',
];
/** Words for the claim itself; ignored in commands about a claim. */
export const CLAIM_NOUNS: readonly string[] = [
  'claim',
  'my',
  'our',
  'number',
  'no',
  'and',
  'и',
  'заявка',
  'заявку',
  'заявке',
  'заявки',
  'заявкой',
  'моя',
  'мою',
  'моей',
  'наша',
  'нашу',
  'нашей',
  'номер',
  've',
  'talep',
  'talebi',
  'talebim',
  'talebimi',
  'talebimin',
  'talebin',
  'talebini',
  'talebinin',
  'talebine',
  'talebimiz',
  'talebimizi',
  'nolu',
  'numaralı',
];
/** Names of the bot, ignored in front of a command. */
export const OWN_NAMES: readonly string[] = ['cpor claims desk', 'claims desk', 'cpor desk'];
/**
 * Words beside files that say nothing of whose they are. Any other word may be the name of a customer, so the desk asks
 * which claim is meant.
 */
export const FILE_WORDS: readonly string[] = [
  'a an the this that these it is are was here attached attachment attachments attaching file files document documents',
  'doc docs pdf docx xlsx pptx png jpg jpeg word excel powerpoint scan scans scanned proof proofs poe of execution',
  'evidence order orders purchase sow statement work contract contracts agreement invoice invoices signed copy copies new',
  'latest updated final page pages screenshot screenshots picture pictures photo photos for to my our your claim please',
  'pls thanks thank you hi hello add adding upload see and with as i we send sending sent also now missing requested',
  'cpor',
  'вот это этот эти файл файлы документ документы подтверждение подтверждения подтверждений выполнения договор договоры',
  'контракт счет счета заказ заказы акт акты скан сканы копия копии подписанный подписанная подписанные новый новая новые',
  'последний во вложении вложение приложен приложены прилагаю прикрепляю отправляю добавляю скриншот снимок фото для к по',
  'заявка заявки заявке заявку моя моей нашей пожалуйста спасибо добавь добавьте привет здравствуйте добрый день и с',
  'işte bu bunlar dosya dosyalar dosyası dosyaları belge belgeler belgesi belgeleri kanıt kanıtı kanıtlar yürütme sözleşme',
  'sözleşmesi fatura faturası sipariş siparişi imzalı kopya kopyası yeni son güncel ekte ekli ekledim ekliyorum ekran',
  'görüntüsü fotoğraf için talep talebi talebim talebe talebin lütfen teşekkürler teşekkür ederim ekle ekleyin merhaba ve ile',
].flatMap((line) => line.split(' '));

/** Words beside a file and an id by which the file may be for another claim: the desk asks which one is meant. */
export const NOT_FOR_WORDS: readonly string[] = [
  'not no never none nor isn isnt don dont doesn doesnt won wont wrong wrongly mistake mistakenly instead except',
  'another other others different else',
  'не нет ни никогда неверно неправильно ошибка ошибочно ошибке вместо кроме другой другая другое другие другого другому',
  'другую другим другом других иной иная иному',
  'değil hayır yok asla yanlış yanlışlıkla yerine hariç başka diğer farklı',
].flatMap((line) => line.split(' '));

/** Words before a name that say whose a file is: "for Contoso", "belongs to Contoso", «для Контосо». */
export const WHOSE_BEFORE: readonly string[] = ['for', 'belongs', 'belong', 'для', 'относится', 'относятся'];
/** Words behind it, as Turkish has them. */
export const WHOSE_AFTER: readonly string[] = ['için', 'ait'];
/** Words between the two: "for our customer Contoso". */
export const CUSTOMER_WORDS: readonly string[] = [
  ...['customer', 'client', 'company', 'account'],
  ...['клиента', 'заказчика', 'компании', 'клиенту', 'заказчику'],
  ...['müşteri', 'müşterisi', 'müşterimiz', 'şirket', 'şirketi'],
];
/** Words of a company's name that many names share. */
export const NAME_WORDS: readonly string[] = [
  'inc ltd llc llp plc corp co gmbh ag kg se sa srl spa bv nv oy ab as aps sas sarl kft zrt doo pty limited corporation',
  'company incorporated group holding holdings international global bank',
  'ооо оао зао пао ао ип группа компания банк холдинг',
  'şti ltd aş san tic anonim şirketi grup holding bankası',
].flatMap((line) => line.split(' '));
