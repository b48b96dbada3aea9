import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; left out while the end is not known. */
  readonly value?: number;
}

/** How far a running thing has come. */
export function ProgressBar({ label, value }: ProgressBarProps) {
  const isIndeterminate = value === undefined;
  return (
    <AriaProgressBar
      value={value ?? 0}
      maxValue={1}
      isIndeterminate={isIndeterminate}
      formatOptions={{ style: 'percent' }}
      className="flex flex-col gap-1"
    >
      {({ percentage, valueText }) => (
        <>
          <div className="flex justify-between text-xs">
            <Label>{label}</Label>
            <span className="text-text-muted">{valueText}</span>
          </div>
          <div className="h-1.5 overflow-hidden rounded-full bg-sunken forced-colors:border">
            <div
              className={`h-full rounded-full bg-accent-fill forced-colors:bg-[Highlight] ${isIndeterminate ? 'w-1/3 animate-pulse' : ''}`}
              style={isIndeterminate ? undefined : { width: `${percentage}%` }}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}

export interface SkeletonProps {
  /** What is being loaded, for screen readers. */
  readonly label: string;
  readonly lines?: number;
}

const WIDTHS = ['w-full', 'w-11/12', 'w-4/5', 'w-full', 'w-2/3'];

/** The place of content that is on its way, so that nothing jumps when it comes. */
export function Skeleton({ label, lines = 3 }: SkeletonProps) {
  return (
    <div role="status" className="flex animate-pulse flex-col gap-3 py-1">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={`h-3.5 rounded-sm bg-sunken ${WIDTHS[line % WIDTHS.length]}`} />
      ))}
    </div>
  );
}
