/**
 * Our extension of BPMN 2.0 (clause 8.3.3, extensionElements): what an element needs to run that the
 * standard has no place for. Other tools open such a file, show it and keep these elements.
 *
 * A value that starts with `=` is a FEEL expression, any other is literal text.
 *
 * | element | on | meaning |
 * |---|---|---|
 * | `task type work attempts` | service and send task | what does the work, see `OpenJobEffect` of the engine |
 * | `mapping` with `input source target`, `output source target` | any activity or event | variables in and out |
 * | `assignment candidateGroups assignee` | user task | who may work on it, who does; groups separated by commas |
 * | `form key` | user task | the form a person fills in |
 * | `timeLimit due` | user task | ISO 8601 duration or date and time by which it should be done |
 * | `instruction lang` (text) | user task | what to do, for people; without `lang` the default |
 * | `stage key` | any flow node | the stage of the order the node belongs to |
 * | `label lang text` | anything with a name | its name in another language (BCP 47 tag) |
 * | `decision id result` | business rule task | the DMN decision and the variable that takes its result |
 * | `script result` | script task | the variable that takes the result of the FEEL script |
 * | `subscription correlationKey` | message, or an element that throws or catches one | which instance a message is for |
 */
export const ORDERLOOM_NAMESPACE = 'http://orderloom.dev/schema/bpmn/1.0';

const attribute = (name: string) => ({ name, isAttr: true, type: 'String' });
const element = (name: string, ...attributes: readonly string[]) => ({
  name,
  superClass: ['Element'],
  properties: attributes.map(attribute),
});

/** The extension as a moddle package. */
export const ORDERLOOM_DESCRIPTOR = {
  name: 'Orderloom',
  uri: ORDERLOOM_NAMESPACE,
  prefix: 'orderloom',
  xml: { tagAlias: 'lowerCase' },
  types: [
    element('Task', 'type', 'work', 'attempts'),
    {
      name: 'Mapping',
      superClass: ['Element'],
      properties: [
        { name: 'inputs', type: 'Input', isMany: true },
        { name: 'outputs', type: 'Output', isMany: true },
      ],
    },
    element('Input', 'source', 'target'),
    element('Output', 'source', 'target'),
    element('Assignment', 'candidateGroups', 'assignee'),
    element('Form', 'key'),
    element('TimeLimit', 'due'),
    {
      name: 'Instruction',
      superClass: ['Element'],
      properties: [attribute('lang'), { name: 'text', isBody: true, type: 'String' }],
    },
    element('Stage', 'key'),
    element('Label', 'lang', 'text'),
    element('Decision', 'id', 'result'),
    element('Script', 'result'),
    element('Subscription', 'correlationKey'),
  ],
} as const;
