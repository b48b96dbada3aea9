import { translator, type Locale } from '@orderloom/ui/i18n';
import { studioMessages } from './messages.ts';

/** Who did something, in words. The server names people and plugins; itself and those who left, only in English. */
export function actorWords(name: string, locale: Locale): string {
  const t = translator(studioMessages, locale);
  if (name === 'System') return t('system');
  return name === 'Somebody who has left' ? t('leftPerson') : name;
}
