import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Link as AriaLink,
  Tooltip,
  TooltipTrigger,
  type ButtonProps as AriaButtonProps,
  type LinkProps as AriaLinkProps,
} from 'react-aria-components';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: 'border-transparent bg-accent-fill text-on-fill data-hovered:bg-accent-fill-hover',
  secondary: 'border-line-strong bg-surface text-text data-hovered:bg-hover',
  quiet: 'border-transparent text-text data-hovered:bg-hover',
  danger: 'border-transparent bg-danger-fill text-on-fill data-hovered:bg-danger-fill-hover',
};

const SHAPE =
  'inline-flex items-center justify-center gap-1.5 rounded-md border text-sm font-medium whitespace-nowrap ' +
  'transition-colors data-disabled:cursor-not-allowed data-disabled:opacity-50 forced-colors:border-[ButtonBorder]';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly variant?: ButtonVariant;
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
}

/** A command. While `isPending` it keeps its focus and its width and cannot be pressed twice. */
export function Button({
  variant = 'secondary',
  icon: Icon,
  isPending = false,
  children,
  ...props
}: ButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(isPending && NOT_NOW)}
      className={`${SHAPE} ${VARIANT[variant]} h-8 px-3 aria-disabled:cursor-wait`}
    >
      {isPending ? (
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
      ) : (
        Icon && <Icon aria-hidden className="size-4" />
      )}
      {children}
    </AriaButton>
  );
}

/**
 * Pressing does nothing, not even submit. React Aria's own `isPending` announces the button by its id, and when
 * the button is gone by then, as after signing in, leaves a picture without a name on the page.
 */
const NOT_NOW = { 'aria-disabled': 'true', type: 'button', onPress: () => {} } as const;

export interface IconButtonProps extends Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'aria-label'
> {
  readonly icon: LucideIcon;
  /** The name for everyone who cannot see or does not know the icon; also the tooltip. */
  readonly label: string;
  readonly variant?: ButtonVariant;
}

/** A command shown as an icon only. */
export function IconButton({ icon: Icon, label, variant = 'quiet', ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...props} aria-label={label} className={`${SHAPE} ${VARIANT[variant]} size-8`}>
        <Icon aria-hidden className="size-4" />
      </AriaButton>
      <Tooltip
        offset={4}
        className="rounded-sm border border-line bg-raised px-2 py-1 text-xs text-text shadow-raised"
      >
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

export interface LinkProps extends Omit<AriaLinkProps, 'className' | 'style'> {
  readonly href: string;
}

/** A link in running text or a list; client-side through `UiProvider`. */
export function Link(props: LinkProps) {
  return (
    <AriaLink
      {...props}
      className="rounded-sm text-accent underline decoration-1 underline-offset-2 data-hovered:decoration-2"
    />
  );
}
