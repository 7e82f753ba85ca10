import type { Template } from '../api/types';

/** Devices that some compute can run; those that none can are left out. */
export function usable(templates: Template[], kinds: ReadonlySet<string>): Template[] {
  return templates
    .filter((template) => kinds.size === 0 || kinds.has(template.template_type))
    .sort((a, b) => a.name.localeCompare(b.name));
}
