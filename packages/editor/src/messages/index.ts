import { defineMessages } from '@orderloom/ui/i18n';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const editorMessages = defineMessages({ en, zh });
export type EditorMessageId = keyof typeof en;
