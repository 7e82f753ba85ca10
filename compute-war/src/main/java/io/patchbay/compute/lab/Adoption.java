package io.patchbay.compute.lab;

import io.patchbay.runtime.ResourceAdapter;
import io.patchbay.runtime.survival.NodeState;
import io.patchbay.runtime.survival.RunStates;
import io.patchbay.spi.EmulatedNode;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes up what an earlier server of this compute left: makes its projects, nodes and links again,
 * adopts the emulators that still run, and ends those that belong to nothing any more.
 */
final class Adoption {
  private static final Logger LOG = Logger.getLogger(Adoption.class.getName());

  private final ResourceAdapter adapter;
  private final Map<String, Connector> connectors;

  Adoption(ResourceAdapter adapter, Map<String, Connector> connectors) {
    this.adapter = adapter;
    this.connectors = connectors;
  }

  /**
   * @param restore makes a project, without its nodes, of what was written down
   * @return the projects that are there again
   */
  List<ComputeProject> run(Function<JsonObject, ComputeProject> restore) {
    long begin = System.nanoTime();
    List<RunStates.Saved> saved = adapter.runStates().load();
    // Nobody may be given a port that somebody else comes back to.
    Set<Integer> ports = new HashSet<>();
    saved.forEach(
        project -> project.nodes().forEach(node -> node.portNumbers().forEach(ports::add)));
    adapter.consolePorts().reserve(ports);
    adapter.udpPorts().reserve(ports);
    List<ComputeProject> projects = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (RunStates.Saved one : saved) {
        UUID id = UUID.fromString(one.project().getString("project_id"));
        ComputeProject project = restore.apply(one.project());
        if (Files.isDirectory(project.files().directory())) {
          projects.add(project);
          one.nodes().forEach(node -> executor.submit(() -> restore(project, node)));
        } else {
          LOG.log(Level.WARNING, "project {0} has lost its directory and is ended", id);
          adapter.runStates().forgetProject(id);
        }
      }
    }
    adapter.consolePorts().reserve(Set.of());
    adapter.udpPorts().reserve(Set.of());
    int strays = adapter.processes().endStrays();
    if (strays > 0) {
      LOG.log(Level.INFO, "{0} processes that belong to no node were ended", strays);
    }
    int nodes = saved.stream().mapToInt(one -> one.nodes().size()).sum();
    if (nodes > 0) {
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      LOG.log(
          Level.INFO, "{0} nodes were taken up in {1} ms", new Object[] {nodes, time.toMillis()});
    }
    return projects;
  }

  private void restore(ComputeProject project, NodeState state) {
    Optional.ofNullable(connectors.get(state.kind()))
        .ifPresent(
            connector ->
                attempt(
                    state,
                    () -> {
                      EmulatedNode node = project.restore(connector, state);
                      // One thing that cannot be had again is no reason to give up the others.
                      state
                          .ports()
                          .forEach(
                              (port, nio) ->
                                  attempt(state, () -> project.reattach(node, port, nio)));
                      state
                          .captures()
                          .forEach(
                              (port, capture) ->
                                  attempt(state, () -> node.resumeCapture(port, capture)));
                      state
                          .running()
                          .ifPresent(running -> attempt(state, () -> adopt(node, running)));
                      node.remember();
                    }));
  }

  private static void adopt(EmulatedNode node, JsonObject running) {
    if (!node.adopt(running)) {
      LOG.log(Level.INFO, "node {0} ended while the server was away", node.id());
    }
  }

  private static void attempt(NodeState state, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "node " + state.nodeId() + " is not all that it was", e);
    }
  }
}
