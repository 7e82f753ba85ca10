/** The fields of each kind of device, out of the schemas by which the server checks templates. */

export interface FieldRule {
  type?: string | string[];
  enum?: (string | null)[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

interface Schema {
  properties: Record<string, FieldRule>;
}

const FILES = import.meta.glob<Schema>(
  '../../../resources/io/patchbay/controller/template/*.schema.json',
  { eager: true, import: 'default' },
);

/** Fields that every template has, and pages show apart from those of a kind. */
export const COMMON: ReadonlySet<string> = new Set([
  'name',
  'template_id',
  'template_type',
  'compute_id',
  'builtin',
  'symbol',
  'category',
  'default_name_format',
]);

export function rulesOf(kind: string): Record<string, FieldRule> {
  const path = Object.keys(FILES).find((file) => file.endsWith(`/${kind}.schema.json`));
  return (path && FILES[path]?.properties) || {};
}

/** Kinds of device that have templates of their own. */
export function kinds(): string[] {
  return Object.keys(FILES)
    .map((file) => file.slice(file.lastIndexOf('/') + 1).replace('.schema.json', ''))
    .filter((name) => !['create', 'update', 'use'].includes(name) && !name.includes('.'))
    .sort();
}

export type FieldKind = 'flag' | 'number' | 'choice' | 'image' | 'lines' | 'text' | 'ports' | 'none';

const IMAGE = /^(hd[abcd]_disk_image|cdrom_image|bios_image|initrd|kernel_image|image|path)$/;
const LINES = /(script|usage|environment|extra_hosts|extra_volumes|content)$/;

/** How a field is shown, by its rule and by what it holds. */
export function kindOf(name: string, rule: FieldRule | undefined, value: unknown): FieldKind {
  const types = [rule?.type].flat();
  if (name === 'ports_mapping') {
    return 'ports';
  }
  if (/md5sum$/.test(name)) {
    return 'none';
  }
  if (rule?.enum) {
    return 'choice';
  }
  if (types.includes('boolean') || typeof value === 'boolean') {
    return 'flag';
  }
  if (types.includes('integer') || types.includes('number') || typeof value === 'number') {
    return 'number';
  }
  if (types.includes('array') || types.includes('object') || (typeof value === 'object' && value)) {
    return 'none';
  }
  if (IMAGE.test(name)) {
    return 'image';
  }
  return LINES.test(name) ? 'lines' : 'text';
}

const WORDS: Record<string, string> = {
  ram: 'RAM (MB)',
  nvram: 'NVRAM (KB)',
  cpus: 'CPUs',
  usage: 'Notes on its use',
  hda_disk_image: 'Disk A',
  hdb_disk_image: 'Disk B',
  hdc_disk_image: 'Disk C',
  hdd_disk_image: 'Disk D',
  hda_disk_interface: 'Disk A, interface',
  hdb_disk_interface: 'Disk B, interface',
  hdc_disk_interface: 'Disk C, interface',
  hdd_disk_interface: 'Disk D, interface',
  qemu_path: 'QEMU program',
  mac_address: 'MAC address',
  uefi: 'UEFI',
  tpm: 'TPM',
  cpu_throttling: 'CPU limit (%)',
  legacy_networking: 'Legacy networking',
  initrd: 'Initial RAM disk',
  bios_image: 'BIOS image',
  cdrom_image: 'CD image',
  idlepc: 'Idle-PC',
};

/** A field's name as people say it. */
export function wordsFor(name: string): string {
  const plain = name.replace(/_/g, ' ');
  return WORDS[name] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
