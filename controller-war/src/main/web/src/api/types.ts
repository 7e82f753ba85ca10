/** The objects of the API as the server answers them. Fields that pages do not use are left out. */

export interface Project {
  project_id: string;
  name: string;
  status: 'opened' | 'closed';
  path: string | null;
  filename: string | null;
  auto_close: boolean;
  auto_open: boolean;
  auto_start: boolean;
  scene_width: number;
  scene_height: number;
  zoom: number;
  show_layers: boolean;
  snap_to_grid: boolean;
  show_grid: boolean;
  grid_size: number;
  drawing_grid_size: number;
  show_interface_labels: boolean;
  variables: { name: string; value?: string }[] | null;
  /** What is wrong with the project's file; such a project cannot be opened. */
  problem?: string | null;
}

export type NodeStatus = 'started' | 'stopped' | 'suspended';

export interface Label {
  text: string;
  style?: string | null;
  x?: number | null;
  y?: number | null;
  rotation?: number;
}

export interface Port {
  name: string;
  short_name: string;
  adapter_number: number;
  port_number: number;
  link_type: 'ethernet' | 'serial';
  data_link_types?: Record<string, string>;
  mac_address?: string | null;
}

export interface LabNode {
  node_id: string;
  project_id: string;
  compute_id: string;
  template_id: string | null;
  node_type: string;
  name: string;
  status: NodeStatus;
  console: number | null;
  console_host: string;
  console_type: string | null;
  console_auto_start: boolean;
  command_line: string | null;
  node_directory: string | null;
  properties: Record<string, unknown>;
  label: Label;
  symbol: string;
  width: number;
  height: number;
  x: number;
  y: number;
  z: number;
  locked: boolean;
  port_name_format: string;
  port_segment_size: number;
  first_port_name: string | null;
  custom_adapters: unknown[];
  ports: Port[];
  /** Why the node is not what it should be, for one whose compute is away. */
  problem?: string | null;
  /** Known to these pages alone: what is being done to it, such as `starting`, and why the last of it was refused. */
  doing?: string | undefined;
  refusal?: string | undefined;
}

export interface LinkEnd {
  node_id: string;
  adapter_number: number;
  port_number: number;
  label?: Label | null;
}

export interface LinkStyle {
  color?: string;
  width?: number;
  type?: number;
}

export type Filters = Record<string, (number | string)[]>;

export interface Link {
  link_id: string;
  project_id: string;
  nodes: LinkEnd[];
  link_type: 'ethernet' | 'serial';
  link_style?: LinkStyle | null;
  filters: Filters;
  suspend: boolean;
  capturing: boolean;
  capture_file_name: string | null;
  capture_file_path: string | null;
  capture_compute_id: string | null;
}

export interface Drawing {
  drawing_id: string;
  project_id: string;
  svg: string;
  x: number;
  y: number;
  z: number;
  rotation: number;
  locked: boolean;
}

export interface Template {
  template_id: string;
  template_type: string;
  name: string;
  category: string;
  symbol: string;
  compute_id: string | null;
  builtin: boolean;
  default_name_format: string;
  [field: string]: unknown;
}

export interface Compute {
  compute_id: string;
  name: string;
  protocol: string;
  host: string;
  port: number;
  user: string | null;
  connected: boolean;
  cpu_usage_percent: number | null;
  memory_usage_percent: number | null;
  last_error: string | null;
  capabilities: { node_types: string[]; platform: string | null; version: string | null };
}

export interface Snapshot {
  snapshot_id: string;
  project_id: string;
  name: string;
  created_at: number;
}

export interface SymbolInfo {
  symbol_id: string;
  filename: string;
  theme: string;
  builtin: boolean;
}

export interface FilterParameter {
  name: string;
  type: 'int' | 'text';
  minimum?: number;
  maximum?: number;
  unit?: string;
}

export interface FilterKind {
  type: string;
  name: string;
  description: string;
  parameters: FilterParameter[];
}

export interface ImageInfo {
  filename: string;
  path?: string;
  filesize?: number;
  md5sum?: string;
}

export type Right = 'view' | 'operate' | 'edit';

/** Whose a project is, and who else may do what with it. */
export interface Access {
  owner?: string | null;
  users: Record<string, Right>;
  groups: Record<string, Right>;
  /** What the caller may do. */
  right: Right | 'own' | null;
}

export interface Caller {
  name: string | null;
  role: string;
  groups: string[];
}

/** What a list shows of a project beside the project itself. */
export interface ProjectSight {
  project_id: string;
  owner: string | null;
  /** What the caller may do. */
  right: Right | 'own';
  /** When its file was last written, in ISO 8601. */
  changed_at: string | null;
}

export interface Amount {
  used: number;
  limit: number | null;
}

export interface UserUse {
  name: string;
  role: string | null;
  groups: string[];
  shared_projects: number;
  use: Record<'projects' | 'running_nodes' | 'ram' | 'cpus' | 'disk', Amount>;
}

/** Frames and bytes that passed a link since it was plugged in, seen from its first end. */
export interface LinkTraffic {
  link_id: string;
  sent: number;
  received: number;
  dropped: number;
  /** Not there if the link's compute counts none. */
  sent_bytes?: number;
  received_bytes?: number;
}

export interface ServerHealth {
  status: 'UP' | 'DOWN';
  checks: { name: string; status: 'UP' | 'DOWN'; data?: Record<string, unknown> }[];
}

/** A `.gns3a` file of registry versions 3 to 8, as far as devices are made from it. */
export interface Appliance {
  name: string;
  category: string;
  description?: string;
  vendor_name?: string;
  product_name?: string;
  registry_version: number;
  status: string;
  symbol?: string | null;
  usage?: string;
  first_port_name?: string;
  port_name_format?: string;
  port_segment_size?: number;
  linked_clone?: boolean;
  default_name_format?: string;
  images?: ApplianceImage[];
  versions?: ApplianceVersion[];
  qemu?: Record<string, unknown>;
  iou?: Record<string, unknown>;
  dynamips?: Record<string, unknown>;
  docker?: Record<string, unknown>;
  settings?: ApplianceSettings[];
}

export interface ApplianceImage {
  filename: string;
  version?: string;
  md5sum?: string;
  checksum?: string;
  checksum_type?: string;
  filesize?: number;
  download_url?: string;
  direct_download_url?: string;
}

export interface ApplianceVersion {
  name: string;
  settings?: string;
  idlepc?: string;
  /** Names of files by what they are for, such as `hda_disk_image`. */
  images?: Record<string, string>;
}

/** Of registry version 8. */
export interface ApplianceSettings {
  name?: string;
  default?: boolean;
  inherit_default_properties?: boolean;
  template_type: string;
  template_properties: Record<string, unknown>;
}

/** What the notification feeds send. */
export interface FeedEvent {
  action: string;
  event: Record<string, unknown>;
}
