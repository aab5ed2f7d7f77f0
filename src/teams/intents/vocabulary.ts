/**
 * The words that the desk knows beside the whole phrases of the lexicon, by what they mean in a sentence. `_` joins
 * words that have their meaning together; what is understood of a row of such words is in `orders.ts`.
 */
import type { Language } from '../../locales/say.ts';
import { LANGUAGE_NAMES } from './lexicon.ts';
import { fold } from './tokens.ts';
import type { VerbForms } from './wordForms.ts';
import { russianVerb, turkishNoun, turkishVerb } from './wordForms.ts';

/** What a word can mean. `told`: a verb in a form that orders nothing. */
export type Tag =
  | 'fill'
  | 'polite'
  | 'greet'
  | 'thanks'
  | 'chat'
  | 'wish'
  | 'self'
  | 'own'
  | 'this'
  | 'now'
  | 'neg'
  | 'no'
  | 'ask'
  | 'be'
  | 'third'
  | 'cond'
  | 'later'
  | 'told'
  | 'will'
  | 'claim'
  | 'claims'
  | 'review'
  | 'rejection'
  | 'status'
  | 'news'
  | 'history'
  | 'happened'
  | 'who'
  | 'comment'
  | 'write'
  | 'add'
  | 'submit'
  | 'resubmit'
  | 'again'
  | 'withdraw'
  | 'take'
  | 'back'
  | 'dispute'
  | 'follow'
  | 'mute'
  | 'notify'
  | 'notices'
  | 'on'
  | 'off'
  | 'stop'
  | 'do'
  | 'approve'
  | 'reject'
  | 'start'
  | 'request'
  | 'information'
  | 'assign'
  | 'upload'
  | 'files'
  | 'edit'
  | 'discard'
  | 'uphold'
  | 'overturn'
  | 'result'
  | 'consent'
  | 'agreed'
  | 'deny'
  | 'partner'
  | 'show'
  | 'have'
  | 'all'
  | 'open'
  | 'new'
  | 'create'
  | 'queue'
  | 'waits'
  | 'pends'
  | 'receive'
  | 'assigned'
  | 'mine'
  | 'overdue'
  | 'help'
  | 'can'
  | 'language'
  | 'switch'
  | 'tongue'
  | 'enrol'
  | 'ready';

type Entry = readonly [tag: Tag, language: Language, words: string | readonly string[]];

const talep = turkishNoun('talep', 'taleb', 'ei');
const basvuru = turkishNoun('basvuru', 'basvuru', 'au');
const durum = turkishNoun('durum', 'durum', 'au');
const gecmis = turkishNoun('gecmis', 'gecmis', 'ei');
const bildirim = turkishNoun('bildirim', 'bildirim', 'ei');
const yorum = turkishNoun('yorum', 'yorum', 'au');

