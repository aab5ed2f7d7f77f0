/**
 * What people may type, by what they mean: one meaning a line, its sentences behind it, separated by `|`. `#` stands
 * for CPOR-7F3K9Q. `~ACT` marks what must do nothing: such a sentence means the claim's status.
 */
import type { Language } from '../../../src/locales/say.ts';

/** The meaning of a sentence, as the test names what was understood. */
export const PHRASES: Readonly<Record<Language, string>> = {
  en: `
status #: where does # stand? | how is # doing | any updates regarding #? | tell me the state of # please | is # approved? | has anyone reviewed # yet? | when will # be decided | # ? | hello, what is the status of # | staus of # | please check #
status: whats up with my claim | how is my claim doing? | what's new? | any news on my claim? | has my claim been approved yet | could you please tell me the status of my claim | state of our claims | my claim please | status?? | what about our claim
history #: log of # please | who changed # | what has changed in # | show me the journal for # | # timeline | changes on # | histroy of #
comment #: comment on #: TEXT | please add a note to #: TEXT | # comment: TEXT | post a comment on # TEXT | respond to #: TEXT | comnent # TEXT | note for #: TEXT
submit #: please submit # now | i want to submit # | can you submit # please | # submit | send # for review | kindly submit claim # | submti # | we submit # | hi, submit # please | would you please send #
resubmit #: resubmit claim # | submit # again please | re-submit # | send # again | all fixed, please resubmit # | # resubmit, we added the documents | resumbit #
withdraw #: please withdraw # | i'd like to withdraw # | retract # | could you cancel # please | take back # | withdarw # | # withdraw please
dispute #: dispute # | i want to contest # | appeal the decision on # | we object to the rejection of # | we do not agree with the decision on # | we dispute #
follow #: follow # please | notify me about # | keep me informed about # | subscribe to # | turn on notifications for # | watch claim #
mute #: mute # | stop following # | disable notifications for # | unsubscribe from # | please stop notifications for #
list claims: my claims please | list my claims | show our claims | which claims do i have? | all open claims | claisms
list queue: show the queue | what is waiting for review? | queue please | review backlog
list mine: my reviews please | what is assigned to me? | show my queue | claims assigned to me please
list overdue: what's late? | show overdue claims | overdue please | which claims are overdue?
new: new claim please | file a new claim | i'd like to open a new claim | how can i create a claim? | start a claim for me
help: hey | good morning | hello desk | how do you work? | help please | show the menu | could you help me | what can i do?
language ru: speak russian | please write to me in russian | change language to russian
language tr: switch the language to turkish | turkish please
enrol partner: register a partner please | enrol a new partner organisation
enrol contact: add a customer contact | register a contact
channel review: please use this channel for reviews
card approve #: please approve # | # approve | i approve # | aprove #
card reject #: reject # please | reject # because of missing dates
card start #: start the review of # | begin reviewing #
card reassign #: reassign # to Rita | please assign # to Arun
card addPoe #: add files to # | upload documents for # | attach evidence to #
card request #: request more information for #
card edit #: edit claim # | change #
deny #: we decline # | i object to # | we do not consent to # | no, we don't agree with # | we do not agree with # because they stopped working for us
deny: we object | no, we do not consent | i disagree | they are not our partner | we refuse | we never agreed to this | we won't accept this
agree #: we agree to # | i accept #
needs submit: submit the claim | i want to submit my claim
needs withdraw: cancel my claim please | please withdraw the claim
needs approve: approve this | please approve
needs reject: reject this claim
needs dispute: i want to dispute the decision
talk: thx | thank you very much! | great, thanks | ok thanks | perfect | got it | alright
status #~ACT: do not submit # | please don't withdraw # | never resubmit # | can i submit #? | may we withdraw #? | should we dispute #? | shall i submit # | how do i submit # | we will withdraw # tomorrow | he submitted # | they withdrew # yesterday | # was submitted by mistake | who can approve #? | if needed, submit # | submit # tomorrow | i did not submit # | why withdraw #? | the partner wants to withdraw # | not submit # | submitted # | Lena will approve # later | do we need to resubmit #? | submit # with Bob`,
  ru: `
status #: что с # | как там # | есть ли новости по #? | скажите статус # пожалуйста | # одобрена? | когда решат по #? | на какой стадии # | # ? | привет, какой статус у # | стаус # | кто занимается #
status: что нового? | что там с моей заявкой? | какой статус у моей заявки | подскажите, что с нашей заявкой | статус моих заявок | моя заявка | есть ли новости? | мою заявку уже рассмотрели? | когда рассмотрят мою заявку | status zayavki | ыефегы
history #: история # | журнал по # | что произошло с # | покажите изменения # | кто изменил # | хронология # | истроия # | istoriya #
comment #: комментарий к #: TEXT | # комментарий: TEXT | прошу добавить комментарий к #: TEXT | оставьте комментарий к # TEXT | примечание к #: TEXT | ответ по #: TEXT | комментрий # TEXT
submit #: отправьте # | прошу отправить # | # отправить | хочу отправить # на проверку | отправьте пожалуйста заявку # | подаю # | отправляем # | отправьет # | otpravit # | здравствуйте, отправьте # | отправить # на рассмотрение, пожалуйста
resubmit #: отправьте снова # | # отправить повторно | еще раз отправьте # | повторно подать # | мы ответили, прошу отправить # повторно | отправьте заново #
withdraw #: отзовите # | отзываем # | прошу отменить # | хочу отозвать # | отмените заявку # | # отозвать | отозвтаь #
dispute #: оспорьте # | хотим оспорить # | обжаловать решение по # | не согласны с решением по # | оспариваю отказ # | опротестовать #
follow #: следите за # | хочу следить за # | подписаться на # | держите меня в курсе по # | включите уведомления по #
mute #: не следить за # | отпишите меня от # | выключить уведомления по # | не уведомляйте меня о # | отписка от #
list claims: мои заявки пожалуйста | список моих заявок | какие есть заявки? | покажи наши заявки | мои заявки на рассмотрении | vse zayavki | vjb pfzdrb
list queue: покажи очередь | что ожидает рассмотрения? | очередь пожалуйста
list mine: что назначено мне? | покажи мою очередь
list overdue: просрочка | какие заявки просрочены? | покажите просроченные
new: новая заявка пожалуйста | прошу создать заявку | хотим завести новую заявку | как создать заявку? | оформить заявку
help: здравствуйте | добрый день! | помощь | что вы можете? | мне нужна помощь | покажи команды
language en: говори по-английски | переключись на английский пожалуйста | давайте на английском
language tr: язык турецкий | пиши на турецком
enrol partner: зарегистрируйте партнера | добавьте нового партнера
enrol staff: зарегистрируй рецензента
enrol contact: добавить контактное лицо клиента
channel review: используйте этот канал для рассмотрения
card approve #: утвердите # | одобрить # | # утвердить пожалуйста | утверждаю #
card reject #: отклоните # | прошу отклонить # | отклоняю # из-за дат
card start #: начните рассмотрение # | начинаю рассмотрение #
card reassign #: переназначить # на Риту | назначьте # на Аруна
card addPoe #: добавить файлы к # | загрузите документы в # | прикрепить файл к #
card request #: запросить информацию по #
card edit #: измените # | отредактировать #
deny #: возражаем против # | мы не даем согласия на # | не согласна с # | отказываем в согласии # | мы не согласны с # потому что этот партнер у нас больше не работает
deny: мы возражаем | нет, мы не согласны | я не согласен | они не наш партнер | мы отказываемся | мы не давали согласия | не принимаем
agree #: согласны # | даем согласие на #
needs submit: отправьте мою заявку | хочу отправить заявку
needs withdraw: отмените мою заявку | прошу отозвать заявку
needs approve: утвердите | одобрить
needs reject: отклоните заявку
needs dispute: хочу оспорить решение
talk: благодарю | спасибо вам большое | хорошо, спасибо | понял | отлично | ладно | до свидания
status #~ACT: не отправляй # | пожалуйста, не отзывайте # | не надо отправлять # | можно отправить #? | можем ли мы отозвать #? | стоит ли оспорить #? | как отправить # | отправить ли # | мы отзовем # завтра | он отправил # | они отозвали # вчера | # отправлена по ошибке | кто может утвердить #? | если нужно, отправьте # | отправьте # завтра | я не отправлял # | зачем отзывать #? | партнер хочет отозвать # | отправлю # | отправит # | никогда не отправляйте # | неотправляйте # | будем оспаривать # | отправьте # вместе с Борисом`,
  tr: `
status #: # ne durumda? | # hakkında haber var mı | # için durum nedir | lütfen # durumunu göster | # onaylandı mı | # ne zaman karara bağlanır | # hangi aşamada? | # ? | merhaba, # durumu nedir | duurm # | #'nin durumu
status: başvurum ne durumda? | talebim hakkında haber var mı? | taleplerim ne durumda | talebimin durumu nedir | durumum nedir | talebim ne oldu | son durum nedir | talebim onaylandı mı? | başvurumun durumu | yeni gelişme var mı
history #: # tarihçesi | # günlüğünü göster | #'de neler değişti | # değişiklikleri | #'nin geçmişini göster lütfen | kim değiştirdi # | geçmşi #
comment #: #'e yorum ekle: TEXT | # yorum: TEXT | yorum yaz # TEXT | # için not: TEXT | lütfen # talebine yorum yaz: TEXT | # yanıt: TEXT | not ekle # TEXT
submit #: #'yi gönder lütfen | lütfen # gönder | #'yu gönderin | # talebimi gönder | #'yi göndermek istiyoruz | gönderiyorum # | #'yu incelemeye gönderir misiniz | gonderin # | göner # | merhaba # gönder | #nu gönder
resubmit #: #'yu yeniden gönderin | tekrar gönder # lütfen | #'yi tekrar göndermek istiyorum | eksikleri giderdik, # tekrar gönder | bir daha gönder # | # yeniden gonder
withdraw #: # geri çekin | #'yi geri alın | talebimi geri çek # | #'yu iptal et | # iptal etmek istiyorum | geri çekiyorum # | vazgeçiyorum #
dispute #: # itiraz ediyorum | #'ya itiraz etmek istiyorum | # kararına itiraz ediyoruz | itiraz # | #'nin reddini kabul etmiyoruz
follow #: # takip edin | #'yi takip etmek istiyorum | # hakkında bana haber ver | # bildirimleri aç | beni # hakkında bilgilendirin
mute #: # sustur | # sessize al | # takip etme | # bildirimleri kapatın | #'yi takipten çık
list claims: taleplerim | talepleri listele | tüm taleplerimi göster lütfen | hangi başvurularım var | açık taleplerim | başvurularımı göster
list queue: kuyruğu göster | inceleme bekleyen talepler | sırada ne var?
list mine: bana atananları göster | bana atanan talepler lütfen | üzerimde ne var
list overdue: gecikenleri göster | gecikmiş talepler var mı?
new: yeni talep lütfen | yeni bir talep açmak istiyorum | talep oluşturmak istiyoruz | yeni başvuru yapmak istiyorum
help: selam | günaydın | merhaba! | yardım eder misin | bana yardım et | ne yapabilirsiniz?
language en: İngilizceye geç | dili İngilizce yap | ingilizce yaz lütfen
language ru: Rusça konuş | rusçaya çevir lütfen
enrol partner: yeni ortak ekle | iş ortağını kaydedin
enrol staff: yeni incelemeci ekle
enrol contact: müşteri ilgili kişisi ekle
channel review: bu kanalı incelemeler için kullanın
card approve #: # onayla | onaylıyorum # | lütfen #'yu onaylayın
card reject #: # reddedin | #'yi reddet lütfen
card start #: # incelemeyi başlat | # gözden geçirmeye başla
card reassign #: #'yu Rita'ya ata | # Arun'a atayın
card addPoe #: # belge ekle | #'ye kanıt yükle | # için dosyaları yükle
card request #: # için bilgi iste
card edit #: # düzenlemek istiyorum | # değiştir
deny #: # için rıza vermiyorum | #'yu kabul etmiyoruz | # reddediyoruz | hayır, # kabul etmiyoruz | # kabul etmiyoruz çünkü bu firma artık bizimle çalışmıyor
deny: hayır, kabul etmiyoruz | rıza vermiyoruz | buna karşıyız | onaylamıyoruz | iş ortağımız değil | kabul etmeyeceğiz
agree #: # kabul ediyoruz | # için rıza veriyorum
needs submit: talebi gönder | başvurumu göndermek istiyorum
needs withdraw: başvurumu iptal et | talebimi geri çekmek istiyorum
needs approve: onaylayın
needs reject: bu talebi reddet
needs dispute: karara itiraz etmek istiyorum
talk: çok sağ ol | teşekkür ederim | tamam teşekkürler | harika | anladım | peki
status #~ACT: #'yi gönderme | lütfen # gönderme | #'yu geri çekmeyin | # göndermeyin | # göndereyim mi | #'yi geri çekebilir miyim? | # gönderilsin mi | # nasıl gönderilir | # yarın gönderilecek | # gönderdi | #'yu dün geri çektiler | # yanlışlıkla gönderildi | #'yi kim onaylar? | gerekirse # gönder | # yarın gönder | #'yi göndermedim | neden # geri çekelim | ortak # geri çekmek istiyor | # göndersek mi | gönderm # | # göndermek istemiyorum | itiraz etmeyin # | # iptal etme | Lena # onaylayacak`,
};
