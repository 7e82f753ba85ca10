package io.patchbay.controller.project;

import io.patchbay.controller.access.Sharing;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.journal.Part;
import io.patchbay.controller.notification.Feeds;
import io.patchbay.server.access.Right;
import io.patchbay.server.auth.Caller;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** All projects of the server, open or closed. Thread-safe. */
@Singleton
public class Projects {
  private static final Logger LOG = Logger.getLogger(Projects.class.getName());

  private final Settings settings;
  private final Computes computes;
  private final Feeds feeds;
  private final ProjectSaver saver;
  private final ProjectLifecycle lifecycle;
  private final OpenProjects open;
  private final FirstLab firstLab;
  private final Sharing sharing;
  private final Map<String, Project> projects = new ConcurrentHashMap<>();
  private final BackgroundOpenings openings = new BackgroundOpenings();
  private final ProjectClaims claims = new ProjectClaims();

  @Inject
  public Projects(
      Settings settings,
      Computes computes,
      Feeds feeds,
      ProjectSaver saver,
      ProjectLifecycle lifecycle,
      OpenProjects open,
      FirstLab firstLab,
      Sharing sharing) {
    this.sharing = sharing;
    this.settings = settings;
    this.computes = computes;
    this.feeds = feeds;
    this.saver = saver;
    this.lifecycle = lifecycle;
    this.open = open;
    this.firstLab = firstLab;
  }

  @PostConstruct
  void load() {
    firstLab.install();
    try {
      Files.createDirectories(settings.projects());
      Staging.sweep(settings.projects());
      try (Stream<Path> directories = Files.list(settings.projects())) {
        directories.filter(Files::isDirectory).forEach(this::loadFrom);
      }
    } catch (IOException e) {
      throw new IllegalStateException("The projects' directory cannot be read", e);
    }
    Map<String, JsonObject> left = open.load();
    for (Project project : all()) {
      if (left.containsKey(project.id())) {
        openings.start(project, () -> lifecycle.resume(project, left.get(project.id())));
      } else if (project.flag("auto_open")) {
        openings.start(project, () -> lifecycle.open(project));
      }
    }
  }

  /**
   * Whether the projects that an earlier server had open, and those that open by themselves, are
   * open, and what their computes run is known; once they were it stays so.
   */
  public boolean areBack() {
    return openings.wereDone();
  }

  /** Finds projects that were put on the disk, and forgets those that were taken from it. */
  public void reload() {
    all().stream()
        .filter(project -> !ProjectNames.isOccupied(project.directory()))
        .forEach(this::delete);
    Set<Project> known = Set.copyOf(all());
    try (Stream<Path> directories = Files.list(settings.projects())) {
      directories.filter(Files::isDirectory).forEach(this::loadFrom);
    } catch (IOException e) {
      throw LabException.conflict("The projects' directory cannot be read");
    }
    all().stream()
        .filter(project -> !known.contains(project) && project.flag("auto_open"))
        .forEach(project -> openings.start(project, () -> lifecycle.open(project)));
  }