const entries: Entry[] = [
  [
    'fill',
    'en',
    'the a an to for of on in at about with regarding re concerning from by and it_s there so just cpor as because since',
  ],
  [
    'fill',
    'ru',
    'по к на для в во о об от с со у за из про насчет относительно и а то ли_бы же бы вот там до потому_что так_как',
  ],
  ['fill', 'tr', 'icin ile ve hakkinda ilgili konusunda dair bir da de hakkindaki nolu numarali olan cunku'],
  [
    'polite',
    'en',
    'please pls plz kindly if_possible if_you_please could_you can_you would_you would_you_please could_you_please',
  ],
  ['polite', 'en', 'can_you_please for_me be_so_kind thanks thank_you thx ty cheers many_thanks thanks_in_advance'],
  [
    'polite',
    'ru',
    'пожалуйста пожалуиста плиз пжл пж будьте_добры будьте_любезны будь_добр если_можно спасибо заранее_спасибо',
  ],
  ['polite', 'ru', 'можете можешь могли_бы_вы мог_бы_ты не_могли_бы_вы не_мог_бы_ты не_могла_бы_ты вы ты'],
  [
    'polite',
    'tr',
    'lutfen rica_ederim rica_ediyorum rica_etsem zahmet_olmazsa mumkunse sana_zahmet tesekkurler tesekkur_ederim',
  ],
  ['polite', 'tr', 'tesekkur_ederiz sagol sag_ol sag_olun simdiden_tesekkurler hadi'],
  [
    'greet',
    'en',
    'hi hello hey hiya howdy greetings good_morning good_afternoon good_evening good_day hi_there hello_there hey_there',
  ],
  ['greet', 'en', 'everyone all_together team dear_desk dear desk bot'],
  [
    'greet',
    'ru',
    'привет приветик приветствую здравствуйте здравствуй здрасте добрый_день доброе_утро добрый_вечер доброго_дня хай',
  ],
  ['greet', 'ru', 'всем_привет коллеги бот'],
  [
    'greet',
    'tr',
    'merhaba merhabalar selam selamlar gunaydin iyi_gunler iyi_aksamlar iyi_calismalar kolay_gelsin slm mrb',
  ],
  [
    'thanks',
    'en',
    'thanks thank_you thx ty cheers thank thanks_a_lot thank_you_very_much many_thanks much_appreciated appreciated',
  ],
  ['thanks', 'en', 'appreciate_it thanks_so_much tysm'],
  ['thanks', 'ru', 'спасибо спс спасибки благодарю благодарим огромное_спасибо премного_благодарен признателен'],
  [
    'thanks',
    'tr',
    'tesekkurler tesekkur tesekkur_ederim tesekkur_ederiz sagol sagolun sag_ol sag_olun eyvallah minnettarim tesekkurler_ederim',
  ],
  [
    'chat',
    'en',
    'ok okay k okey yes yep yeah yup sure fine great good perfect cool nice super awesome excellent wonderful understood',
  ],
  [
    'chat',
    'en',
    'got_it i_see noted alright all_right well_done bye goodbye see_you see_you_later no_problem no_worries never_mind',
  ],
  [
    'chat',
    'en',
    'nevermind welcome you_re_welcome you_are_welcome how_are_you how_are_you_doing a_lot very_much so_much lol haha sorry',
  ],
  [
    'chat',
    'en',
    'have_a_nice_day have_a_good_day good_job good_bot very much so you all again indeed really will_do for_your_help your_help',
  ],
  ['chat', 'en', 'for_the_help for_everything sounds_good works_for_me'],
  [
    'chat',
    'ru',
    'ок окей ладно хорошо да ага угу конечно отлично супер класс здорово понятно понял поняла поняли ясно принято пока',
  ],
  [
    'chat',
    'ru',
    'до_свидания всего_доброго хорошего_дня не_за_что пожалуйста большое огромное вам тебе за_помощь как_дела',
  ],
  [
    'chat',
    'ru',
    'как_ты как_вы извините простите очень всё_понятно все_понятно все_ясно договорились прекрасно замечательно молодец ха хаха',
  ],
  ['chat', 'ru', 'до_встречи всем за_все за_ответ'],
  [
    'chat',
    'tr',
    'tamam tmm tamamdir peki olur evet elbette harika super guzel iyi mukemmel anladim anlasildi anladik gorusuruz',
  ],
  [
    'chat',
    'tr',
    'hosca_kal hoscakal gule_gule rica_ederim bir_sey_degil onemli_degil nasilsin nasilsiniz cok ok pekala aynen eline_saglik',
  ],
  [
    'chat',
    'tr',
    'elinize_saglik yardimin_icin yardiminiz_icin her_sey_icin iyi_gunler iyi_aksamlar ozur_dilerim size sana kusura_bakma',
  ],
  [
    'wish',
    'en',
    'want would_like d_like i_d_like we_d_like id_like want_to wish wanna i_would_like we_would_like like_to',
  ],
  ['wish', 'ru', 'хочу хотим прошу просим просьба хотел_бы хотела_бы хотели_бы желаю хотелось_бы'],
  ['wish', 'tr', 'istiyorum istiyoruz isterim isteriz istiyordum_da rica_olunur'],
  ['self', 'en', 'i we me us i_m we_re'],
  ['self', 'ru', 'я мы мне нам меня нас'],
  ['self', 'tr', 'ben biz bana bize beni bizi'],
  ['own', 'en', 'my our mine ours'],
  ['own', 'ru', 'мой моя мою моей моё моего моему мои моих моим наш наша нашу нашей нашего нашему наши наших нашим'],
  ['own', 'tr', 'benim bizim'],
  ['this', 'en', 'this that it these'],
  ['this', 'ru', 'это эта эту этой этот этого этому этим эти ее его её'],
  ['this', 'tr', 'bu bunu su sunu onu bunun onun'],
  ['now', 'en', 'now immediately asap right_now right_away at_once'],
  ['now', 'ru', 'сейчас сразу немедленно срочно теперь'],
  ['now', 'tr', 'simdi hemen derhal acilen acil'],
  [
    'neg',
    'en',
    'not never don_t dont do_not didn_t didnt doesn_t doesnt isn_t isnt aren_t arent won_t wont can_t cant cannot wouldn_t',
  ],
  [
    'neg',
    'en',
    'shouldn_t shouldnt haven_t hasn_t wasn_t without neither nor none nothing nobody couldn_t wouldnt couldnt',
  ],
  ['neg', 'ru', 'не ни нельзя никогда никак без незачем отнюдь'],
  ['neg', 'tr', 'degil degiliz degilim yok asla hic istemiyorum istemiyoruz istemem istemeyiz olmaz olmasin'],
  [
    'neg',
    'tr',
    'etmiyorum etmiyoruz etmem etmeyiz vermiyorum vermiyoruz vermem vermeyiz etmeyecegim etmeyecegiz vermeyecegiz vermeyecegim',
  ],
  ['neg', 'tr', 'etmedik etmedim vermedik vermedim etme etmeyin vermeyin'],
  ['no', 'en', 'no nope'],
  ['no', 'ru', 'нет'],
  ['no', 'tr', 'hayir'],
  ['ask', 'en', 'what what_s whats which when where where_s wheres why how how_s hows any'],
  ['be', 'en', 'is are was were be been am do does did has have had it_s'],
  ['third', 'en', 'he she they them him her their'],
  ['third', 'ru', 'он она они им ему ей их'],
  ['third', 'tr', 'o onlar onlarin onlara'],
  [
    'ask',
    'en',
    'anything can could may might shall should would must whether who_s still yet already ever you your how_long how_much how_far how_soon',
  ],
  ['ask', 'en', 'happening going doing hear heard know get got got_any stand stands'],
  [
    'ask',
    'ru',
    'что чего какой какая какие каков каково какое какую каких где когда почему как сколько есть ли можно ли_можно можно_ли',
  ],
  [
    'ask',
    'ru',
    'будет будут уже еще все_еще долго ждать какого каком каким узнать нужно надо стоит мне_бы скажите подскажите можно_узнать',
  ],
  [
    'ask',
    'tr',
    'ne nedir neler nerede neresi nasil hangi kac niye neden nicin ne_zaman mi mu midir mudur miyim miyiz musun musunuz misin misiniz var',
  ],
  [
    'ask',
    'tr',
    'varmi var_mi oldu olacak oluyor ne_kadar suanda su_anda hala henuz acaba ogrenebilir ogrenmek alabilir',
  ],
  ['who', 'en', 'who whose'],
  ['who', 'ru', 'кто кем кому чья'],
  ['who', 'tr', 'kim kime kimde kimin kimler'],
  ['cond', 'en', 'if unless until when_you before after in_case while'],
  ['cond', 'ru', 'если пока_не когда_вы прежде чтобы разве может_быть'],
  ['cond', 'tr', 'eger sayet belki yoksa once sonra'],
  ['will', 'en', 'will ll won_t_be going_to gonna shall'],
  ['will', 'ru', 'буду будем будешь будете'],
  ['will', 'tr', 'olacagiz olacagim'],
  ['later', 'en', 'tomorrow later next_week tonight soon next yesterday today monday friday'],
  ['later', 'ru', 'завтра позже потом скоро вчера сегодня послезавтра'],
  ['later', 'tr', 'yarin sonra daha_sonra yakinda dun bugun haftaya'],
  ['claim', 'en', 'claim application case ticket draft claim_number claim_id claim_no'],
  [
    'claim',
    'ru',
    'заявка заявку заявке заявки заявкой заявкам заявление заявления заявлению обращение обращения обращению номер черновик черновика',
  ],
  ['claim', 'tr', [...talep.one, ...basvuru.one, 'taslak', 'taslagi', 'numara']],
  ['claims', 'en', 'claims applications cases tickets drafts'],
  ['claims', 'ru', 'заявки заявок заявками заявках заявления обращения черновики'],
  ['claims', 'tr', [...talep.many, ...talep.ownMany, ...basvuru.many, ...basvuru.ownMany, 'taslaklar']],
  ['claim', 'tr', [...talep.own, ...basvuru.own]],
  ['own', 'tr', [...talep.own, ...basvuru.own, ...talep.ownMany, ...basvuru.ownMany]],
  ['review', 'en', 'review reviewing approval reviewer reviewers reviews'],
  [
    'review',
    'ru',
    'рассмотрение рассмотрения рассмотрению рассмотрении проверку проверка проверки ревью утверждение согласование рецензию рецензии',
  ],
  [
    'review',
    'tr',
    'inceleme incelemeye incelemeyi incelemesi incelemesini incelemek gozden_gecirme gozden_gecirmeye gozden_gecirmeyi',
  ],
  ['review', 'tr', 'gozden_gecirmesini degerlendirmeye degerlendirmeyi degerlendirme onaya kontrole gozden_gecirmek'],
  ['rejection', 'en', 'rejection decision refusal verdict'],
  [
    'rejection',
    'ru',
    'отклонение отклонения отклонению отклонением отклонении решение решения решению решением отказ отказом отказа',
  ],
  ['rejection', 'tr', 'red ret reddi reddini reddine redde reddinin kararina karari kararini karara karar'],
  ['status', 'en', 'status state progress standing stage phase statuses whats_up what_s_up'],
  ['status', 'ru', 'статус статуса статусу статусе статусы состояние состоянии этап этапе стадия стадии продвижение'],
  [
    'status',
    'tr',
    [...durum.one, ...durum.own, 'asama', 'asamada', 'asamasi', 'asamasinda', 'statu', 'statusu', 'asamalar'],
  ],
  [
    'news',
    'en',
    'news update updates progress movement developments newest latest what_s_new what_is_new whats_new anything_new something_new',
  ],
  ['news', 'ru', 'новости нового новостей что_нового подвижки изменилось слышно движение апдейт'],
  ['news', 'tr', 'gelisme gelismeler haber haberler yenilik yeni_bir_sey son_durum guncelleme ilerleme'],
  [
    'history',
    'en',
    'history log logs journal changes timeline audit_trail audit audit_log trail events activity activity_log comments',
  ],
  ['history', 'en', 'change_log changelog edits histories chronology what_changed'],
  [
    'history',
    'ru',
    'история историю истории историей журнал журнала журнале изменения изменений лог логи хронология хронологию события',
  ],
  ['history', 'ru', 'событий комментарии комментариев протокол правки'],
  [
    'history',
    'tr',
    [
      ...gecmis.one,
      ...gecmis.own,
      ...'tarihce tarihcesi tarihcesini tarihceyi kayitlar kayitlari kayitlarini kayitlarin'.split(' '),
    ],
  ],
  [
    'history',
    'tr',
    'degisiklikler degisiklikleri degisiklik_gecmisi gunluk gunlugu gunlugunu gunlukleri ' +
      'olaylar islem_gecmisi yorumlari neler_oldu neler_olmus neler_degisti neler_yapildi',
  ],
  ['history', 'tr', 'islem_kayitlari hareketleri hareketler yorumlar islemler log loglari kronoloji'],
  ['happened', 'en', 'happened what_has_happened changed has_changed'],
  [
    'happened',
    'ru',
    'происходило произошло было случилось менял менялось изменил изменилось делали сделали происходит_с',
  ],
  ['happened', 'tr', 'degistirdi degisti olanlar oldu olmus yapildi'],
  [
    'comment',
    'en',
    'comment add_comment note add_note add_a_comment add_a_note leave_comment leave_a_comment leave_a_note post_a_comment',
  ],
  ['comment', 'en', 'write_a_comment make_a_comment put_a_note add_the_comment new_comment leave_note'],
  [
    'comment',
    'ru',
    'комментарий комментарии_к комментировать прокомментировать прокомментируй прокомментируйте комментирую примечание',
  ],
  [
    'comment',
    'ru',
    'коммент заметка добавить_комментарий добавь_комментарий добавьте_комментарий добавляю_комментарий оставить_комментарий',
  ],
  [
    'comment',
    'ru',
    'оставь_комментарий оставьте_комментарий написать_комментарий напиши_комментарий напишите_комментарий добавить_примечание',
  ],
  ['comment', 'ru', 'оставляю_комментарий заметку_к добавить_заметку комментарием'],
  [
    'comment',
    'tr',
    [
      ...yorum.one.filter((form) => !form.endsWith('la')),
      ...['yorum', 'not', 'bir_yorum', 'bir_not'].flatMap((noun) =>
        'ekle ekleyin eklemek ekliyorum yaz yazin yazmak yaziyorum yap yapmak birak birakin birakmak dus dusun'
          .split(' ')
          .map((verb) => `${noun}_${verb}`),
      ),
    ],
  ],
  ['write', 'en', 'reply reply_to answer respond respond_to write message tell remark not'],
  [
    'write',
    'ru',
    'напиши напишите написать ответ ответить ответь ответьте отвечаю передай передайте сообщение заметка',
  ],
  ['write', 'tr', 'cevap yanit not mesaj yaz yazin cevap_yaz yanit_yaz cevapla yanitla cevabimiz cevabim'],
  ['submit', 'en', 'submit send submitting sending send_in file_for_review'],
  [
    'told',
    'en',
    'submits submitted sends sent submission submissions files filed sender resubmits resubmitted resubmission_of withdraws withdrew',
  ],
  [
    'told',
    'en',
    'withdrawn cancels cancelled canceled retracts retracted disputes disputed contests contested appeals appealed challenges',
  ],
  [
    'told',
    'en',
    'challenged follows followed mutes muted approves approved approving rejects rejected rejecting reviewed reviews started',
  ],
  [
    'told',
    'en',
    'denied denies agreed agrees accepted accepts assigned edited edits uploaded processed closed finished decided done paid',
  ],
  ['told', 'en', 'received due supposed waiting pending stuck delayed commented'],
  ['resubmit', 'en', 'resubmit re_submit resend re_send resubmitting resending resubmission'],
  ['again', 'en', 'again once_more one_more_time anew another_time a_second_time once_again'],
  ['again', 'ru', 'повторно снова опять заново еще_раз ещё_раз вновь повторная повторную'],
  ['again', 'tr', 'yeniden tekrar bir_daha tekrardan yine bir_kez_daha bir_kere_daha'],
  [
    'withdraw',
    'en',
    'withdraw retract cancel recall withdrawal cancellation withdrawing cancelling canceling rescind pull_back call_off',
  ],
  ['take', 'en', 'take pull taking'],
  ['back', 'en', 'back'],
  ['back', 'tr', 'geri'],
  ['dispute', 'en', 'dispute contest challenge appeal disputing contesting appealing challenging'],
  [
    'follow',
    'en',
    'follow watch subscribe unmute following subscribe_to keep_me_posted keep_me_updated keep_me_informed keep_us_posted',
  ],
  [
    'follow',
    'en',
    'keep_us_updated keep_us_informed start_following keep_me_in_the_loop keep_an_eye resume_notifications',
  ],
  [
    'mute',
    'en',
    'mute unfollow unsubscribe stop_following silence unsubscribe_from stop_notifying mute_notifications stop_watching',
  ],
  ['mute', 'en', 'stop_updates no_more_notifications muting unwatch'],
  ['notify', 'en', 'notify inform alert'],
  [
    'notify',
    'ru',
    'уведомляйте уведомляй информируйте информируй сообщайте сообщай оповещайте оповещай извещайте держите_в_курсе',
  ],
  ['notify', 'ru', 'держи_в_курсе присылайте_уведомления'],
  ['notices', 'en', 'notifications notification notices alerts messages updates'],
  ['notices', 'ru', 'уведомления уведомлений уведомление оповещения оповещений'],
  ['notices', 'tr', [...bildirim.one, ...bildirim.many, ...bildirim.own]],
  ['on', 'en', 'turn_on enable switch_on activate turn on'],
  ['on', 'ru', 'включить включи включите'],
  ['off', 'en', 'turn_off disable switch_off deactivate turn off'],
  ['off', 'ru', 'отключить отключи отключите выключить выключи выключите убрать уберите приглушить без'],
  ['stop', 'en', 'stop pause end'],
  ['stop', 'ru', 'перестать перестань перестаньте прекратить прекратите хватит остановить остановите'],
  ['approve', 'en', 'approve okay_it'],
  ['reject', 'en', 'reject turn_down decline_claim'],
  ['start', 'en', 'start review begin take_over pick_up starting start_reviewing begin_reviewing'],
  ['request', 'en', 'request ask_for require'],
  ['information', 'en', 'information info details more_info more_information clarification'],
  ['information', 'ru', 'сведения информацию информации данные уточнение дополнительные дополнительную'],
  ['information', 'tr', 'bilgi bilgiler ek_bilgi ek bilgileri'],
  ['assign', 'en', 'assign reassign hand_over delegate re_assign'],
  ['add', 'en', 'add attach append attaching adding'],
  ['upload', 'en', 'upload uploading'],
  [
    'files',
    'en',
    'file files document documents proof evidence poe attachment attachments proof_of_execution contract invoice',
  ],
  [
    'files',
    'ru',
    'файл файлы файла файлов документ документы документа документов подтверждение подтверждения вложение вложения доказательства',
  ],
  [
    'files',
    'tr',
    'dosya dosyalar dosyayi dosyalari dosyasi belge belgeler belgeyi belgeleri kanit kaniti kanitlar kanitlari ek',
  ],
  ['edit', 'en', 'edit change modify amend editing update_fields correct'],
  ['discard', 'en', 'delete discard remove'],
  ['uphold', 'en', 'uphold'],
  ['overturn', 'en', 'overturn reverse'],
  ['result', 'en', 'assessment outcome'],
  ['consent', 'en', 'consent agree accept agreement'],
  [
    'consent',
    'ru',
    'согласен согласна согласны согласие согласия согласиться соглашаюсь соглашаемся даю даем дать принимаю принимаем',
  ],
  ['consent', 'ru', 'давали давал давала согласимся соглашусь согласии поддерживаем'],
  ['consent', 'tr', 'kabul riza rizayi rizamiz rizam onay onayimiz onayim muvafakat muvafakatimiz rizamizi rizami'],
  ['agreed', 'tr', 'ediyorum ediyoruz veriyorum veriyoruz ver verin var'],
  [
    'deny',
    'en',
    'never_agreed not_agreed never_consented not_consented have_not_agreed no_consent deny decline object ' +
      'objection refuse disagree oppose denying declining objecting refusing against',
  ],
  [
    'deny',
    'ru',
    'отказать отказываю отказываем отказываюсь отказываемся возражаю возражаем возражение протестую протестуем против откажите',
  ],
  ['deny', 'ru', 'отказываюсь_от запрещаю запрещаем'],
  [
    'deny',
    'tr',
    'karsiyim karsiyiz reddediyorum reddediyoruz rizayi_reddet rizayi_reddediyorum rizayi_reddediyoruz onaylamiyorum onaylamiyoruz',
  ],
  [
    'deny',
    'tr',
    'riza_gostermiyorum riza_gostermiyoruz onay_vermiyorum onay_vermiyoruz kabul_etmiyorum kabul_etmiyoruz rizamiz_yok rizam_yok',
  ],
  ['deny', 'tr', 'istemiyoruz_bunu rizayi_reddetmek rizayi_reddedin rizayi_reddedelim riza_vermiyorum riza_vermiyoruz'],
  ['partner', 'en', 'partner partners partnership association vendor supplier partner_of_record'],
  ['partner', 'ru', 'партнер партнера партнеру партнером партнерство партнёр связь привязку ассоциацию поставщик'],
  [
    'partner',
    'tr',
    'ortak ortagimiz ortagi ortaklik is_ortagimiz is_ortagi is_ortagim is_ortagini ortakligi iliskilendirme iliskilendirmeyi firma sirket',
  ],
  ['show', 'en', 'show list display view see give open_up show_me give_me let_me_see pull_up tell_me'],
  [
    'show',
    'ru',
    'покажи покажите показать вывести выведи выведите открой откройте дай дайте список посмотреть увидеть глянуть пришлите',
  ],
  ['have', 'en', 'have got need needs there_are'],
  ['have', 'ru', 'есть имеются имею'],
  ['all', 'en', 'all every'],
  ['all', 'ru', 'все всех весь'],
  ['all', 'tr', 'tum butun hepsi tumu'],
  ['open', 'en', 'open active current pending running'],
  ['open', 'ru', 'открытые активные текущие открытых текущих'],
  ['open', 'tr', 'acik aktif mevcut guncel'],
  ['new', 'en', 'new another cpor association fresh one'],
  ['new', 'ru', 'новая новую новой новое новый новые новых нового еще_одну одну'],
  ['new', 'tr', 'yeni yeni_bir yenisini'],
  [
    'create',
    'en',
    'file create start begin open make register raise add submit_new put_in fill_in lodge enter filing creating',
  ],
  [
    'create',
    'ru',
    'подать подай подайте создать создай создайте завести заведи заведите оформить оформи оформите начать открыть добавить',
  ],
  ['create', 'ru', 'зарегистрировать подаю создаю подача создание заполнить подается подаются подавать внести'],
  [
    'create',
    'tr',
    'girmek gir girin girebilirim acabilirim acabiliriz olusturabilirim olusturabiliriz ' +
      'acilir olusturulur acarim doldurmak yap yapmak yapmak_istiyorum vermek giris',
  ],
  ['queue', 'en', 'queue backlog review_queue inbox'],
  ['queue', 'ru', 'очередь очереди очередью'],
  ['queue', 'tr', 'kuyruk kuyrugu kuyrukta kuyruktakiler kuyrugunda kuyruga kuyrugunu sira sirada siradakiler'],
  ['waits', 'en', 'needs need waits waiting awaiting awaits pending wait'],
  ['waits', 'ru', 'ждет ждут ожидает ожидают ожидающие ждущие ожидании нерассмотренные требует требуют'],
  ['waits', 'tr', 'bekleyen bekleyenler bekliyor bekleyenleri beklemede'],
  ['assigned', 'en', 'assigned to_review to_decide on_my_plate on_me'],
  [
    'assigned',
    'ru',
    'назначенные назначены назначено назначенное на_мне у_меня_в_работе закреплены закрепленные поручены',
  ],
  [
    'assigned',
    'tr',
    'atanan atananlar atananlari atanmis atandi uzerimde uzerimdeki uzerimdekiler ustumdeki atanmislar',
  ],
  ['mine', 'en', 'mine'],
  ['overdue', 'en', 'overdue late past_due delayed behind_schedule missed'],
  [
    'overdue',
    'ru',
    'просрочено просроченные просроченных просрочка просрочки просрочены просроченная опаздывает опаздывают просроченное',
  ],
  [
    'overdue',
    'tr',
    'geciken gecikenler gecikenleri gecikmis gecikme gecikmeler suresi_gecen suresi_gecenler suresi_dolan gecikti geciktiler gecikenlerin',
  ],
  ['help', 'en', 'help menu commands instructions manual guide'],
  ['help', 'ru', 'помощь справка помоги помогите помочь команды меню инструкция подсказка команд справку'],
  [
    'help',
    'tr',
    'yardim yardima yardimci menu komutlar komut kilavuz yardim_et yardim_edin yardim_eder_misin yardim_edebilir_misin rehber yardimin',
  ],
  [
    'can',
    'en',
    'can_you_do can_i_do do_you_do can_i_write can_i_ask can_i_say does_this_work do_i_use do_you_work can_i_type are_you who_are_you',
  ],
  [
    'can',
    'ru',
    'умеешь умеете можешь можете пользоваться работаешь работает можно_написать можно_спросить ты_умеешь вы_умеете писать',
  ],
  [
    'can',
    'tr',
    'yapabilirsin yapabilirsiniz yapabiliyorsun yapabiliyorsunuz yazabilirim kullanilir calisir yaparsin yapabilirim yapiyorsun',
  ],
  ['can', 'tr', 'kullanirim kullanabilirim calisiyor calisiyorsun'],
  ['language', 'en', 'language'],
  ['language', 'ru', 'язык языка языке'],
  ['language', 'tr', 'dil dili dilini dilde'],
  ['switch', 'en', 'switch change set speak talk write reply answer use switch_to in put to with'],
  [
    'switch',
    'ru',
    'переключи переключись переключите переключитесь переключить смени смените сменить поменяй поменять говори говорите пиши пишите',
  ],
  ['switch', 'ru', 'отвечай отвечайте перейди перейдите хочу_на общайся поменяйте давай давайте'],
  [
    'switch',
    'tr',
    'konus konusun konusalim cevir cevirin degistir degistirin gec gecelim gecin yap ayarla yaz olarak olsun istiyorum',
  ],
  ['enrol', 'en', 'enrol enroll register add enrolling registering'],
  [
    'enrol',
    'ru',
    'зарегистрировать зарегистрируй зарегистрируйте внести внесите добавить добавь добавьте регистрация завести подключить',
  ],
  ['enrol', 'tr', 'kaydet kaydedin kaydetmek ekle ekleyin eklemek kayit tanimla kaydedelim'],
  [
    'ready',
    'en',
    'answered added uploaded fixed completed corrected updated attached provided done ready replied included signed everything',
  ],
  ['ready', 'en', 'files documents questions missing information requested the_rest have has been is it_s all it'],
  [
    'ready',
    'ru',
    'добавили добавил добавила ответили ответил ответила исправили исправил исправила дополнили дополнил загрузили загрузил',
  ],
  [
    'ready',
    'ru',
    'загрузила приложили приложил приложила готово готова поправили поправил все всё недостающее недостающие документы файлы',
  ],
  ['ready', 'ru', 'сведения ответы вопросы внесли внес уже доработали обновили обновил сделали сделано заполнили'],
  [
    'ready',
    'tr',
    'tamamladik tamamladim ekledik ekledim yukledik yukledim cevapladik cevapladim yanitladik yanitladim duzelttik duzelttim',
  ],
  [
    'ready',
    'tr',
    'guncelledik guncelledim hazir eksikleri eksik eksikler belgeleri belgeler dosyalari dosyalar bilgileri her_seyi her_sey hepsini',
  ],
  ['ready', 'tr', 'sorulari gonderdik_eksikleri giderdik giderdim tamam tamamlandi'],
  ['pends', 'en', 'waiting pending unreviewed undecided to_be_reviewed'],
  ['pends', 'ru', 'ждет ждут ожидает ожидают ожидающие нерассмотренные на_рассмотрении'],
  ['pends', 'tr', 'bekleyen bekleyenler bekliyor bekleyenleri incelenecek incelenecekler'],
  ['receive', 'en', 'receive get send_me'],
  ['receive', 'ru', 'получать присылайте присылай шлите'],
  ['receive', 'tr', 'almak gonder gonderin'],
  ['fill', 'en', 'ones please_do'],
  ['chat', 'en', 'good_night great_job nice_work great_work good_work amazing brilliant lovely ha wow'],
  ['chat', 'ru', 'ты_супер ты_молодец вы_молодцы спокойной_ночи вот_и_хорошо классно'],
  ['chat', 'tr', 'iyi_geceler iyi_aksamlar_dilerim iyi_gunler_dilerim harikasin supersin eyv'],
  ['news', 'en', 'what_s_going_on whats_going_on what_is_going_on what_s_the_latest'],
  ['news', 'ru', 'обновления обновлений обновление что_слышно'],
  ['history', 'en', 'who_did_what everything_that_happened what_was_done what_happened record records full_story'],
  ['history', 'ru', 'действия действий кто_что_делал что_делали записи'],
  ['history', 'tr', 'logu logunu logu_goster islemleri islemlerini'],
  ['assigned', 'en', 'my_tasks on_my_desk my_work my_to_do'],
  ['assigned', 'ru', 'мои_задачи моя_работа на_меня мне_назначено'],
  ['assigned', 'tr', 'islerim gorevlerim'],
  ['overdue', 'en', 'missed_deadlines past_deadline past_the_deadline out_of_time lapsed'],
  ['overdue', 'ru', 'просрочка опоздавшие с_истекшим_сроком истекшие'],
  ['overdue', 'tr', 'suresi_dolanlar vadesi_gecen vadesi_gecenler suresi_dolmus gecikmisler'],
  ['create', 'en', 'form'],
  ['create', 'tr', 'yapabilirim yapabiliriz yapilir'],
  ['help', 'en', 'what_can_this_bot_do how_to_use_this how_to_use what_is_this how_does_it_work'],
  [
    'help',
    'ru',
    'хелп что_делать с_чего_начать как_пользоваться_ботом как_тобой_пользоваться что_умеешь_делать что_это',
  ],
  ['help', 'tr', 'komut_listesi ne_yapar ne_ise_yararsin ne_ise_yarar nasil_yapilir'],
  ['approve', 'ru', 'одобряю одобряем'],
  ['approve', 'tr', 'onay_ver onay_verin onay_veriyorum onay_vermek'],
  ['submit', 'en', 'hand_in turn_in'],
  ['submit', 'tr', 'sunmak sunuyorum sunuyoruz'],
  ['withdraw', 'ru', 'снять снимите снимаю снимаем'],
  ['start', 'en', 'take_for_review'],
  ['start', 'ru', 'взять_в_работу приступить приступаю беру_в_работу возьму_в_работу'],
  ['start', 'tr', 'incelemeye_al incelemeye_aliyorum incelemeye_basla'],
  ['follow', 'en', 'let_me_know keep_me_up_to_date send_me_updates send_me_news'],
  ['follow', 'ru', 'присылайте_уведомления присылайте_мне_уведомления'],
  ['mute', 'en', 'no_more_updates stop_sending_me_updates no_notifications stop_sending_updates'],
  ['mute', 'ru', 'не_присылайте_уведомления не_присылай_уведомления не_присылайте_мне_уведомления без_уведомлений'],
  [
    'mute',
    'tr',
    'bildirim_istemiyorum bildirim_istemiyoruz bildirim_gonderme bildirim_gondermeyin takipten_cikmak takipten_cikiyorum',
  ],
  ['mute', 'tr', 'takipten_cikar takipten_cikin'],
  ['consent', 'tr', 'razi raziyiz raziyim itirazimiz_yok itirazim_yok itiraz_yok karsi_degiliz karsi_degilim'],
  [
    'consent',
    'en',
    'no_objection no_objections have_no_objection have_no_objections not_object do_not_object don_t_object dont_object',
  ],
  [
    'consent',
    'ru',
    'не_возражаю_против не_возражаем_против не_возражаю не_возражаем нет_возражений возражений_нет не_против',
  ],
  ['polite', 'en', 'go_ahead go_ahead_and'],
  ['own', 'ru', 'у_меня у_нас'],
  [
    'chat',
    'en',
    'for_the_update for_the_news for_your_reply for_your_time for_letting_me_know that_s_all that_is_all for_the_information',
  ],
  ['chat', 'ru', 'за_ответ за_информацию за_новости это_все вот_и_все'],
  ['chat', 'tr', 'bilgi_icin haber_icin bu_kadar cevap_icin'],
  [
    'deny',
    'en',
    'do_not_work_with don_t_work_with dont_work_with do_not_know_this_partner unknown_to_us not_giving_consent',
  ],
  ['deny', 'ru', 'не_работаем_с не_работаем не_сотрудничаем не_знаем_этого_партнера'],
  ['deny', 'tr', 'calismiyoruz razi_degiliz razi_degilim tanimiyoruz'],
  ['deny', 'ru', 'ne_soglasen ne_soglasna ne_soglasny ne_soglasni'],
];

