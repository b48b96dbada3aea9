import fc from 'fast-check';
import {
  boundary,
  catchEvent,
  element,
  end,
  error,
  exclusive,
  flowsXml,
  message,
  onError,
  onMessage,
  onTimer,
  parallel,
  processXml,
  script,
  serviceTask,
  start,
  userTask,
} from './process-xml.ts';

/** A part of a process with one way in and one way out: what is built of such parts is sound. */
export type Block =
  | { readonly kind: 'activity'; readonly type: ActivityType }
  | { readonly kind: 'sequence' | 'choice' | 'parallel' | 'race'; readonly blocks: readonly Block[] }
  | { readonly kind: 'loop'; readonly body: Block; readonly times: number }
  | { readonly kind: 'subProcess'; readonly body: Block }
  | {
      readonly kind: 'guarded';
      readonly host: Block;
      readonly event: 'timer' | 'cycle' | 'message' | 'error';
      readonly interrupting: boolean;
      readonly handler: Block;
    };

const activityTypes = ['pass', 'script', 'user', 'service', 'receive', 'call', 'timer'] as const;
type ActivityType = (typeof activityTypes)[number];

const activity = fc.constantFrom(...activityTypes).map((type): Block => ({ kind: 'activity', type }));

/** What a boundary event can be attached to. */
const host = (body: fc.Arbitrary<Block>): fc.Arbitrary<Block> =>
  fc.oneof(
    fc.constantFrom('user', 'service', 'receive', 'call').map((type): Block => ({ kind: 'activity', type })),
    body.map((inner): Block => ({ kind: 'subProcess', body: inner })),
  );

export const block: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    activity,
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('sequence', 'choice', 'parallel', 'race'),
        blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
      }),
    },
    fc.record({ kind: fc.constant('loop'), body: tie('block'), times: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('subProcess'), body: tie('block') }),
    fc.record({
      kind: fc.constant('guarded'),
      host: host(tie('block')),
      event: fc.constantFrom('timer', 'cycle', 'message', 'error'),
      interrupting: fc.boolean(),
      handler: tie('block'),
    }),
  ),
})).block;

/** The process of a block, between a start and an end event. Its choices read the variable `choice`. */
export function processOf(body: Block): string {
  const drawing = new Drawing();
  const { elements, flows } = drawing.framed(body, 'start', 'end');
  return processXml(elements, flows, message('m') + error('E'));
}

interface Part {
  readonly elements: string;
  readonly flows: readonly string[];
  /** Ids of its first and its last element. */
  readonly first: string;
  readonly last: string;
}

/** Draws blocks as BPMN, giving out ids. */
class Drawing {
  #count = 0;

