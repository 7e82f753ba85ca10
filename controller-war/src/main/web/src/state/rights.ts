import type { Right } from '../api/types';

const ORDER: readonly string[] = ['view', 'operate', 'edit', 'own'];

/** Whether who has one right to a project has another one too; each has those before it. */
export function includes(has: string | null | undefined, needed: Right | 'own'): boolean {
  return ORDER.indexOf(has ?? '') >= ORDER.indexOf(needed);
}

const ROLES: readonly string[] = ['none', 'auditor', 'user', 'instructor', 'administrator'];

/** Whether a role is at least another one. */
export function isAtLeast(role: string | undefined, needed: 'user' | 'instructor' | 'administrator'): boolean {
  // What is not known yet is tried: the server is who refuses.
  return role === undefined || ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
