export type { Measurement } from './measurement.ts';
