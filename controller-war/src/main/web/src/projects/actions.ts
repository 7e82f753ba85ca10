import { api } from '../api/client';
import type { Project } from '../api/types';
import { apiUrl } from '../api/urls';
import { attempt, messages } from '../state/messages';
import { server } from '../state/server-store';
import { works } from '../state/works';
import { askText } from '../ui/dialog';
import { router } from '../ui/router';

/** How long a deletion can be taken back. */
const UNDO_TIME = 8_000;

/** Projects that are to be deleted once the time to undo that is over. */
export const doomed = new Map<string, ReturnType<typeof setTimeout>>();

export async function createProject(): Promise<void> {
  const name = await askText('New project', 'Name', freeName('lab'), 'Create');
  if (name) {
    const project = await attempt('The project was not created', () => api.createProject(name));
    if (project) {
      router.go('lab', project.project_id);
    }
  }
}

/** The first of `lab`, `lab 2` and so on that no project has. */
export function freeName(base: string, taken = server.projects.all().map((one) => one.name)): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.includes(name)) {
      return name;
    }
  }
}

export async function renameProject(project: Project): Promise<void> {
  const name = await askText('Rename the project', 'Name', project.name, 'Rename');
  if (name && name !== project.name) {
    await attempt('The project was not renamed', () =>
      api.updateProject(project.project_id, { name }),
    );
  }
}

export async function duplicateProject(project: Project): Promise<void> {
  const name = await askText(
    `Duplicate ${project.name}`,
    'Name of the copy',
    freeName(`${project.name} copy`),
    'Duplicate',
  );
  if (name) {
    const copy = await works.during(`Duplicating ${project.name}…`, () =>
      attempt('The project was not duplicated', () => api.duplicateProject(project.project_id, name)),
    );
    if (copy) {
      server.projects.put(copy);
      messages.add('info', `"${copy.name}" is a copy of "${project.name}".`);
    }
  }
}

/** Deletes a project, a little later, so that it can be taken back. */
export function deleteProject(project: Project, changed: () => void): void {
  const id = project.project_id;
  const timer = setTimeout(() => {
    const work = () => attempt('The project was not deleted', () => api.deleteProject(id));
    void works.during(`Deleting ${project.name}…`, work).then(() => {
      doomed.delete(id);
      changed();
    });
  }, UNDO_TIME);
  doomed.set(id, timer);
  changed();
  messages.add('info', `"${project.name}" is deleted in ${UNDO_TIME / 1000} seconds.`, {
    label: 'Undo',
    run: () => {
      clearTimeout(timer);
      doomed.delete(id);
      changed();
    },
  });
}

/** The browser loads the archive as a download; it shows the progress itself. */
export async function exportProject(project: Project, images: boolean): Promise<void> {
  const running = await attempt('The project was not exported', async () => {
    const nodes = project.status === 'opened' ? await api.nodes(project.project_id) : [];
    return nodes.some((node) => node.status !== 'stopped' && !alwaysOn(node.node_type));
  });
  if (running === undefined) {
    return;
  }
  if (running) {
    messages.add('warning', `"${project.name}" has nodes that run: stop them before the export.`);
    return;
  }
  const link = document.createElement('a');
  const query = `include_images=${images ? 'yes' : 'no'}&include_snapshots=no`;
  link.href = apiUrl(`/projects/${project.project_id}/export?${query}`);
  link.download = `${project.name}.gns3project`;
  link.click();
}

/** Kinds that cannot be stopped, and so hold up nothing. */
export function alwaysOn(type: string): boolean {
  return ['ethernet_switch', 'ethernet_hub', 'cloud', 'nat', 'frame_relay_switch', 'atm_switch'].includes(type);
}

/** Imports an archive as a project with a name that is free. */
export async function importProject(
  file: File,
  progress: (part: number) => void,
): Promise<Project | undefined> {
  const name = freeName(file.name.replace(/\.(gns3project|gns3p|zip)$/i, ''));
  const project = await attempt(`"${file.name}" was not imported`, () =>
    api.importProject(crypto.randomUUID(), name, file, progress),
  );
  if (project) {
    server.projects.put(project);
    messages.add('info', `"${project.name}" was imported.`, {
      label: 'Open',
      run: () => router.go('lab', project.project_id),
    });
  }
  return project;
}
