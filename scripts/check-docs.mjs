// Every relative link in the documentation leads somewhere, and every package says what it is.
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const documents = globSync(['*.md', 'docs/**/*.md', '{packages,plugins,apps}/*/README.md']);
const problems = [];
for (const document of documents) {
  for (const [, target] of readFileSync(document, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
    if (!existsSync(path.resolve(path.dirname(document), target)))
      problems.push(`${document}: ${target} is not there`);
  }
}
for (const folder of globSync('{packages,plugins,apps}/*/package.json').map((file) => path.dirname(file))) {
  if (!existsSync(path.join(folder, 'README.md'))) problems.push(`${folder} has no README.md`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
