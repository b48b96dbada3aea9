// Frame and layout
export { AppShell, LanguageSwitch, type AppShellProps, type NavigationItem } from './app-shell.tsx';
export { Card, Facts, Section, type CardProps, type FactsProps, type SectionProps } from './card.tsx';
export { Page, type PageProps } from './page.tsx';
export { Tabs, type TabItem, type TabsProps } from './tabs.tsx';

// Commands and inputs
export {
  Button,
  IconButton,
  Link,
  type ButtonProps,
  type IconButtonProps,
  type LinkProps,
} from './button.tsx';
export { Checkbox, type CheckboxProps } from './checkbox.tsx';
export { Dialog, type DialogProps } from './dialog.tsx';
export { NumberField, type NumberFieldProps } from './number-field.tsx';
export { RadioGroup, type RadioGroupProps } from './radio-group.tsx';
export { Select, type SelectOption, type SelectProps } from './select.tsx';
export { TextArea, TextField, type TextAreaProps, type TextFieldProps } from './text-field.tsx';

// Forms from JSON Schema
export { SchemaForm, type SchemaFormProps } from './schema-form.tsx';
export {
  problemsOf,
  type FieldProblem,
  type FieldSchema,
  type FormSchema,
  type FormValue,
} from './form-schema.ts';

// Data and state
export { Badge, type BadgeProps } from './badge.tsx';
export { EmptyState, type EmptyStateProps } from './empty-state.tsx';
export { Notice, type NoticeProps } from './notice.tsx';
export { ProgressBar, Skeleton, type ProgressBarProps, type SkeletonProps } from './progress.tsx';
export { Table, type TableColumn, type TableProps } from './table.tsx';
export type { SortOrder, SortValue } from './table-sort.ts';
export { Timeline, type TimelineEntry, type TimelineProps } from './timeline.tsx';
export { announce } from './live-region.tsx';
export { toast, type ToastMessage } from './toast.tsx';
export type { Tone } from './tone.ts';

// Language, formats, preferences
export {
  formatDate,
  formatDateTime,
  formatMoney,
  formatNumber,
  formatRelative,
  formatTime,
  type Instant,
} from './format.ts';
export { defineMessages, LOCALES, translator, type Locale, type Messages, type Translate } from './i18n.ts';
export { usePreferences, useTranslate, type Density, type Preferences, type Theme } from './preferences.ts';
export { UiProvider, type UiProviderProps } from './provider.tsx';
