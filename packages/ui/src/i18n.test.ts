import { describe, expect, test } from 'vitest';
import { defineMessages, preferredLocale, translator } from './i18n.ts';
import { uiMessages } from './messages/index.ts';

const messages = defineMessages({
  en: { waiting: '{count, plural, one {# order waits} other {# orders wait}}', hello: 'Hello {name}' },
  zh: { waiting: '{count} 个订单在等待', hello: '{name}，你好' },
});

test('messages speak ICU in both languages', () => {
  expect(translator(messages, 'en')('waiting', { count: 1 })).toBe('1 order waits');
  expect(translator(messages, 'en')('waiting', { count: 3 })).toBe('3 orders wait');
  expect(translator(messages, 'zh')('waiting', { count: 3 })).toBe('3 个订单在等待');
  expect(translator(messages, 'zh')('hello', { name: 'Mei' })).toBe('Mei，你好');
});

test('a translator is the same function every time', () => {
  expect(translator(messages, 'en')).toBe(translator(messages, 'en'));
});

test.each([
  [['zh-TW', 'en'], 'zh'],
  [['fr', 'zh-CN'], 'zh'],
  [['EN-gb'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
])('a browser that prefers %j gets %s', (languages, locale) => {
  expect(preferredLocale(languages)).toBe(locale);
});

describe('the words of the components', () => {
  const placeholders = (message: string) => [...new Set(message.match(/(?<=\{)\w+(?=[,}])/g))].toSorted();

  test.each(Object.entries(uiMessages.en))('%s has the same placeholders in Chinese', (id, english) => {
    const chinese = uiMessages.zh[id as keyof typeof uiMessages.zh];
    expect(chinese).not.toBe('');
    expect(placeholders(chinese)).toEqual(placeholders(english));
  });
});
