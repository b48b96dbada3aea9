export { readLabel, type ReadLabel } from './read-label.ts';
