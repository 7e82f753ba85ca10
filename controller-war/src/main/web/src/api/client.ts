import { ask, bytes, health, plain, stream, text, upload } from './http';
import type {
  Access,
  Appliance,
  Caller,
  Compute,
  Drawing,
  FilterKind,
  Filters,
  ImageInfo,
  LabNode,
  Link,
  LinkEnd,
  LinkTraffic,
  Project,
  ProjectSight,
  ServerHealth,
  Snapshot,
  SymbolInfo,
  Template,
  UserUse,
} from './types';

export type Verb = 'start' | 'stop' | 'suspend' | 'reload';

const node = (project: string, id: string) => `/projects/${project}/nodes/${id}`;
const link = (project: string, id: string) => `/projects/${project}/links/${id}`;
const part = encodeURIComponent;

/** Every route of the API that the pages use, a line each. */
export const api = {
  version: () => ask<{ version: string; local?: boolean }>('GET', '/version'),
  caller: () => ask<Caller>('GET', '/patchbay/caller'),
  sights: () => ask<ProjectSight[]>('GET', '/patchbay/projects'),
  users: () => ask<UserUse[]>('GET', '/patchbay/users'),
  health: () => health() as Promise<ServerHealth>,
  metrics: () => plain('/metrics'),

  access: (id: string) => ask<Access>('GET', `/projects/${id}/access`),
  share: (id: string, shares: Pick<Access, 'users' | 'groups'>) =>
    ask<Access>('PUT', `/projects/${id}/access`, shares),
  projects: () => ask<Project[]>('GET', '/projects'),
  project: (id: string) => ask<Project>('GET', `/projects/${id}`),
  createProject: (name: string, settings: Partial<Project> = {}) =>
    ask<Project>('POST', '/projects', { name, ...settings }),
  updateProject: (id: string, change: Partial<Project>) =>
    ask<Project>('PUT', `/projects/${id}`, change),
  openProject: (id: string) => ask<Project>('POST', `/projects/${id}/open`),
  closeProject: (id: string) => ask<void>('POST', `/projects/${id}/close`),
  deleteProject: (id: string) => ask<void>('DELETE', `/projects/${id}`),
  duplicateProject: (id: string, name: string) =>
    ask<Project>('POST', `/projects/${id}/duplicate`, { name }),
  importProject: (id: string, name: string, file: Blob, onProgress: (part: number) => void) =>
    upload<Project>(`/projects/${id}/import?name=${part(name)}`, file, onProgress),
  projectFile: (id: string, path: string) => text(`/projects/${id}/files/${path}`),
  writeProjectFile: (id: string, path: string, content: string) =>
    upload<void>(`/projects/${id}/files/${path}`, content),
  stats: (id: string) =>
    ask<{ nodes: number; links: number; drawings: number; snapshots: number }>(
      'GET',
      `/projects/${id}/stats`,
    ),

  nodes: (project: string) => ask<LabNode[]>('GET', `/projects/${project}/nodes`),
  createNode: (project: string, body: Partial<LabNode>) =>
    ask<LabNode>('POST', `/projects/${project}/nodes`, body),
  updateNode: (project: string, id: string, change: Partial<LabNode>) =>
    ask<LabNode>('PUT', node(project, id), change),
  deleteNode: (project: string, id: string) => ask<void>('DELETE', node(project, id)),
  duplicateNode: (project: string, id: string, x: number, y: number, z: number) =>
    ask<LabNode>('POST', `${node(project, id)}/duplicate`, { x, y, z }),
  nodeDo: (project: string, id: string, verb: Verb) =>
    ask<LabNode>('POST', `${node(project, id)}/${verb}`),
  allNodesDo: (project: string, verb: Verb) =>
    ask<void>('POST', `/projects/${project}/nodes/${verb}`),
  consoleLog: (project: string, id: string) => bytes(`${node(project, id)}/console/log`),
  resetConsole: (project: string, id: string) =>
    ask<void>('POST', `${node(project, id)}/console/reset`),

  traffic: (project: string) =>
    ask<{ time: number; links: LinkTraffic[] }>('GET', `/projects/${project}/traffic`),
  links: (project: string) => ask<Link[]>('GET', `/projects/${project}/links`),
  createLink: (project: string, body: { nodes: LinkEnd[] } & Partial<Link>) =>
    ask<Link>('POST', `/projects/${project}/links`, body),
  updateLink: (
    project: string,
    id: string,
    change: Partial<Pick<Link, 'suspend' | 'nodes' | 'link_style'>> & { filters?: Filters },
  ) => ask<Link>('PUT', link(project, id), change),
  deleteLink: (project: string, id: string) => ask<void>('DELETE', link(project, id)),
  availableFilters: (project: string, id: string) =>
    ask<FilterKind[]>('GET', `${link(project, id)}/available_filters`),
  startCapture: (project: string, id: string) =>
    ask<Link>('POST', `${link(project, id)}/start_capture`, {}),
  stopCapture: (project: string, id: string) => ask<Link>('POST', `${link(project, id)}/stop_capture`),
  pcap: (project: string, id: string, signal: AbortSignal) =>
    stream(`${link(project, id)}/pcap`, signal),

  drawings: (project: string) => ask<Drawing[]>('GET', `/projects/${project}/drawings`),
  createDrawing: (project: string, body: Partial<Drawing>) =>
    ask<Drawing>('POST', `/projects/${project}/drawings`, body),
  updateDrawing: (project: string, id: string, change: Partial<Drawing>) =>
    ask<Drawing>('PUT', `/projects/${project}/drawings/${id}`, change),
  deleteDrawing: (project: string, id: string) =>
    ask<void>('DELETE', `/projects/${project}/drawings/${id}`),

  snapshots: (project: string) => ask<Snapshot[]>('GET', `/projects/${project}/snapshots`),
  takeSnapshot: (project: string, name: string) =>
    ask<Snapshot>('POST', `/projects/${project}/snapshots`, { name }),
  restoreSnapshot: (project: string, id: string) =>
    ask<Project>('POST', `/projects/${project}/snapshots/${id}/restore`),
  deleteSnapshot: (project: string, id: string) =>
    ask<void>('DELETE', `/projects/${project}/snapshots/${id}`),

  templates: () => ask<Template[]>('GET', '/templates'),
  createTemplate: (body: Partial<Template>) => ask<Template>('POST', '/templates', body),
  updateTemplate: (id: string, change: Partial<Template>) =>
    ask<Template>('PUT', `/templates/${id}`, change),
  deleteTemplate: (id: string) => ask<void>('DELETE', `/templates/${id}`),
  duplicateTemplate: (id: string) => ask<Template>('POST', `/templates/${id}/duplicate`),
  useTemplate: (project: string, template: string, x: number, y: number, compute: string) =>
    ask<LabNode>('POST', `/projects/${project}/templates/${template}`, {
      x,
      y,
      compute_id: compute,
    }),

  appliances: () => ask<Appliance[]>('GET', '/appliances'),
  symbols: () => ask<SymbolInfo[]>('GET', '/symbols'),
  uploadSymbol: (name: string, file: Blob) => upload<void>(`/symbols/${part(name)}/raw`, file),
  computes: () => ask<Compute[]>('GET', '/computes'),
  createCompute: (body: Record<string, unknown>) => ask<Compute>('POST', '/computes', body),
  deleteCompute: (id: string) => ask<void>('DELETE', `/computes/${id}`),
  images: (compute: string, emulator: string) =>
    ask<ImageInfo[]>('GET', `/computes/${compute}/${emulator}/images`),
  uploadState: (compute: string, emulator: string, name: string, size: number) =>
    ask<{ received: number }>(
      'GET',
      `/computes/${compute}/${emulator}/uploads/state/${size}/${part(name)}`,
    ),
  uploadPart: (
    compute: string,
    emulator: string,
    name: string,
    size: number,
    offset: number,
    content: Blob,
    onProgress: (part: number) => void,
  ) =>
    upload<{ received: number }>(
      `/computes/${compute}/${emulator}/uploads/${size}/${offset}/${part(name)}`,
      content,
      onProgress,
    ),
  uploadImage: (
    compute: string,
    emulator: string,
    name: string,
    file: Blob,
    onProgress: (part: number) => void,
  ) => upload<void>(`/computes/${compute}/${emulator}/images/${part(name)}`, file, onProgress),
};
