import { finding, type Finding, locate, locateElement, positionIn } from './finding.ts';
import type { TransactionSet } from './read-interchange.ts';
import { dateOf, decimalOf, element, type Segment } from './segment.ts';

/** A transaction set's guide as data: what may stand where, and what must. */
export interface TransactionGuide {
  readonly set: string;
  /** The segment that starts a line, and with the first of them the detail area. */
  readonly detail: string;
  /** The segment that starts the summary area. */
  readonly summary: string;
  readonly segments: ReadonlyMap<string, SegmentRule>;
  /** Ids of further segments of the standard. */
  readonly others: ReadonlySet<string>;
}

export interface SegmentRule {
  /** The only area it may stand in. */
  readonly area?: 'heading' | 'summary';
  readonly loop?: string;
  readonly required?: true;
  readonly once?: true;
  readonly elements: Readonly<Record<number, ElementRule>>;
}

export interface ElementRule {
  readonly name: string;
  /** Number in the data element dictionary. */
  readonly reference: number;
  readonly type: 'text' | 'code' | 'number' | 'date';
  /** Least and most characters of a code. */
  readonly length?: readonly [min: number, max: number];
  /** `essential`: the order, or the line, cannot be read without it. */
  readonly use?: 'required' | 'essential';
}

/** Where the set departs from its guide, with the codes of AK304 and AK403. */
export function checkTransaction(set: TransactionSet, guide: TransactionGuide): Finding[] {
  const areas = areasOf(set, guide);
  return [
    ...missingSegments(set, guide),
    ...set.segments.flatMap((segment, at) => checkSegment(set, guide, segment, areas[at] ?? 'heading')),
  ];
}

type Area = 'heading' | 'detail' | 'summary';

function areasOf(set: TransactionSet, guide: TransactionGuide): Area[] {
  let area: Area = 'heading';
  return set.segments.map(({ id }) => {
    if (id === guide.summary || id === 'SE') area = 'summary';
    else if (id === guide.detail && area === 'heading') area = 'detail';
    return area;
  });
}

function missingSegments(set: TransactionSet, guide: TransactionGuide): Finding[] {
  const missing = [...guide.segments].filter(
    ([id, rule]) => rule.required && !set.segments.some((segment) => segment.id === id),
  );
  return missing.map(([id]) => {
    const before = id === guide.detail ? areasOf(set, guide).lastIndexOf('heading') : 0;
    const position = before + 2; // the place it should have: after the one before it, counted from 1
    const what = id === guide.detail ? `no order line (${id})` : `no ${id} segment`;
    const loop = id === guide.detail ? id : '';
    return finding('INTAKE_SEGMENT_MISSING', `segment ${position}`, `The transaction set has ${what}.`, {
      level: 'segment',
      segmentId: id,
      position,
      loop,
      code: '3',
    });
  });
}

function checkSegment(set: TransactionSet, guide: TransactionGuide, segment: Segment, area: Area): Finding[] {
  const rule = guide.segments.get(segment.id);
  const place = {
    segmentId: segment.id,
    position: positionIn(set, segment),
    loop:
      rule?.loop ??
      (area === 'detail' ? guide.detail : area === 'summary' && segment.id !== 'SE' ? guide.summary : ''),
  };
  const report = (
    severity: 'INTAKE_SEGMENT' | 'INTAKE_SEGMENT_REPEATED',
    message: string,
    code: string,
  ): Finding => finding(severity, locate(set, segment), message, { level: 'segment', ...place, code });

  if (!rule) {
    if (guide.others.has(segment.id)) return [];
    const name = JSON.stringify(segment.id.slice(0, 20));
    const known = /^[A-Z][A-Z0-9]{1,2}$/.test(segment.id);
    const message = `${name} is not a segment of the ${guide.set}; it is left out of the order.`;
    return [report('INTAKE_SEGMENT', message, known ? '2' : '1')];
  }
  const findings: Finding[] = [];
  if (rule.once && set.segments.find(({ id }) => id === segment.id) !== segment) {
    findings.push(
      report('INTAKE_SEGMENT_REPEATED', `A second ${segment.id} stands in the transaction set.`, '5'),
    );
  } else if ((rule.area && rule.area !== area) || (segment.id === guide.detail && area === 'summary')) {
    findings.push(report('INTAKE_SEGMENT', `${segment.id} stands in the ${area} of the order.`, '7'));
  }
  for (const [position, elementRule] of Object.entries(rule.elements)) {
    const fault = elementFault(elementRule, element(segment, Number(position)));
    if (!fault) continue;
    const essential = elementRule.use === 'essential';
    const located = locateElement(set, segment, Number(position));
    findings.push(
      finding(
        essential ? 'INTAKE_ELEMENT_ESSENTIAL' : 'INTAKE_ELEMENT',
        located,
        `${elementRule.name} ${fault.is}.`,
        {
          level: 'element',
          ...place,
          element: Number(position),
          reference: elementRule.reference,
          code: fault.code,
          value: element(segment, Number(position)),
        },
      ),
    );
  }
  return findings;
}

interface Fault {
  readonly is: string;
  /** AK403. */
  readonly code: string;
}

function elementFault(rule: ElementRule, value: string): Fault | null {
  if (value === '') return rule.use ? { is: 'is missing', code: '1' } : null;
  if (rule.type === 'number') return numberFault(value);
  if (rule.type === 'date') return dateFault(value);
  return rule.length ? lengthFault(value, rule.length) : null;
}

function lengthFault(value: string, [min, max]: readonly [number, number]): Fault | null {
  if (value.length < min) return { is: `${quoted(value)} is shorter than ${min} characters`, code: '4' };
  if (value.length > max) return { is: `${quoted(value)} is longer than ${max} characters`, code: '5' };
  return null;
}

function numberFault(value: string): Fault | null {
  if (decimalOf(value)) return null;
  return /^-?\d+(?:\.\d*)?$|^-?\.\d+$/.test(value)
    ? { is: `${quoted(value)} has more than 12 digits before or 6 after the point`, code: '5' }
    : { is: `${quoted(value)} is not a number such as 12 or 0.5`, code: '6' };
}

function dateFault(value: string): Fault | null {
  if (dateOf(value)) return null;
  if (!/^\d+$/.test(value)) return { is: `${quoted(value)} is not a date (CCYYMMDD)`, code: '6' };
  if (value.length === 8 || value.length === 6)
    return { is: `${quoted(value)} is not a day of the calendar`, code: '8' };
  return { is: `${quoted(value)} is not a date of 8 digits (CCYYMMDD)`, code: value.length > 8 ? '5' : '4' };
}

function quoted(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
