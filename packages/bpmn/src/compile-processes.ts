import { childrenOf, type BpmnElement } from './bpmn-element.ts';
import { checkProcess } from './check-process.ts';
import { reportError, type Compilation } from './compilation.ts';
import { compileProcess } from './compile-process.ts';
import type { Finding } from './finding.ts';
import type { ProcessModel } from './process-model.ts';
import { readDocument } from './read-document.ts';

export interface CompiledDocument {
  /** The executable processes, in the order of the document. */
  readonly processes: readonly ProcessModel[];
  /** Errors first. With an error among them the models are incomplete and must not run: `assertDeployable`. */
  readonly findings: readonly Finding[];
}

/**
 * Compiles every process of a BPMN 2.0 XML document that is not marked `isExecutable="false"`.
 *
 * Rejects with the errors of `readDocument` for a text that cannot be read; what can be read but not
 * run is in the findings.
 */
export async function compileProcesses(xml: string): Promise<CompiledDocument> {
  const document = await readDocument(xml);
  const compilation: Compilation = { findings: [...document.findings] };
  const executable = childrenOf(document.definitions, 'rootElements').filter(isExecutable);
  if (executable.length === 0) {
    reportError(
      compilation,
      null,
      'no-process',
      'The document contains no executable process.',
      'Draw a process, and set isExecutable="true" on it.',
    );
  }
  const processes = executable.map((element) => {
    const model = compileProcess(compilation, element);
    checkProcess(compilation, model);
    return model;
  });
  return { processes, findings: compilation.findings.toSorted(bySeverity) };
}

function isExecutable(element: BpmnElement): boolean {
  return element.$type === 'bpmn:Process' && element['isExecutable'] !== false;
}

function bySeverity(left: Finding, right: Finding): number {
  return Number(left.severity === 'warning') - Number(right.severity === 'warning');
}
