/** How the desk says that the history of a claim is broken, in its three languages (R55). */

/** To who asks for the claim. */
export const ON_HOLD = [
  /^The history of CPOR-\w{6} was changed outside the claims desk/,
  /^Журнал заявки CPOR-\w{6} был изменен/,
  /^CPOR-\w{6} talebinin geçmişi sistem dışında değiştirilmiş/,
] as const;
/** To the operators. */
export const ANNOUNCED = [
  /^The history of claim CPOR-\w{6} cannot be confirmed/,
  /^Журнал заявки CPOR-\w{6} не подтверждается/,
  /^CPOR-\w{6} talebinin geçmişi \d+\. kayıttan itibaren doğrulanamıyor/,
] as const;

export const says = (text: string, words: readonly RegExp[]): boolean => words.some((one) => one.test(text));
