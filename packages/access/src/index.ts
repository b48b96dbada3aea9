export { abilityFor, may, type Ability } from './ability.ts';
export { authorize } from './authorize.ts';
export { ACCESS_ERRORS } from './errors.ts';
export { packRules, unpackRules, type PackedRules } from './packed-rules.ts';
export { systemPrincipal, type Principal } from './principal.ts';
export { ROLES, rolesFrom, type Role } from './roles.ts';
export {
  ACTIONS,
  SUBJECTS,
  type Action,
  type Resource,
  type SensitiveField,
  type Subject,
} from './subject.ts';
export { visibleRows, type RowFilter } from './visible-rows.ts';
