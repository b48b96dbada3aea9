import { Facts, formatDateTime, formatNumber, Section, usePreferences, useTranslate } from '@orderloom/ui';
import { studioMessages } from '../messages.ts';
import { decisionTablesOf, ruleReason } from './decision-explanation.ts';
import { orderMessages } from './messages.ts';
import type { OrderProcessDetails } from './order-queries.ts';

export interface DecisionsSectionProps {
  readonly decisions: OrderProcessDetails['decisions'];
}

/** Why the rules decided as they did: what they looked at, and which of them matched. */
export function DecisionsSection({ decisions }: DecisionsSectionProps) {
  const t = useTranslate(orderMessages);
  const { locale } = usePreferences();
  if (decisions.length === 0) return null;
  return (
    <Section title={t('decisions')}>
      <ul className="flex flex-col divide-y divide-line">
        {decisions.map(({ elementId, elementName, at, explanation }) => (
          <li key={`${elementId} ${at}`} className="flex flex-col gap-4 py-4 first:pt-0 last:pb-0">
            <h3 className="font-medium">
              {t('decisionOf', { element: elementName, at: formatDateTime(at, locale) })}
            </h3>
            {decisionTablesOf(explanation).map(({ name, inputs, matched }) => (
              <div key={name} className="flex flex-col gap-4">
                <Facts
                  facts={inputs.map(({ label, value }) => ({ label, value: <FactValue value={value} /> }))}
                />
                <div className="flex flex-col gap-2">
                  <h4 className="text-xs text-text-muted">{t('rulesMatched')}</h4>
                  {matched.length === 0 && <p>{t('noRule')}</p>}
                  <ul className="flex flex-col gap-2">
                    {matched.map(({ rule, notes, outputs }) => (
                      <li key={rule} className="rounded-md bg-sunken px-3 py-2">
                        <span className="font-medium">{t('rule', { number: rule })}</span>
                        {[ruleReason(outputs, locale), ...notes].map(
                          (line) => line && <p key={line}>{line}</p>,
                        )}
                      </li>
                    ))}
                  </ul>
                </div>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A value of FEEL as people write it. */
function FactValue({ value }: { readonly value: unknown }) {
  const t = useTranslate(studioMessages);
  const { locale } = usePreferences();
  if (value === null || value === undefined) return t('none');
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return formatNumber(value, locale);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
