import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

export interface TabItem {
  readonly id: string;
  readonly label: string;
  readonly count?: number;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly selectedId?: string;
  readonly onSelect?: (id: string) => void;
}

/** Views of one thing, one at a time. */
export function Tabs({ label, items, selectedId, onSelect }: TabsProps) {
  return (
    <AriaTabs
      className="flex min-w-0 flex-col gap-4"
      {...(selectedId !== undefined && { selectedKey: selectedId })}
      {...(onSelect && { onSelectionChange: (key) => onSelect(String(key)) })}
    >
      <TabList aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className="-mb-px flex h-9 cursor-default items-center gap-1.5 border-b-2 border-transparent px-1 text-sm font-medium whitespace-nowrap text-text-muted -outline-offset-2 data-hovered:text-text data-selected:border-accent data-selected:text-text forced-colors:not-data-selected:border-[Canvas]"
          >
            {item.label}
            {item.count !== undefined && (
              <span className="rounded-full bg-sunken px-1.5 text-xs text-text-muted">{item.count}</span>
            )}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="min-w-0">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
