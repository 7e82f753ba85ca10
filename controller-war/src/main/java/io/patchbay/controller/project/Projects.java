package io.patchbay.controller.project;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.link.Links;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.notification.Feeds;
import io.patchbay.server.config.Settings;
import io.patchbay.spi.DirectoryTree;
import io.patchbay.spi.LabException;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** All projects of the server, open or closed. Thread-safe. */
@Singleton
public class Projects {
  private static final Logger LOG = Logger.getLogger(Projects.class.getName());
  private static final Duration EMPTY_ROOM = Duration.ofSeconds(6);

  private final Settings settings;
  private final Computes computes;
  private final Feeds feeds;
  private final ProjectSaver saver;
  private final Links links;
  private final FirstLab firstLab;
  private final Map<String, Project> projects = new ConcurrentHashMap<>();

  @Inject
  public Projects(
      Settings settings,
      Computes computes,
      Feeds feeds,
      ProjectSaver saver,
      Links links,
      FirstLab firstLab) {
    this.settings = settings;
    this.computes = computes;
    this.feeds = feeds;
    this.saver = saver;
    this.links = links;
    this.firstLab = firstLab;
  }

  @PostConstruct
  void load() {
    firstLab.install();
    try {
      Files.createDirectories(settings.projects());
      try (Stream<Path> directories = Files.list(settings.projects())) {
        directories.filter(Files::isDirectory).forEach(this::loadFrom);
      }
    } catch (IOException e) {
      throw new IllegalStateException("The projects' directory cannot be read", e);
    }
    projects.values().stream()
        .filter(project -> project.flag("auto_open"))
        .forEach(this::openInBackground);
  }

  /** A file that is broken hides that project and no other. */
  private void loadFrom(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".gns3")).toList()) {
        JsonObject content = TopologyFile.read(file);
        String id = content.getString("project_id");
        projects.put(id, new Project(id, directory, file.getFileName().toString(), content));
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "a project cannot be read: {0}", e.getMessage());
    }
  }

  private void openInBackground(Project project) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Thread.ofVirtual()
        .name("auto-open")
        .start(
            () -> {
              Thread.currentThread().setContextClassLoader(loader);
              try {
                open(project);
              } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "project " + project.id() + " cannot be opened", e);
              }
            });
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

  /** Creates a project and opens it; one that is there with this id stays as it is. */
  Project create(JsonObject body) {
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
      if (known != null) {
        return known;
      }
      if (projects.values().stream().anyMatch(other -> other.name().equals(name))) {
        throw LabException.conflict("Project \"" + name + "\" already exists");
      }
      projects.put(id, project);
    }
    project.opened();
    if (!saver.save(project)) {
      projects.remove(id);
      throw LabException.conflict("The project's file cannot be written to " + directory);
    }
    feeds.controller().publish("project.created", project.describe());
    return project;
  }

  void update(Project project, JsonObject body) {
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
    saver.changed(project);
    if (body.containsKey("variables")) {
      JsonObject variables =
          Json.createObjectBuilder().add("variables", project.setting("variables")).build();
      project
          .computes()
          .forEach(id -> computes.get(id).client().put("/projects/" + project.id(), variables));
    }
  }

  void open(Project project) {
    project.lifecycle().lock();
    try {
      if (project.isOpen() || !projects.containsValue(project)) {
        return;
      }
      new ProjectOpening(project, computes, links).run();
      saver.changed(project);
      feeds.controller().publish("project.opened", project.describe());
    } finally {
      project.lifecycle().unlock();
    }
  }

  void close(Project project) {
    project.lifecycle().lock();
    try {
      if (!project.isOpen()) {
        return;
      }
      Tasks.forEach(
          project.nodes(),
          node ->
              quietly(
                  () ->
                      node.compute()
                          .client()
                          .postSlowly(
                              node.path() + "/stop", jakarta.json.JsonValue.EMPTY_JSON_OBJECT)));
      onComputes(
          project,
          compute ->
              compute
                  .client()
                  .postSlowly(
                      "/projects/" + project.id() + "/close",
                      jakarta.json.JsonValue.EMPTY_JSON_OBJECT));
      saver.save(project);
      project.closed();
      feeds.controller().publish("project.closed", project.describe());
    } finally {
      project.lifecycle().unlock();
    }
  }

  void delete(Project project) {
    project.lifecycle().lock();
    try {
      if (!projects.containsKey(project.id())) {
        throw LabException.notFound("Project ID " + project.id() + " doesn't exist");
      }
      onComputes(project, compute -> compute.client().delete("/projects/" + project.id()));
      if (project.isOpen()) {
        project.closed();
        feeds.controller().publish("project.closed", project.describe());
      }
      projects.remove(project.id());
      saver.forget(project);
      DirectoryTree.delete(project.directory());
      feeds.controller().publish("project.deleted", project.describe());
    } finally {
      project.lifecycle().unlock();
    }
  }

  /** A compute that is away has nothing to close. */
  private void onComputes(Project project, Consumer<Compute> request) {
    Tasks.forEach(
        List.copyOf(project.computes()), id -> quietly(() -> request.accept(computes.get(id))));
  }

  private static void quietly(Runnable request) {
    try {
      request.run();
    } catch (LabException refused) {
      LOG.log(Level.FINE, "a compute refused: {0}", refused.getMessage());
    }
  }

  /** A watcher of a project left; if none comes back, a project may close by itself. */
  public void watcherLeft(Project project) {
    Thread.ofVirtual()
        .name("auto-close")
        .start(
            () -> {
              try {
                Thread.sleep(EMPTY_ROOM);
              } catch (InterruptedException e) {
                return;
              }
              if (!project.feed().isWatched() && project.flag("auto_close")) {
                close(project);
              }
            });
  }

  /** A compute tells of a node. */
  public void nodeUpdated(String projectId, JsonObject node) {
    find(projectId)
        .filter(Project::isOpen)
        .ifPresent(
            project ->
                project
                    .findNode(node.getString("node_id", ""))
                    .ifPresent(
                        known -> {
                          known.learn(node);
                          tellUpdated(project, known);
                        }));
  }

  private void tellUpdated(Project project, Node node) {
    node.news()
        .ifPresent(
            news -> {
              project.feed().publish("node.updated", news);
              saver.changed(project);
            });
  }

  /** A compute has something to say to the watchers of a project. */
  public void tell(String projectId, String action, JsonObject event) {
    find(projectId).ifPresent(project -> project.feed().publish(action, event));
  }

  JsonArray stored(Project project, String part) {
    return project.stored(part).asJsonArray();
  }
}
