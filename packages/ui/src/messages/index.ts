import { defineMessages } from '../i18n.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const uiMessages = defineMessages({ en, zh });
export type UiMessageId = keyof typeof en;
