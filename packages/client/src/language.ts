import { createContext, useContext, useMemo } from 'react';

/** BCP 47 tag in which the server should name things. */
export const LanguageContext = createContext('en');

/** Headers that go with every operation: the reader's language, and proof that no foreign page sent it. */
export function useHeaders(): Readonly<Record<string, string>> {
  const language = useContext(LanguageContext);
  return useMemo(() => ({ 'accept-language': language, 'x-orderloom-csrf': '1' }), [language]);
}
