export { readTemplates, type Template, type Templates } from './read-templates.ts';