/** Verbs by what their orders mean; their other forms only tell of it. */
const verbs: readonly (readonly [tag: Tag, language: Language, forms: VerbForms])[] = [
  ['submit', 'tr', turkishVerb({ stem: 'gonder', vowels: 'ei', aorist: 'gonderir' })],
  ['submit', 'tr', turkishVerb({ stem: 'ilet', vowels: 'ei', aorist: 'iletir' })],
  ['take', 'tr', turkishVerb({ stem: 'cek', vowels: 'ei', aorist: 'ceker' })],
  ['take', 'tr', turkishVerb({ stem: 'al', vowels: 'ai', aorist: 'alir' })],
  ['do', 'tr', turkishVerb({ stem: 'et', soft: 'ed', vowels: 'ei', aorist: 'eder' })],
  ['add', 'tr', turkishVerb({ stem: 'ekle', vowels: 'ei', aorist: 'ekler' })],
  ['on', 'tr', turkishVerb({ stem: 'ac', vowels: 'ai', aorist: 'acar' })],
  ['create', 'tr', turkishVerb({ stem: 'ac', vowels: 'ai', aorist: 'acar' })],
  ['create', 'tr', turkishVerb({ stem: 'olustur', vowels: 'au', aorist: 'olusturur' })],
  ['create', 'tr', turkishVerb({ stem: 'baslat', vowels: 'ai', aorist: 'baslatir' })],
  ['off', 'tr', turkishVerb({ stem: 'kapat', vowels: 'ai', aorist: 'kapatir' })],
  ['stop', 'tr', turkishVerb({ stem: 'birak', vowels: 'ai', aorist: 'birakir' })],
  ['stop', 'tr', turkishVerb({ stem: 'durdur', vowels: 'au', aorist: 'durdurur' })],
  ['start', 'tr', turkishVerb({ stem: 'baslat', vowels: 'ai', aorist: 'baslatir' })],
  ['start', 'tr', turkishVerb({ stem: 'basla', vowels: 'ai', aorist: 'baslar' })],
  ['start', 'tr', turkishVerb({ stem: 'incele', vowels: 'ei', aorist: 'inceler' })],
  ['assign', 'tr', turkishVerb({ stem: 'ata', vowels: 'ai', aorist: 'atar' })],
  ['assign', 'tr', turkishVerb({ stem: 'devret', soft: 'devred', vowels: 'ei', aorist: 'devreder' })],
  ['approve', 'tr', turkishVerb({ stem: 'onayla', vowels: 'ai', aorist: 'onaylar' })],
  ['reject', 'tr', turkishVerb({ stem: 'reddet', soft: 'redded', vowels: 'ei', aorist: 'reddeder' })],
  ['edit', 'tr', turkishVerb({ stem: 'duzenle', vowels: 'ei', aorist: 'duzenler' })],
  ['edit', 'tr', turkishVerb({ stem: 'degistir', vowels: 'ei', aorist: 'degistirir' })],
  ['edit', 'tr', turkishVerb({ stem: 'guncelle', vowels: 'ei', aorist: 'gunceller' })],
  ['upload', 'tr', turkishVerb({ stem: 'yukle', vowels: 'ei', aorist: 'yukler' })],
  ['show', 'tr', turkishVerb({ stem: 'goster', vowels: 'ei', aorist: 'gosterir' })],
  ['show', 'tr', turkishVerb({ stem: 'listele', vowels: 'ei', aorist: 'listeler' })],
  ['show', 'tr', turkishVerb({ stem: 'getir', vowels: 'ei', aorist: 'getirir' })],
  ['show', 'tr', turkishVerb({ stem: 'gor', vowels: 'eu', aorist: 'gorur' })],
  ['notify', 'tr', turkishVerb({ stem: 'bilgilendir', vowels: 'ei', aorist: 'bilgilendirir' })],
  ['request', 'tr', turkishVerb({ stem: 'iste', vowels: 'ei', aorist: 'ister' })],
  ['discard', 'tr', turkishVerb({ stem: 'sil', vowels: 'ei', aorist: 'siler' })],
  ['follow', 'tr', turkishVerb({ stem: 'izle', vowels: 'ei', aorist: 'izler' })],
  [
    'withdraw',
    'tr',
    { orders: ['iptal', 'iptali', 'vazgeciyorum', 'vazgeciyoruz', 'vazgec'], others: ['vazgectik', 'vazgecme'] },
  ],
  ['dispute', 'tr', { orders: ['itiraz', 'itirazi', 'itirazim', 'itirazimiz'], others: ['itirazlar'] }],
  ['follow', 'tr', { orders: ['takip', 'takibe', 'haber_ver', 'haber_verin', 'haberdar', 'sesini_ac'], others: [] }],
  [
    'mute',
    'tr',
    { orders: ['sustur', 'susturun', 'sessize', 'sessiz', 'takipten_cik', 'takipten'], others: ['susturma'] },
  ],
  ['follow', 'tr', { orders: ['takibi'], others: [] }],
  [
    'submit',
    'ru',
    russianVerb(
      'отправить отправь отправьте отправляю отправляем отправляйте отправляй отправлять',
      'отправ отправл отправля',
    ),
  ],
  ['submit', 'ru', russianVerb('подать подай подайте подаю подаем подаете_на', 'пода подад*')],
  ['submit', 'ru', russianVerb('направить направь направьте направляю направляем', 'направ направл направля')],
  [
    'resubmit',
    'ru',
    { orders: ['переотправить', 'переотправьте', 'переотправляю'], others: ['переотправили', 'переотправил'] },
  ],
  ['submit', 'ru', { orders: ['отправка', 'отправку'], others: ['отправки', 'отправке'] }],
  ['withdraw', 'ru', russianVerb('отозвать отзови отзовите отзываю отзываем отзыв отзывать', 'отзов* отозва отзыва')],
  ['withdraw', 'ru', russianVerb('отменить отмени отмените отменяю отменяем отмена отмену', 'отмен отменя')],
  ['withdraw', 'ru', russianVerb('аннулировать аннулируй аннулируйте аннулирую аннулируем', 'аннулиру аннулирова')],
  ['dispute', 'ru', russianVerb('оспорить оспорь оспорьте оспариваю оспариваем оспаривание спор', 'оспор оспарива')],
  [
    'dispute',
    'ru',
    russianVerb('обжаловать обжалуй обжалуйте обжалую обжалуем обжалование апелляция апелляцию', 'обжалу обжалова'),
  ],
  [
    'dispute',
    'ru',
    { orders: ['опротестовать', 'опротестуйте', 'опротестовываем'], others: ['опротестовали', 'опротестуем'] },
  ],
  [
    'follow',
    'ru',
    russianVerb('следить следи следите слежу отслеживать отслеживай отслеживайте отслеживаю', 'след отслежива'),
  ],
  [
    'follow',
    'ru',
    {
      orders: 'держите_меня_в_курсе держи_меня_в_курсе держите_нас_в_курсе держать_меня_в_курсе быть_в_курсе'.split(
        ' ',
      ),
      others: [],
    },
  ],
  ['follow', 'ru', russianVerb('подписаться подпиши подпишите подписываюсь подпишись', 'подпиш* подписа')],
  ['mute', 'ru', russianVerb('отписаться отпиши отпишите отписываюсь отписка', 'отпиш* отписа')],
  ['mute', 'ru', { orders: ['не_следить', 'не_следи', 'не_следите', 'заглушить', 'заглуши', 'заглушите'], others: [] }],
  ['mute', 'ru', { orders: ['не_уведомлять_меня', 'не_уведомляйте_меня', 'не_уведомляй_меня'], others: [] }],
  [
    'mute',
    'tr',
    {
      orders: ['takip_etme', 'takip_etmeyin', 'takip_etmek_istemiyorum', 'takibi_birak', 'takibi_birakin'],
      others: [],
    },
  ],
  ['mute', 'en', { orders: ['do_not_notify_me', 'don_t_notify_me', 'dont_notify_me'], others: [] }],
  [
    'approve',
    'ru',
    russianVerb(
      'утвердить утверди утвердите утверждаю утверждаем одобрить одобри одобрите',
      'утверд утвержд утвержда одобр одобря',
    ),
  ],
  ['reject', 'ru', russianVerb('отклонить отклони отклоните отклоняю отклоняем', 'отклон отклоня')],
  ['start', 'ru', russianVerb('начать начни начните начинаю начинаем взять_в_работу', 'начн* нача начина')],
  ['start', 'ru', russianVerb('рассмотреть рассмотри рассмотрите рассматриваю', 'рассмотр рассматрива')],
  ['request', 'ru', russianVerb('запросить запроси запросите запрашиваю', 'запрос запрашива')],
  [
    'assign',
    'ru',
    russianVerb(
      'назначить назначь назначьте назначаю переназначить переназначь переназначьте передать',
      'назнач назнача переназнач',
    ),
  ],
  [
    'upload',
    'ru',
    russianVerb(
      'загрузить загрузи загрузите загружаю прикрепить прикрепи прикрепите приложить',
      'загруз загружа прикреп прилож',
    ),
  ],
  ['add', 'ru', russianVerb('добавить добавь добавьте добавляю', 'добав добавл добавля')],
  [
    'edit',
    'ru',
    russianVerb(
      'изменить измени измените изменяю редактировать отредактировать исправить исправьте поправить',
      'измен изменя редактиру',
    ),
  ],
  ['discard', 'ru', russianVerb('удалить удали удалите', 'удал удаля')],
];

