import type {
  Appliance,
  ApplianceImage,
  ApplianceSettings,
  ApplianceVersion,
  ImageInfo,
  Template,
} from '../api/types';
import { rulesOf } from '../settings/schemas';

const KINDS = ['qemu', 'iou', 'dynamips', 'docker'] as const;

/** What an appliance needs of an image, and whether a compute has it. */
export interface Need {
  /** What it is for, such as `hda_disk_image`. */
  use: string;
  image: ApplianceImage;
  /** The image of the compute that it is, by its sum if one is known. */
  found: ImageInfo | undefined;
}

/**
 * Reads a `.gns3a` file.
 *
 * @throws Error with words for the user if it is none
 */
export function parseAppliance(text: string): Appliance {
  let appliance: Partial<Appliance>;
  try {
    appliance = JSON.parse(text) as Partial<Appliance>;
  } catch {
    throw new Error('This is no appliance: it is not JSON.');
  }
  if (typeof appliance.name !== 'string' || typeof appliance.registry_version !== 'number') {
    throw new Error('This is no appliance: it has no name or no registry version.');
  }
  if (appliance.registry_version > 8) {
    throw new Error('This appliance is of a newer registry than this page knows.');
  }
  if (!appliance.settings?.length && !KINDS.some((kind) => appliance[kind])) {
    throw new Error('This appliance says nothing of how it is run.');
  }
  return appliance as Appliance;
}

/** The versions to choose from; one that is called nothing where it has none, as containers do. */
export function versionsOf(appliance: Appliance): ApplianceVersion[] {
  return appliance.versions?.length ? appliance.versions : [{ name: '' }];
}

function settingsOf(appliance: Appliance, version: ApplianceVersion): ApplianceSettings | undefined {
  const all = appliance.settings ?? [];
  return (
    all.find((one) => version.settings !== undefined && one.name === version.settings) ??
    all.find((one) => one.default) ??
    all[0]
  );
}

/** The kind of device that it becomes. */
export function kindOf(appliance: Appliance, version: ApplianceVersion): string {
  return settingsOf(appliance, version)?.template_type ?? KINDS.find((kind) => appliance[kind]) ?? '';
}

/** The MD5 sum of an image in lower case; undefined if another or none is given. */
export function md5Wanted(image: ApplianceImage): string | undefined {
  const sum =
    image.md5sum ??
    ((image.checksum_type ?? 'md5').toLowerCase() === 'md5' ? image.checksum : undefined);
  return sum?.toLowerCase();
}

/** The images of a version, and which of them are there. */
export function needsOf(appliance: Appliance, version: ApplianceVersion, there: ImageInfo[]): Need[] {
  return Object.entries(version.images ?? {}).map(([use, filename]) => {
    const named = (appliance.images ?? []).filter((one) => one.filename === filename);
    const image =
      named.find((one) => one.version === version.name) ?? named[0] ?? { filename };
    const md5 = md5Wanted(image);
    const found = there.find((one) =>
      md5 && one.md5sum ? one.md5sum === md5 : one.filename === image.filename,
    );
    return { use, image, found };
  });
}

const CATEGORIES: Record<string, string> = { multilayer_switch: 'switch' };

/** What appliances call otherwise than templates do. */
const RENAMED: Record<string, Record<string, string>> = {
  qemu: { arch: 'platform' },
  iou: { image: 'path' },
};

/**
 * The template that a version of an appliance becomes, with the fields that its kind knows.
 *
 * @param files what each image is called on the compute, by its use
 */
export function templateOf(
  appliance: Appliance,
  version: ApplianceVersion,
  compute: string,
  files: Record<string, string>,
): Partial<Template> {
  const kind = kindOf(appliance, version);
  const given = {
    ...(appliance.settings ? settingsProperties(appliance, version) : appliance[kind as 'qemu']),
    ...(version.idlepc ? { idlepc: version.idlepc } : {}),
    ...files,
  };
  const renamed = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [RENAMED[kind]?.[name] ?? name, value]),
  );
  const properties: Record<string, unknown> = {
    usage: appliance.usage,
    first_port_name: appliance.first_port_name,
    port_name_format: appliance.port_name_format,
    port_segment_size: appliance.port_segment_size,
    linked_clone: appliance.linked_clone,
    ...renamed,
    ...(kind === 'qemu' ? machine(renamed) : {}),
  };
  const known = rulesOf(kind);
  const name = `${appliance.name} ${version.name}`.trim();
  return {
    ...Object.fromEntries(
      Object.entries(properties).filter(
        ([field, value]) => field in known && value !== undefined && value !== null,
      ),
    ),
    name,
    template_type: kind,
    compute_id: compute,
    category: CATEGORIES[appliance.category] ?? appliance.category,
    ...(appliance.symbol ? { symbol: appliance.symbol } : {}),
    default_name_format: appliance.default_name_format ?? `${appliance.name.replace(/[^\w-]+/g, '')}-{0}`,
  };
}

/** Of registry version 8: what a version sets goes before what is set for all. */
function settingsProperties(appliance: Appliance, version: ApplianceVersion): Record<string, unknown> {
  const own = settingsOf(appliance, version);
  const common = appliance.settings?.find((one) => one.default);
  const inherits = own !== common && own?.inherit_default_properties !== false;
  return { ...(inherits ? common?.template_properties : {}), ...own?.template_properties };
}

/** The program of a machine, and how it runs where it must not have KVM. */
function machine(given: Record<string, unknown>): Record<string, unknown> {
  const platform = typeof given['platform'] === 'string' ? given['platform'] : 'x86_64';
  const options = String(given['options'] ?? '');
  const slow = given['kvm'] === 'disable' && !options.includes('accel=');
  return {
    platform,
    qemu_path: given['qemu_path'] ?? `qemu-system-${platform}`,
    options: slow ? `${options} -machine accel=tcg`.trim() : options,
  };
}
