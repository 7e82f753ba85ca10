import type { LabNode } from '../api/types';

/** The values that a change replaces. */
export function former<T extends object>(item: T | undefined, change: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.keys(change).map((key) => [key, item?.[key as keyof T]]),
  ) as Partial<T>;
}

/** What makes a node again that was deleted: all that is not the server's own to say. */
export function copyOf(node: LabNode): Partial<LabNode> {
  const { node_id, compute_id, node_type, name, console_type, console_auto_start, label } = node;
  const { symbol, x, y, z, locked, port_name_format, port_segment_size, first_port_name } = node;
  const { template_id, custom_adapters, properties } = node;
  const made = {
    node_id,
    compute_id,
    node_type,
    name,
    console_type,
    console_auto_start,
    label,
    symbol,
    x,
    y,
    z,
    locked,
    port_name_format,
    port_segment_size,
    first_port_name,
    template_id,
    custom_adapters,
    properties,
  };
  return Object.fromEntries(
    Object.entries(made).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<LabNode>;
}
