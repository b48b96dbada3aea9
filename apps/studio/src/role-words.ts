import { translator, type Locale } from '@orderloom/ui/i18n';
import { studioMessages } from './messages.ts';

/** What a role is called; one this version does not know by its own name. */
export function roleWords(role: string, locale: Locale): string {
  const id = `role_${role}`;
  return id in studioMessages.en
    ? translator(studioMessages, locale)(id as keyof typeof studioMessages.en)
    : role;
}