const all: readonly Entry[] = [
  ...entries,
  ...Object.entries(LANGUAGE_NAMES).map(([language, names]): Entry => ['tongue', language as Language, names]),
  ...verbs.flatMap(([tag, language, { orders, others }]): readonly Entry[] => [
    [tag, language, orders],
    ['told', language, others.filter((form) => !orders.includes(form))],
  ]),
];

/** What one word, or several words together, can mean. */
export interface Known {
  readonly tags: ReadonlySet<Tag>;
  readonly languages: ReadonlySet<Language>;
}

/** Every known row of words, folded and joined by single spaces. */
export const VOCABULARY: ReadonlyMap<string, Known> = vocabularyOf(all);

/** The longest row of words that has a meaning together. */
export const MAX_ROW = Math.max(...Array.from(VOCABULARY.keys(), (row) => row.split(' ').length));

function vocabularyOf(list: readonly Entry[]): ReadonlyMap<string, Known> {
  const found = new Map<string, { readonly tags: Set<Tag>; readonly languages: Set<Language> }>();
  for (const [tag, language, words] of list)
    for (const one of typeof words === 'string' ? words.split(' ') : words) {
      const row = fold(one).replaceAll('_', ' ');
      const known = found.get(row) ?? { tags: new Set(), languages: new Set() };
      known.tags.add(tag);
      known.languages.add(language);
      found.set(row, known);
    }
  return found;
}