  private void loadFrom(Path directory) {
    try {
      DirectorySwap.recover(directory);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "a restoration cannot be taken back: {0}", e.getMessage());
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".gns3")).toList()) {
        loadFile(file);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the directory " + directory + " cannot be read", e);
    }
  }

  /** A file that is damaged is listed with what is wrong, and concerns no other project. */
  private void loadFile(Path file) {
    try {
      know(file, TopologyFile.peek(file), Optional.empty());
    } catch (IOException | RuntimeException e) {
      String problem = ProjectDamage.describe(file, e);
      LOG.log(Level.SEVERE, problem);
      ProjectDamage.standIn(file).ifPresent(content -> know(file, content, Optional.of(problem)));
    }
  }

  private void know(Path file, JsonObject content, Optional<String> problem) {
    String id = content.getString("project_id");
    Project project = new Project(id, file.getParent(), file.getFileName().toString(), content);
    project.problem(problem);
    projects.putIfAbsent(id, project);
  }

  public Collection<Project> all() {
    return List.copyOf(projects.values());
  }

  /**
   * @throws LabException (NOT_FOUND) if there is none with this id
   */
  public Project get(String id) {
    return find(id).orElseThrow(() -> LabException.notFound("Project ID " + id + " doesn't exist"));
  }

  public Optional<Project> find(String id) {
    return Optional.ofNullable(projects.get(id));
  }

  /**
   * Creates a project and opens it; one that is there with this id stays as it is.
   *
   * @param creator whose it becomes; empty where the server asks nobody
   */
  Project create(JsonObject body, Optional<Caller> creator) {
    String id =
        body.get("project_id") instanceof JsonString given
            ? given.getString()
            : UUID.randomUUID().toString();
    String name = body.getString("name");
    if (body.get("path") instanceof JsonString && !settings.local()) {
      throw LabException.forbidden("Only a local server lets a project's path be chosen");
    }
    Path directory =
        body.get("path") instanceof JsonString path
            ? Path.of(path.getString()).toAbsolutePath().normalize()
            : settings.projects().resolve(id);
    if (body.get("path") instanceof JsonString && ProjectNames.isOccupied(directory)) {
      // Deleting the project deletes its directory, so it must hold nothing else.
      throw LabException.conflict("The directory " + directory + " is not empty");
    }
    Project project =
        new Project(id, directory, ProjectNames.fileName(name), ProjectForm.create(body, id));
    synchronized (projects) {
      Project known = projects.get(id);
      if (known != null && !sharing.may(creator, Right.EDIT, id)) {
        throw LabException.conflict("Project ID " + id + " already exists");
      }
      if (known != null) {
        return known;
      }
      if (isTaken(name, creator)) {
        throw LabException.conflict("Project \"" + name + "\" already exists");
      }
      if (claims.hasId(id)) {
        throw LabException.conflict("Project ID " + id + " is being made already");
      }
      projects.put(id, project);
    }
    project.opened();
    try {
      sharing.claim(id, creator);
      saver.admit(project, body);
      if (!saver.save(project)) {
        throw LabException.conflict("The project's file cannot be written to " + directory);
      }
    } catch (LabException full) {
      projects.remove(id);
      sharing.forget(id);
      saver.forget(project);
      DirectoryTree.delete(directory);
      throw full;
    }
    feeds.controller().publish("project.created", project.describe());
    return project;
  }

  /**
   * The project whose file is at a path of this machine; one that is known already stays as it is.
   *
   * @throws LabException (CONFLICT) if there is no project file, it cannot be read, or another
   *     project has its name
   */
  Project at(Path path, Optional<Caller> loader) {
    Path file = path.toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw LabException.conflict("Project file " + file + " not found");
    }
    JsonObject content;
    try {
      content = TopologyFile.read(file);
    } catch (IOException broken) {
      throw LabException.conflict(ProjectDamage.describe(file, broken));
    }
    Optional<Project> known = find(content.getString("project_id"));
    if (known.isPresent()) {
      return known.get();
    }
    synchronized (projects) {
      if (isTaken(content.getString("name"), loader)) {
        throw LabException.conflict("Project \"" + content.getString("name") + "\" already exists");
      }
      return add(file.getParent(), file.getFileName().toString(), content, loader);
    }
  }

  /** Among the projects that somebody sees: others are as if they were not there. */
  private boolean isTaken(String name, Optional<Caller> caller) {
    return claims.hasName(name)
        || projects.values().stream()
            .anyMatch(other -> other.name().equals(name) && sharing.sees(caller, other.id()));
  }

  /** An id and a name held for a project that is being made. */
  public record Claim(String id, String name) {}

  /**
   * Holds an id and a free name for a project that is being made elsewhere; a taken name gets a
   * number. Every claim must be given back by {@link #release}, whatever comes of it.
   *
   * @throws LabException (CONFLICT) if there is a project with this id
   */
  public Claim claim(String id, String wanted, Optional<Caller> creator) {
    synchronized (projects) {
      if (projects.containsKey(id)) {
        throw LabException.conflict("Project ID " + id + " already exists");
      }
      String name = wanted;
      for (int number = 1; isTaken(name, creator); number++) {
        name = wanted + "-" + number;
      }
      claims.add(id, name);
      return new Claim(id, name);
    }
  }

  public void release(Claim claim) {
    synchronized (projects) {
      claims.remove(claim.id(), claim.name());
    }
  }

  /**
   * Takes up a closed project whose directory is complete.
   *
   * @param creator whose it becomes; empty where the server asks nobody
   */
  public Project add(Path directory, String filename, JsonObject file, Optional<Caller> creator) {
    String id = file.getString("project_id");
    Project project = new Project(id, directory, filename, ProjectForm.complete(file));
    Project known = projects.putIfAbsent(id, project);
    if (known != null) {
      throw LabException.conflict("Project ID " + id + " already exists");
    }
    try {
      sharing.claim(id, creator);
    } catch (LabException full) {
      projects.remove(id);
      throw full;
    }
    feeds.controller().publish("project.created", project.describe());
    return project;
  }

  /**
   * Changes settings. A project stays in its directory.
   *
   * @throws LabException (FORBIDDEN) if another directory is named on a server that is not local
   */
  void update(Project project, JsonObject body) {
    if (body.get("path") instanceof JsonString path
        && !settings.local()
        && !path.getString().equals(project.directory().toString())) {
      throw LabException.forbidden("The path is not allowed");
    }
    saver.admit(project, body);
    boolean changed =
        project.exclusively(
            () -> {
              JsonObject before = project.file();
              project.file(ProjectForm.change(before, body));
              return !before.equals(project.file());
            });
    if (!changed) {
      return;
    }
    feeds.controller().publish("project.updated", project.describe());
    saver.changed(project, Part.SETTINGS, "");
    if (body.containsKey("variables")) {
      JsonObject variables =
          Json.createObjectBuilder().add("variables", project.setting("variables")).build();
      lifecycle.onComputes(
          project, compute -> compute.eventually("PUT", "/projects/" + project.id(), variables));
    }
  }

  void delete(Project project) {
    project.lifecycle().lock();
    try {
      if (!projects.containsKey(project.id())) {
        throw LabException.notFound("Project ID " + project.id() + " doesn't exist");
      }
      if (!project.directory().startsWith(settings.projects())) {
        // It was opened where a user has it, perhaps among other things of theirs.
        throw LabException.conflict(
            "The project is not deleted because "
                + project.directory()
                + " is not a directory of"
                + " this server");
      }
      // First of all: the compute of this server has its files in the same directory.
      saver.forget(project);
      lifecycle.deleteOnComputes(project);
      if (project.isOpen()) {
        project.abandoned();
        feeds.controller().publish("project.closed", project.describe());
      }
      projects.remove(project.id());
      project.deleted();
      DirectoryTree.delete(project.directory());
      feeds.controller().publish("project.deleted", project.describe());
      sharing.forget(project.id());
    } finally {
      project.lifecycle().unlock();
    }
  }
}