  #id(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  framed(body: Block, first: string, last: string): Part {
    const part = this.#draw(body);
    return {
      elements: start(first) + part.elements + end(last),
      flows: [`${first} -> ${part.first}`, ...part.flows, `${part.last} -> ${last}`],
      first,
      last,
    };
  }

  #draw(block: Block): Part {
    switch (block.kind) {
      case 'activity':
        return this.#activity(block.type);
      case 'sequence':
        return this.#sequence(block.blocks.map((inner) => this.#draw(inner)));
      case 'choice':
        return this.#choice(block.blocks);
      case 'parallel':
        return this.#between(
          parallel,
          block.blocks.map((inner) => this.#draw(inner)),
        );
      case 'race':
        return this.#race(block.blocks);
      case 'loop':
        return this.#loop(block);
      case 'subProcess':
        return this.#subProcess(block.body);
      case 'guarded':
        return this.#guarded(block);
    }
  }

  #activity(type: ActivityType): Part {
    const id = this.#id(type);
    const elements = {
      pass: element('task', id),
      script: script(id, '1'),
      user: userTask(id),
      service: serviceTask(id),
      receive: element('receiveTask', id).replace('>', ' messageRef="message_m">'),
      call: element('callActivity', id).replace('>', ' calledElement="Other">'),
      timer: catchEvent(id, onTimer('Duration', 'PT1H')),
    }[type];
    return { elements, flows: [], first: id, last: id };
  }

  #sequence(parts: readonly Part[]): Part {
    const joints = parts.slice(1).map((part, index) => `${parts[index]?.last} -> ${part.first}`);
    return {
      elements: parts.map(({ elements }) => elements).join(''),
      flows: [...parts.flatMap(({ flows }) => flows), ...joints],
      first: parts.at(0)?.first ?? '',
      last: parts.at(-1)?.last ?? '',
    };
  }

  /** Between two gateways of one kind. */
  #between(gateway: (id: string) => string, parts: readonly Part[]): Part {
    const [first, last] = [this.#id('split'), this.#id('join')];
    return {
      elements: gateway(first) + parts.map(({ elements }) => elements).join('') + gateway(last),
      flows: parts.flatMap((part) => [`${first} -> ${part.first}`, ...part.flows, `${part.last} -> ${last}`]),
      first,
      last,
    };
  }

  #choice(blocks: readonly Block[]): Part {
    const parts = blocks.map((inner) => this.#draw(inner));
    const drawn = this.#between((id) => exclusive(id), parts);
    const fallback = parts.at(-1)?.first;
    return {
      ...drawn,
      elements: drawn.elements.replace(
        `id="${drawn.first}"`,
        `id="${drawn.first}" default="${drawn.first}_${fallback}"`,
      ),
      flows: drawn.flows.map((flow) => {
        const branch = parts.findIndex((part) => flow === `${drawn.first} -> ${part.first}`);
        return branch < 0 || branch === parts.length - 1 ? flow : `${flow} if choice = ${branch}`;
      }),
    };
  }

  #race(blocks: readonly Block[]): Part {
    const parts = blocks.map((inner, index) => {
      const id = this.#id('event');
      const event = index === 0 ? onTimer('Duration', 'PT1H') : onMessage('m');
      const catching: Part = { elements: catchEvent(id, event), flows: [], first: id, last: id };
      return this.#sequence([catching, this.#draw(inner)]);
    });
    const drawn = this.#between((id) => exclusive(id), parts);
    const plain = exclusive(drawn.first);
    return { ...drawn, elements: drawn.elements.replace(plain, element('eventBasedGateway', drawn.first)) };
  }

  #loop({ body, times }: Extract<Block, { kind: 'loop' }>): Part {
    const [first, count, last] = [this.#id('again'), this.#id('count'), this.#id('enough')];
    const part = this.#draw(body);
    const expression = `if ${count} = null then 1 else ${count} + 1`;
    return this.#sequence([
      {
        elements:
          exclusive(first) +
          part.elements +
          script(count, expression) +
          exclusive(last, `${last}_after${last}`) +
          element('task', `after${last}`),
        flows: [
          `${first} -> ${part.first}`,
          ...part.flows,
          `${part.last} -> ${count}`,
          `${count} -> ${last}`,
          `${last} -> ${first} if ${count} < ${times}`,
          `${last} -> after${last}`,
        ],
        first,
        last: `after${last}`,
      },
    ]);
  }

  #subProcess(body: Block): Part {
    const id = this.#id('sub');
    const { elements, flows } = this.framed(body, this.#id('in'), this.#id('out'));
    return {
      elements: `<subProcess id="${id}">${elements}${flowsXml(flows)}</subProcess>`,
      flows: [],
      first: id,
      last: id,
    };
  }

  /** An interrupting event comes back to the way behind its activity; any other has an end of its own. */
  #guarded(guarded: Extract<Block, { kind: 'guarded' }>): Part {
    const [inner, handler] = [this.#draw(guarded.host), this.#draw(guarded.handler)];
    const [id, last] = [this.#id('boundary'), this.#id('merge')];
    const event = {
      timer: onTimer('Duration', 'PT2H'),
      cycle: onTimer('Cycle', 'R2/PT1H'),
      message: onMessage('m'),
      error: onError(),
    }[guarded.event];
    const interrupting = guarded.interrupting || guarded.event === 'error';
    const aside = this.#id('aside');
    return {
      elements:
        inner.elements +
        boundary(id, inner.first, event, interrupting) +
        handler.elements +
        exclusive(last) +
        (interrupting ? '' : end(aside)),
      flows: [
        ...inner.flows,
        `${inner.last} -> ${last}`,
        `${id} -> ${handler.first}`,
        ...handler.flows,
        `${handler.last} -> ${interrupting ? last : aside}`,
      ],
      first: inner.first,
      last,
    };
  }
}
