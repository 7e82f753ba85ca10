package io.patchbay.compute.lab;

import io.patchbay.emulators.EmulatorCatalog;
import io.patchbay.runtime.DynamipsConfig;
import io.patchbay.runtime.IouConfig;
import io.patchbay.runtime.QemuConfig;
import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.RuntimeConfig;
import io.patchbay.runtime.VirtualBoxConfig;
import io.patchbay.runtime.VmwareConfig;
import io.patchbay.server.config.Settings;
import io.patchbay.server.event.EventFeed;
import io.patchbay.spi.EmulatorConnector;
import io.patchbay.spi.LabException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The labs of this compute: its projects and their nodes. Thread-safe. */
@Singleton
public class ComputeLab {
  private final Settings settings;
  private final EventFeed feed = new EventFeed();
  private final Map<UUID, ComputeProject> projects = new ConcurrentHashMap<>();
  private final Map<String, Connector> connectors = new LinkedHashMap<>();
  private ResourceAdapter adapter;
  private boolean keepOnStop;

  @Inject
  public ComputeLab(Settings settings) {
    this.settings = settings;
  }

  @PostConstruct
  void open() {
    // Read now: settings are out of reach by the time that this bean is destroyed.
    keepOnStop = settings.keepOnStop();
    adapter = new ResourceAdapter(config());
    for (EmulatorConnector connector : EmulatorCatalog.connectors(adapter)) {
      connectors.put(connector.kind().wireName(), new Connector(connector));
    }
    Adoption adoption = new Adoption(adapter, connectors);
    adoption.run(this::restore).forEach(project -> projects.put(project.id(), project));
  }

  /** Adoption must not wait for the first request. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

  private ComputeProject restore(JsonObject saved) {
    return new ComputeProject(
        UUID.fromString(saved.getString("project_id")),
        Optional.ofNullable(saved.getString("name", null)),
        Path.of(saved.getString("path")),
        saved.get("variables") instanceof JsonArray variables
            ? Optional.of(variables)
            : Optional.empty(),
        adapter,
        feed);
  }

  private RuntimeConfig config() {
    try {
      return new RuntimeConfig(
          InetAddress.getByName(settings.consoleHost()),
          settings.consolePorts().first(),
          settings.consolePorts().last(),
          settings.udpPorts().first(),
          settings.udpPorts().last(),
          settings.netstackIo(),
          settings.netstackThreads(),
          settings.vpcsEngine(),
          settings.vpcsPath(),
          settings.run().resolve("compute"),
          settings.images(),
          settings.local(),
          settings.consoleLogBytes(),
          new QemuConfig(
              settings.qemuAcceleration(),
              settings.qemuUnsafeOptions(),
              settings.qemuShutdownPatience()),
          new DynamipsConfig(
              settings.dynamipsPath(),
              settings.dynamipsGhostIos(),
              settings.dynamipsSharesHypervisors(),
              settings.dynamipsHypervisorMegabytes()),
          new IouConfig(settings.iouLicence(), settings.iouChecksLicence()),
          settings.traceNgPath(),
          new VirtualBoxConfig(settings.virtualBoxPath(), settings.virtualBoxShutdownPatience()),
          new VmwareConfig(
              settings.vmwarePath(),
              settings.vmwareHostType(),
              settings.vmwareNetworks().first(),
              settings.vmwareNetworks().last(),
              settings.vmwareBlocksHostTraffic(),
              settings.vmwareShutdownPatience()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "patchbay.compute.console-host: the host " + settings.consoleHost() + " is unknown", e);
    }
  }

  /** An orderly stop of the server ends everything that runs, unless it is to be kept. */
  @PreDestroy
  void close() {
    projects.values().parallelStream()
        .forEach(keepOnStop ? ComputeProject::release : ComputeProject::close);
    projects.clear();
    adapter.close();
  }

  public EventFeed feed() {
    return feed;
  }

  public ResourceAdapter adapter() {
    return adapter;
  }

  public Collection<String> kinds() {
    return List.copyOf(connectors.keySet());
  }

  public Optional<Connector> connector(String kind) {
    return Optional.ofNullable(connectors.get(kind));
  }

  public Collection<ComputeProject> projects() {
    return List.copyOf(projects.values());
  }

  /**
   * @throws LabException if the id is not a UUID (INVALID) or there is no such project (NOT_FOUND)
   */
  public ComputeProject project(String id) {
    return Optional.ofNullable(projects.get(Ids.parse("Project", id)))
        .orElseThrow(() -> LabException.notFound("Project ID " + id + " doesn't exist"));
  }

  /**
   * Makes a project known; one that is known already stays as it is.
   *
   * @param directory where its files are; empty for the usual place
   */
  public ComputeProject open(
      UUID id, Optional<String> name, Optional<Path> directory, Optional<JsonArray> variables) {
    Path place = directory.orElseGet(() -> settings.projects().resolve(id.toString()));
    if (!settings.local() && !place.normalize().startsWith(settings.projects())) {
      throw LabException.forbidden("A project's path must lie in " + settings.projects());
    }
    return projects.computeIfAbsent(
        id,
        unknown -> {
          try {
            Files.createDirectories(place);
          } catch (IOException e) {
            throw LabException.conflict(
                "The project's directory cannot be made: " + e.getMessage());
          }
          ComputeProject project = new ComputeProject(id, name, place, variables, adapter, feed);
          project.remember();
          return project;
        });
  }

  /** Ends everything of a project and forgets it; its files stay. */
  public void close(ComputeProject project) {
    if (projects.remove(project.id(), project)) {
      project.close();
    }
  }

  /** Closes a project and removes its directory. */
  public void delete(ComputeProject project) {
    close(project);
    project.files().deleteAll();
  }
}
