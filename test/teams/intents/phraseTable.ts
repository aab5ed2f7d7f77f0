/**
 * What people may type, by what they mean: one meaning a line, its sentences behind it, separated by `|`. `#` stands
 * for CPOR-7F3K9Q. `~ACT` marks what must do nothing: such a sentence means the claim's status.
 */
import type { Language } from '../../../src/locales/say.ts';

/** The meaning of a sentence, as the test names what was understood. */
export const PHRASES: Readonly<Record<Language, string>> = {
  en: `
status #: where does # stand? | how is # doing | any updates regarding #? | tell me the state of # please | is # approved? | has anyone reviewed # yet? | when will # be decided | # ? | hello, what is the status of # | staus of # | please check # | i don't want to submit # | do you think we should withdraw #? | i was going to submit # | please do not cancel # | you should submit # | who submitted #? | can't submit # | unable to withdraw # | wait, don't withdraw # | stop # | anna withdraws # | we might dispute # | not going to dispute # | dont mute # | # what's up | is anything happening with #? | don’t approve # | should we approve #? | we'll resubmit # next week | i already submitted # | # has been withdrawn | we withdrew # | submit # when ready
status: whats up with my claim | how is my claim doing? | what's new? | any news on my claim? | has my claim been approved yet | could you please tell me the status of my claim | state of our claims | my claim please | status?? | what about our claim | where is my claim | how's it going with my claim | did you review my claim? | is my claim done | claim status | my claim status | status of claim | what's going on? | any progress? | update? | news? | how far is my claim | where's our claim at | did anything change with my claim? | hello! any update on our claim please?
history #: log of # please | who changed # | what has changed in # | show me the journal for # | # timeline | changes on # | histroy of # | list all events for # | show activity for # | who did what on # | changelog for #
comment #: comment on #: TEXT | please add a note to #: TEXT | # comment: TEXT | post a comment on # TEXT | respond to #: TEXT | comnent # TEXT | note for #: TEXT | message for #: TEXT | tell # : TEXT | #'ya not: TEXT | add comment # TEXT | please comment on # TEXT | # - comment: TEXT | comment for claim #: TEXT | # please comment: TEXT | comment to #: TEXT | please add this comment to #: TEXT
submit #: please submit # now | i want to submit # | can you submit # please | # submit | send # for review | kindly submit claim # | submti # | we submit # | hi, submit # please | would you please send # | hand in # | send in # | i submit # | could you submit # please | Submit, please, # | I would like to send # for review | go ahead and submit # | please can you submit # | SUBMIT # | claim # submit | hello desk, please submit claim # for review, thank you
resubmit #: resubmit claim # | submit # again please | re-submit # | send # again | all fixed, please resubmit # | # resubmit, we added the documents | resumbit # | submit # one more time | please send # again for review | we fixed it, resubmit #
withdraw #: please withdraw # | i'd like to withdraw # | retract # | could you cancel # please | take back # | withdarw # | # withdraw please | recall # | please take # back | i would like to cancel # | pull # back | I wish to withdraw # | please retract claim # | could you please withdraw # | withdrawing #
dispute #: dispute # | i want to contest # | appeal the decision on # | we object to the rejection of # | we do not agree with the decision on # | we dispute # | appeal # | i contest # | i don't accept the rejection of # | we don't agree with the rejection of # | we'd like to dispute # | we do not accept the decision on # | i'm contesting # | hello, please dispute #
follow #: follow # please | notify me about # | keep me informed about # | subscribe to # | turn on notifications for # | watch claim # | let me know about # | send me updates on # | keep me up to date on # | start following #
mute #: mute # | stop following # | disable notifications for # | unsubscribe from # | please stop notifications for # | no more updates on # | silence # | stop sending me updates on # | don't notify me about #
list claims: my claims please | list my claims | show our claims | which claims do i have? | all open claims | claisms | claims list | list claims | what did i file | my applications | show me what i have | open claims | what are my claims | can you show my claims? | show all claims please | what are our claims? | do i have any claims
list queue: show the queue | what is waiting for review? | queue please | review backlog | what's waiting | pending reviews | unreviewed claims | claims to review | what is pending
list mine: my reviews please | what is assigned to me? | show my queue | claims assigned to me please | my tasks | my assigned claims | assigned claims | what's on my desk
list overdue: what's late? | show overdue claims | overdue please | which claims are overdue? | late claims | which ones are late | missed deadlines | past deadline
new: new claim please | file a new claim | i'd like to open a new claim | how can i create a claim? | start a claim for me | submit a new claim | begin a new claim | i'd like to register a claim | claim form | new application | how to create a claim
help: hey | good morning | hello desk | how do you work? | help please | show the menu | could you help me | what can i do? | what can this bot do | commands? | how to use this | guide | hey there | help me please | what do you do | hi! | hello? | good afternoon | can you help me
language ru: speak russian | please write to me in russian | change language to russian
language tr: switch the language to turkish | turkish please
enrol partner: register a partner please | enrol a new partner organisation
enrol contact: add a customer contact | register a contact
channel review: please use this channel for reviews
card approve #: please approve # | # approve | i approve # | aprove # | please approve # today | i want to approve #
card reject #: reject # please | reject # because of missing dates | turn down #
card start #: start the review of # | begin reviewing # | start reviewing # | pick up # | take # for review | begin #
card reassign #: reassign # to Rita | please assign # to Arun | assign # to me
card addPoe #: add files to # | upload documents for # | attach evidence to # | attach a file to # | upload the contract to #
card request #: request more information for # | request info on # | ask for more information on #
card edit #: edit claim # | change # | edit # | modify # | update #
deny #: we decline # | i object to # | we do not consent to # | no, we don't agree with # | we do not agree with # because they stopped working for us | regarding #: we do not consent | # – we object | we deny #
deny: we object | no, we do not consent | i disagree | they are not our partner | we refuse | we never agreed to this | we won't accept this | we are not giving consent | i do not consent to this | we don't want this partner | this partner is unknown to us | i refuse to consent | we reject this partner | we do not work with this partner | nope, we don't agree | no we dont agree | we dont consent | We do NOT consent. | please deny consent | no, this is not our partner | we object to this association
agree #: we agree to # | i accept # | yes, we agree to # | we have no objection to # | we do not object to #
needs submit: submit the claim | i want to submit my claim | please submit
needs withdraw: cancel my claim please | please withdraw the claim | i want to cancel | i'd like to withdraw the claim
needs approve: approve this | please approve | please approve it
needs reject: reject this claim
needs dispute: i want to dispute the decision
talk: thx | thank you very much! | great, thanks | ok thanks | perfect | got it | alright | cheers | cool | okay thanks | thank you! | great job | bye | good night | Thank you! | Thanks for the update | ok, great | thanks, that's all | perfect, thank you so much
status #~ACT: do not submit # | please don't withdraw # | never resubmit # | can i submit #? | may we withdraw #? | should we dispute #? | shall i submit # | how do i submit # | we will withdraw # tomorrow | he submitted # | they withdrew # yesterday | # was submitted by mistake | who can approve #? | if needed, submit # | submit # tomorrow | i did not submit # | why withdraw #? | the partner wants to withdraw # | not submit # | submitted # | Lena will approve # later | do we need to resubmit #? | submit # with Bob
language en: English please | can you speak English | use english
enrol staff: register new reviewer
needs resubmit: resubmit my claim
needs start: start review`,
  ru: `
status #: что с # | как там # | есть ли новости по #? | скажите статус # пожалуйста | # одобрена? | когда решат по #? | на какой стадии # | # ? | привет, какой статус у # | стаус # | кто занимается # | не хочу отправлять # | мы хотели отправить # | надо ли отправлять # | отправлено ли # | вы отправили #? | ты отправишь #? | отозвал # | мы не будем оспаривать # | чем закончилось с # | # в работе? | скоро ли решат # | мы уже отправили # | # пока не отправлять | отправлять # не нужно | не забудьте отправить # | можно отозвать # ? | прошу не отзывать #
status: что нового? | что там с моей заявкой? | какой статус у моей заявки | подскажите, что с нашей заявкой | статус моих заявок | моя заявка | есть ли новости? | мою заявку уже рассмотрели? | когда рассмотрят мою заявку | status zayavki | ыефегы | как моя заявка? | что слышно? | где моя заявка | моя заявка готова? | как там заявка | на каком этапе моя заявка | есть обновления? | статус заявки | чё с заявкой | что там у меня с заявкой | ну что с моей заявкой | мне бы статус заявки
history #: история # | журнал по # | что произошло с # | покажите изменения # | кто изменил # | хронология # | истроия # | istoriya # | # что было | кто что делал с # | полная история # | все действия по # | лог #
comment #: комментарий к #: TEXT | # комментарий: TEXT | прошу добавить комментарий к #: TEXT | оставьте комментарий к # TEXT | примечание к #: TEXT | ответ по #: TEXT | комментрий # TEXT | пишу по #: TEXT | комментарий для #: TEXT | # примечание: TEXT | добавь в # комментарий: TEXT | прокомментируйте #: TEXT | добавьте примечание к #: TEXT
submit #: отправьте # | прошу отправить # | # отправить | хочу отправить # на проверку | отправьте пожалуйста заявку # | подаю # | отправляем # | отправьет # | otpravit # | здравствуйте, отправьте # | отправить # на рассмотрение, пожалуйста | направьте # на рассмотрение | прошу подать # | отправьте, пожалуйста, # | Здравствуйте! Прошу подать # | отправь # спасибо
resubmit #: отправьте снова # | # отправить повторно | еще раз отправьте # | повторно подать # | мы ответили, прошу отправить # повторно | отправьте заново # | подать # снова | вновь отправить # | заново подаю #
withdraw #: отзовите # | отзываем # | прошу отменить # | хочу отозвать # | отмените заявку # | # отозвать | отозвтаь # | снимите заявку # | прошу аннулировать # | отмена # | хотел бы отозвать # | хотелось бы отменить # | будьте добры, отзовите #
dispute #: оспорьте # | хотим оспорить # | обжаловать решение по # | не согласны с решением по # | оспариваю отказ # | опротестовать # | подать апелляцию по # | обжалую # | оспорить отказ по # | оспариваем отклонение # | прошу оспорить # | подаем спор по #
follow #: следите за # | хочу следить за # | подписаться на # | держите меня в курсе по # | включите уведомления по # | сообщайте мне о # | хочу получать уведомления по # | следи за # | оповещайте меня о #
mute #: не следить за # | отпишите меня от # | выключить уведомления по # | не уведомляйте меня о # | отписка от # | не присылайте уведомления по # | отключи уведомления о # | выключи оповещения #
list claims: мои заявки пожалуйста | список моих заявок | какие есть заявки? | покажи наши заявки | мои заявки на рассмотрении | vse zayavki | vjb pfzdrb | мои обращения | список заявок | все мои заявки | покажи заявки | какие заявки у нас есть
list queue: покажи очередь | что ожидает рассмотрения? | очередь пожалуйста | что на рассмотрении | нерассмотренные заявки
list mine: что назначено мне? | покажи мою очередь | мои задачи | что мне назначено | назначено на меня
list overdue: просрочка | какие заявки просрочены? | покажите просроченные | просрочки | есть просроченные?
new: новая заявка пожалуйста | прошу создать заявку | хотим завести новую заявку | как создать заявку? | оформить заявку | хочу оформить заявку | новое обращение | заполнить заявку | как создать заявку
help: здравствуйте | добрый день! | помощь | что вы можете? | мне нужна помощь | покажи команды | хелп | как пользоваться ботом | список команд | что умеешь делать? | доброе утро | помоги мне
language en: говори по-английски | переключись на английский пожалуйста | давайте на английском | хочу на английском | давай на английском | по английски
language tr: язык турецкий | пиши на турецком
enrol partner: зарегистрируйте партнера | добавьте нового партнера
enrol staff: зарегистрируй рецензента | добавить сотрудника
enrol contact: добавить контактное лицо клиента
channel review: используйте этот канал для рассмотрения | этот канал для рассмотрения
card approve #: утвердите # | одобрить # | # утвердить пожалуйста | утверждаю # | утверждаем # | одобряю #
card reject #: отклоните # | прошу отклонить # | отклоняю # из-за дат | отклонить # из-за старых дат
card start #: начните рассмотрение # | начинаю рассмотрение # | взять # в работу | приступить к рассмотрению #
card reassign #: переназначить # на Риту | назначьте # на Аруна | передать # Лене | переназначьте # на Лену
card addPoe #: добавить файлы к # | загрузите документы в # | прикрепить файл к # | приложить документ к #
card request #: запросить информацию по # | запросите дополнительные сведения по #
card edit #: измените # | отредактировать # | редактировать # | правка #
deny #: возражаем против # | мы не даем согласия на # | не согласна с # | отказываем в согласии # | мы не согласны с # потому что этот партнер у нас больше не работает | по # мы возражаем | не согласны с #, это не наш партнер
deny: мы возражаем | нет, мы не согласны | я не согласен | они не наш партнер | мы отказываемся | мы не давали согласия | не принимаем | не даю согласия | мы не принимаем этого партнера | мы против | отказ | мы не работаем с этим партнером | не согласны! | нет, мы против | мы отказываем в согласии! | это не наш партнёр, мы не согласны
agree #: согласны # | даем согласие на # | мы не против # | не возражаем против # | мы согласны с #
needs submit: отправьте мою заявку | хочу отправить заявку
needs withdraw: отмените мою заявку | прошу отозвать заявку | отзываю
needs approve: утвердите | одобрить
needs reject: отклоните заявку
needs dispute: хочу оспорить решение
talk: благодарю | спасибо вам большое | хорошо, спасибо | понял | отлично | ладно | до свидания | ты супер | спс | окей | пока | тебе спасибо | спасибо за помощь | всё понятно, спасибо | хорошего дня
status #~ACT: не отправляй # | пожалуйста, не отзывайте # | не надо отправлять # | можно отправить #? | можем ли мы отозвать #? | стоит ли оспорить #? | как отправить # | отправить ли # | мы отзовем # завтра | он отправил # | они отозвали # вчера | # отправлена по ошибке | кто может утвердить #? | если нужно, отправьте # | отправьте # завтра | я не отправлял # | зачем отзывать #? | партнер хочет отозвать # | отправлю # | отправит # | никогда не отправляйте # | неотправляйте # | будем оспаривать # | отправьте # вместе с Борисом
language ru: русский | давай по-русски | по-русски пожалуйста
enrol customer: зарегистрировать клиента | добавь нового клиента
enrol member: добавить участника
channel mpn:1234567: канал для MPN 1234567
needs resubmit: отправить повторно
needs start: начать рассмотрение`,
  tr: `
status #: # ne durumda? | # hakkında haber var mı | # için durum nedir | lütfen # durumunu göster | # onaylandı mı | # ne zaman karara bağlanır | # hangi aşamada? | # ? | merhaba, # durumu nedir | duurm # | #'nin durumu | # göndermek istemiyoruz | # göndermeyi unuttum | # gönderilmesin | # gönderdiniz mi | hiç gönderme # | #'den haber var mı | # bitti mi | #de son durum | #'yi sakın gönderme | # gönderilmedi mi | #'yu geri çekmemeliyiz | #'yi gönderebilir miyiz | gönderilecek # | #'nin gönderilmesi lazım | # onaylanmadı
status: başvurum ne durumda? | talebim hakkında haber var mı? | taleplerim ne durumda | talebimin durumu nedir | durumum nedir | talebim ne oldu | son durum nedir | talebim onaylandı mı? | başvurumun durumu | yeni gelişme var mı | talebim nerede? | talebime ne oldu | haber var mı | başvurum onaylandı mı | durum nedir acaba | gelişme? | talep durumu | talebim hâlâ bekliyor mu | başvurumuz ne alemde | talebimin son durumunu öğrenebilir miyim | bizim talep ne oldu
history #: # tarihçesi | # günlüğünü göster | #'de neler değişti | # değişiklikleri | #'nin geçmişini göster lütfen | kim değiştirdi # | geçmşi # | # ile ilgili neler yapıldı | #'nin kayıtlarını göster | # logu | # değişiklik geçmişi | # hareketleri
comment #: #'e yorum ekle: TEXT | # yorum: TEXT | yorum yaz # TEXT | # için not: TEXT | lütfen # talebine yorum yaz: TEXT | # yanıt: TEXT | not ekle # TEXT | # için yorumum: TEXT | # not ekle TEXT | # için yorum ekleyin: TEXT
submit #: #'yi gönder lütfen | lütfen # gönder | #'yu gönderin | # talebimi gönder | #'yi göndermek istiyoruz | gönderiyorum # | #'yu incelemeye gönderir misiniz | gonderin # | göner # | merhaba # gönder | #nu gönder | # sunmak istiyorum | # onaya gönder | gonder # | lütfen #'yu gönderebilir misiniz | # talebini gönderin lütfen
resubmit #: #'yu yeniden gönderin | tekrar gönder # lütfen | #'yi tekrar göndermek istiyorum | eksikleri giderdik, # tekrar gönder | bir daha gönder # | # yeniden gonder | # tekrar gönderin | tekrar gonder #
withdraw #: # geri çekin | #'yi geri alın | talebimi geri çek # | #'yu iptal et | # iptal etmek istiyorum | geri çekiyorum # | vazgeçiyorum # | # talebini iptal edin | # geri çekilmesini rica ediyorum | # geri almak istiyoruz | lütfen # talebimi geri çekin | #'yi geri çekmek isteriz
dispute #: # itiraz ediyorum | #'ya itiraz etmek istiyorum | # kararına itiraz ediyoruz | itiraz # | #'nin reddini kabul etmiyoruz | # red kararına itiraz ediyorum | ret kararına itiraz # | # için itiraz etmek istiyoruz | #'nun reddine itirazım var
follow #: # takip edin | #'yi takip etmek istiyorum | # hakkında bana haber ver | # bildirimleri aç | beni # hakkında bilgilendirin | # haberlerini gönder | # için bildirim almak istiyorum | # takibe al
mute #: # sustur | # sessize al | # takip etme | # bildirimleri kapatın | #'yi takipten çık | # bildirimlerini sustur | # takibi bırak | # için bildirim istemiyorum | # takipten çıkmak istiyorum
list claims: taleplerim | talepleri listele | tüm taleplerimi göster lütfen | hangi başvurularım var | açık taleplerim | başvurularımı göster | talep listem | tüm başvurular | ne taleplerim var | bütün taleplerimi listele | açık talepleri göster | bizim talepler
list queue: kuyruğu göster | inceleme bekleyen talepler | sırada ne var? | bekleyen talepler | incelenecekler | kuyrukta neler var | bekleyenler | kuyruk lütfen
list mine: bana atananları göster | bana atanan talepler lütfen | üzerimde ne var | bana atanmış | üzerimdekiler
list overdue: gecikenleri göster | gecikmiş talepler var mı? | süresi dolanlar | gecikmeler | neler gecikti | vadesi geçenler
new: yeni talep lütfen | yeni bir talep açmak istiyorum | talep oluşturmak istiyoruz | yeni başvuru yapmak istiyorum | yeni bir başvuru | başvuru yapmak istiyorum | talep girmek istiyorum | başvuru oluştur | nasıl başvuru yapabilirim
help: selam | günaydın | merhaba! | yardım eder misin | bana yardım et | ne yapabilirsiniz? | nasıl çalışıyor | komut listesi | bu bot ne yapar | iyi günler | yardım istiyorum | merhabalar | yardım alabilir miyim
language en: İngilizceye geç | dili İngilizce yap | ingilizce yaz lütfen | ingilizce lütfen | dil ingilizce
language ru: Rusça konuş | rusçaya çevir lütfen | rusça yaz | Rusça olarak yaz
enrol partner: yeni ortak ekle | iş ortağını kaydedin
enrol staff: yeni incelemeci ekle | incelemeci kaydet
enrol contact: müşteri ilgili kişisi ekle
channel review: bu kanalı incelemeler için kullanın | bu kanal inceleme için
card approve #: # onayla | onaylıyorum # | lütfen #'yu onaylayın | #'ye onay ver
card reject #: # reddedin | #'yi reddet lütfen
card start #: # incelemeyi başlat | # gözden geçirmeye başla | #'yi incelemeye al | # incele
card reassign #: #'yu Rita'ya ata | # Arun'a atayın | #'yi Lena'ya devret
card addPoe #: # belge ekle | #'ye kanıt yükle | # için dosyaları yükle | # dosyaları ekle | #'ye belge yükle
card request #: # için bilgi iste | # için ek bilgi iste
card edit #: # düzenlemek istiyorum | # değiştir | # güncelle
deny #: # için rıza vermiyorum | #'yu kabul etmiyoruz | # reddediyoruz | hayır, # kabul etmiyoruz | # kabul etmiyoruz çünkü bu firma artık bizimle çalışmıyor | # konusunda rıza vermiyoruz | #'ya karşıyız
deny: hayır, kabul etmiyoruz | rıza vermiyoruz | buna karşıyız | onaylamıyoruz | iş ortağımız değil | kabul etmeyeceğiz | hayır, onaylamıyoruz | biz bunu kabul etmiyoruz | bu firma ortağımız değil | biz bu firmayla çalışmıyoruz | razı değiliz | rıza yok | kesinlikle kabul etmiyoruz | bu ortağı istemiyoruz
agree #: # kabul ediyoruz | # için rıza veriyorum | # için itirazımız yok | #'ya karşı değiliz | #'yu kabul ediyorum
needs submit: talebi gönder | başvurumu göndermek istiyorum | gönder lütfen
needs withdraw: başvurumu iptal et | talebimi geri çekmek istiyorum | geri çek lütfen
needs approve: onaylayın | onaylamak istiyorum
needs reject: bu talebi reddet
needs dispute: karara itiraz etmek istiyorum
talk: çok sağ ol | teşekkür ederim | tamam teşekkürler | harika | anladım | peki | sağolun | tmm | süper, teşekkürler | eyvallah | görüşürüz | çok teşekkür ederim | anladım, sağ ol | iyi günler dilerim
status #~ACT: #'yi gönderme | lütfen # gönderme | #'yu geri çekmeyin | # göndermeyin | # göndereyim mi | #'yi geri çekebilir miyim? | # gönderilsin mi | # nasıl gönderilir | # yarın gönderilecek | # gönderdi | #'yu dün geri çektiler | # yanlışlıkla gönderildi | #'yi kim onaylar? | gerekirse # gönder | # yarın gönder | #'yi göndermedim | neden # geri çekelim | ortak # geri çekmek istiyor | # göndersek mi | gönderm # | # göndermek istemiyorum | itiraz etmeyin # | # iptal etme | Lena # onaylayacak
enrol customer: müşteri ekle | yeni müşteri kaydet
enrol member: üye ekle
channel mpn:1234567: bu kanalı 1234567 numaralı ortak için kullan
needs resubmit: talebimi yeniden gönder`,
};
