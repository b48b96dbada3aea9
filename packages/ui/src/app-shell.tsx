import { Building2, Check, ChevronDown, CircleUser, Languages, LogOut, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Header,
  Link as AriaLink,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { Button } from './button.tsx';
import { LANGUAGE_NAME, LANGUAGE_TAG, translator, type Locale } from './i18n.ts';
import { uiMessages } from './messages/index.ts';
import { usePreferences, useTranslate, type Density, type Theme } from './preferences.ts';

export interface NavigationItem {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** How many things wait there. */
  readonly count?: number;
  readonly isCurrent: boolean;
}

export interface AppShellProps {
  readonly product: string;
  /** The organisation whose data is shown. */
  readonly tenant: string;
  readonly user: { readonly name: string; readonly role?: string };
  readonly navigation: readonly NavigationItem[];
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** The frame of an app: where one is, who one is, and the page. */
export function AppShell({ product, tenant, user, navigation, onSignOut, children }: AppShellProps) {
  const t = useTranslate(uiMessages);
  return (
    <div className="flex min-h-dvh flex-col md:grid md:grid-cols-[13rem_minmax(0,1fr)] md:grid-rows-[auto_1fr]">
      <a
        href="#main"
        className="sr-only rounded-md bg-accent-fill px-3 py-2 text-on-fill focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {t('skipToContent')}
      </a>
      <header className="flex h-12 items-center gap-3 border-b border-line bg-surface px-4 md:col-span-2">
        <span className="text-base font-semibold">{product}</span>
        <span className="flex min-w-0 items-center gap-1.5 border-l border-line pl-3 text-sm text-text-muted">
          <Building2 aria-hidden className="size-4 shrink-0" />
          <span className="truncate">{tenant}</span>
        </span>
        <span className="flex-1" />
        <LanguageSwitch />
        <UserMenu user={user} onSignOut={onSignOut} />
      </header>
      <nav
        aria-label={t('mainNavigation')}
        className="flex gap-1 overflow-x-auto border-b border-line bg-surface p-2 md:flex-col md:border-r md:border-b-0"
      >
        {navigation.map(({ href, label, icon: Icon, count, isCurrent }) => (
          <AriaLink
            key={href}
            href={href}
            aria-current={isCurrent && 'page'}
            className="flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-text-muted -outline-offset-2 aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent forced-colors:aria-[current=page]:border data-hovered:not-aria-[current=page]:bg-hover data-hovered:not-aria-[current=page]:text-text"
          >
            <Icon aria-hidden className="size-4 shrink-0" />
            <span className="flex-1">{label}</span>
            {count !== undefined && count > 0 && (
              <span className="rounded-full bg-sunken px-1.5 text-xs text-text-muted">{count}</span>
            )}
          </AriaLink>
        ))}
      </nav>
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        {children}
      </main>
    </div>
  );
}

/** Changes to the other language; named in that language, for those who cannot read this one. */
export function LanguageSwitch() {
  const { locale, setPreferences } = usePreferences();
  const other: Locale = locale === 'en' ? 'zh' : 'en';
  return (
    <Button
      variant="quiet"
      icon={Languages}
      aria-label={translator(uiMessages, other)('switchLanguage')}
      onPress={() => setPreferences({ locale: other })}
    >
      <span lang={LANGUAGE_TAG[other]}>{LANGUAGE_NAME[other]}</span>
    </Button>
  );
}

function UserMenu({ user, onSignOut }: Pick<AppShellProps, 'user' | 'onSignOut'>) {
  const t = useTranslate(uiMessages);
  const { theme, density, setPreferences } = usePreferences();
  return (
    <MenuTrigger>
      <AriaButton
        aria-label={user.name}
        className="flex h-8 items-center gap-2 rounded-md px-2 text-sm data-hovered:bg-hover"
      >
        <CircleUser aria-hidden className="size-5 text-text-muted" />
        <span className="hidden max-w-40 truncate sm:block">{user.name}</span>
        <ChevronDown aria-hidden className="size-4 text-text-muted" />
      </AriaButton>
      <Popover
        placement="bottom end"
        className="min-w-56 rounded-md border border-line bg-raised p-1 shadow-raised"
      >
        <div className="px-2 py-1.5 text-sm">
          <div className="font-semibold">{user.name}</div>
          {user.role && <div className="text-xs text-text-muted">{user.role}</div>}
        </div>
        <Separator className="my-1 border-t border-line" />
        <Menu className="outline-none">
          <ChoiceSection<Theme>
            id="theme"
            title={t('theme')}
            options={{ system: t('themeSystem'), light: t('themeLight'), dark: t('themeDark') }}
            value={theme}
            onChange={(next) => setPreferences({ theme: next })}
          />
          <ChoiceSection<Density>
            id="density"
            title={t('density')}
            options={{
              system: t('densitySystem'),
              compact: t('densityCompact'),
              comfortable: t('densityComfortable'),
            }}
            value={density}
            onChange={(next) => setPreferences({ density: next })}
          />
          <MenuItem className={MENU_ITEM} onAction={onSignOut}>
            <LogOut aria-hidden className="size-4" />
            {t('signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const MENU_ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm -outline-offset-2 data-focused:bg-hover';

interface ChoiceSectionProps<Value extends string> {
  /** Sets its items apart from those of other sections: keys are unique in a whole menu. */
  readonly id: string;
  readonly title: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

function ChoiceSection<Value extends string>({
  id,
  title,
  options,
  value,
  onChange,
}: ChoiceSectionProps<Value>) {
  const entries = Object.entries(options) as [Value, string][];
  const keyOf = (choice: Value) => `${id}-${choice}`;
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[keyOf(value)]}
      onSelectionChange={(keys) => {
        const chosen = entries.find(([choice]) => keys !== 'all' && keys.has(keyOf(choice)));
        if (chosen) onChange(chosen[0]);
      }}
      className="mb-1 border-b border-line pb-1"
    >
      <Header className="px-2 py-1 text-xs font-medium text-text-muted">{title}</Header>
      {entries.map(([choice, label]) => (
        <MenuItem key={choice} id={keyOf(choice)} textValue={label} className={MENU_ITEM}>
          {({ isSelected }) => (
            <>
              <span className="size-4">
                {isSelected && <Check aria-hidden className="size-4 text-accent" />}
              </span>
              {label}
            </>
          )}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
