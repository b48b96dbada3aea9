import { useId, type ReactNode } from 'react';

export interface CardProps {
  readonly children: ReactNode;
  /** Off when the content brings its own edge-to-edge layout, as a table or a diagram does. */
  readonly hasPadding?: boolean;
}

/** A surface that holds one thing. */
export function Card({ children, hasPadding = true }: CardProps) {
  return (
    <div
      className={`min-w-0 rounded-lg border border-line bg-surface ${hasPadding ? 'p-4' : 'overflow-hidden'}`}
    >
      {children}
    </div>
  );
}

export interface SectionProps extends CardProps {
  readonly title: string;
  readonly description?: string;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
}

/** A titled card and a landmark: readers jump from one to the next. */
export function Section({ title, description, actions, children, hasPadding = true }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div>
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {description && <p className="text-xs text-text-muted">{description}</p>}
        </div>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </div>
      <Card hasPadding={hasPadding}>{children}</Card>
    </section>
  );
}

export interface FactsProps {
  readonly facts: readonly { readonly label: string; readonly value: ReactNode }[];
}

/** Short labelled values side by side: the head of an order, a customer, a shipment. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-6 gap-y-3">
      {facts.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-text-muted">{label}</dt>
          <dd className="text-sm font-medium break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
