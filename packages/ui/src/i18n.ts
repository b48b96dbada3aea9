import { setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';

/** The languages every screen speaks. */
export type Locale = 'en' | 'zh';
export const LOCALES: readonly Locale[] = ['en', 'zh'];

/** BCP 47 tags for `lang`, `Intl` and screen readers: the script matters to the choice of font and voice. */
export const LANGUAGE_TAG: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-Hans-CN' };

/** What each language calls itself; shown untranslated. */
export const LANGUAGE_NAME: Readonly<Record<Locale, string>> = { en: 'English', zh: '中文' };

/** Words of one package or app by message id, in ICU MessageFormat; the English catalogue decides the ids. */
export type Messages<Id extends string> = Readonly<Record<Locale, Readonly<Record<Id, string>>>>;

/** One message in the reader's language; `values` fill its ICU placeholders. */
export type Translate<Id extends string> = (id: Id, values?: Readonly<Record<string, unknown>>) => string;

/** Says at compile time when Chinese misses an id that English has, or has one too many. */
export function defineMessages<const English extends Record<string, string>>(messages: {
  readonly en: English;
  readonly zh: Readonly<Record<keyof English, string>>;
}): Messages<keyof English & string> {
  return messages;
}

const translators = new WeakMap<Messages<never>, Partial<Record<Locale, Translate<string>>>>();

/**
 * The words of `messages` in `locale`. Catalogues stay apart, so ids of two packages cannot collide,
 * and the returned function is the same object every time, so it is safe in dependency lists.
 */
export function translator<Id extends string>(messages: Messages<Id>, locale: Locale): Translate<Id> {
  const known = translators.get(messages) ?? {};
  translators.set(messages, known);
  return (known[locale] ??= createTranslator(messages[locale], locale));
}

function createTranslator(catalogue: Readonly<Record<string, string>>, locale: Locale): Translate<string> {
  const i18n = setupI18n().setMessagesCompiler(compileMessage);
  i18n.loadAndActivate({ locale, locales: LANGUAGE_TAG[locale], messages: { ...catalogue } });
  return (id, values) => i18n._(id, { ...values });
}

/** The supported language nearest to the browser's wishes (`navigator.languages`), English when none is. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const tag of languages) {
    const language = tag.split('-', 1)[0]?.toLowerCase();
    const match = LOCALES.find((locale) => locale === language);
    if (match) return match;
  }
  return 'en';
}
