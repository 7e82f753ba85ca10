package io.patchbay.controller.link;

import io.patchbay.controller.compute.ComputeAway;
import io.patchbay.controller.compute.Computes;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.OpenProjects;
import io.patchbay.controller.project.Project;
import io.patchbay.server.http.Blocking;
import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.NodeKind.Trait;
import io.patchbay.spi.PortAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Captures of links. One runs at one end, by preference where it is not cut off, and ends when the
 * node there stops.
 */
@Singleton
public class LinkCaptures {
  private final OpenProjects open;

  @Inject
  public LinkCaptures(OpenProjects open) {
    this.open = open;
  }

  /** Begins a capture. */
  void start(Project project, Link link, JsonObject body) {
    link.lock().lock();
    try {
      Links.requireThere(project, link);
      String name = body.getString("capture_file_name", "");
      CaptureRequest capture =
          new CaptureRequest(
              name.isEmpty() ? defaultName(project, link) : name,
              DataLinkType.ofWireName(
                  body.getString("data_link_type", DataLinkType.EN10MB.wireName())));
      Link.Wire wire = link.capturing().orElseGet(() -> bestEnd(project, link));
      Node node = project.node(wire.nodeId());
      node.compute()
          .client()
          .post(
              wire.port() + "/start_capture",
              Json.createObjectBuilder()
                  .add("capture_file_name", capture.fileName())
                  .add("data_link_type", capture.type().wireName())
                  .build());
      link.capture(
          new LinkCapture(
              capture.fileName(),
              project
                  .directory()
                  .resolve("project-files")
                  .resolve("captures")
                  .resolve(capture.fileName())
                  .toString(),
              Optional.of(new LinkCapture.Place(node.id(), node.compute().id()))));
      changed(project, link);
    } finally {
      link.lock().unlock();
    }
  }

  /** Written down at once: after a kill the capture goes on, and so somebody must know of it. */
  private void changed(Project project, Link link) {
    open.save(project);
    project.feed().publish("link.updated", link.describe());
  }

  private static String defaultName(Project project, Link link) {
    List<String> ends =
        link.ends().stream()
            .map(
                end -> {
                  PortAddress port = Link.port(end);
                  String name = project.node(end.getString("node_id")).name();
                  return name + "_" + port.adapter() + "-" + port.port();
                })
            .toList();
    return String.join("_to_", ends).replaceAll("[^0-9A-Za-z_-]", "") + ".pcap";
  }

  private static Link.Wire bestEnd(Project project, Link link) {
    return link.wires().stream()
        .filter(wire -> project.node(wire.nodeId()).isStarted())
        .min(
            Comparator.comparing(
                    (Link.Wire wire) -> !project.node(wire.nodeId()).has(Trait.ALWAYS_ON))
                .thenComparing(
                    wire -> !project.node(wire.nodeId()).compute().id().equals(Computes.LOCAL)))
        .orElseThrow(
            () -> LabException.conflict("There is no capture: no node at this link is running"));
  }

  /** Ends the capture; harmless if there is none. */
  void stop(Project project, Link link) {
    link.lock().lock();
    try {
      Links.requireThere(project, link);
      link.capturing().ifPresent(wire -> stopAt(project, wire));
      link.captureEnded();
      changed(project, link);
    } finally {
      link.lock().unlock();
    }
  }

  private static void stopAt(Project project, Link.Wire wire) {
    try {
      project
          .node(wire.nodeId())
          .compute()
          .client()
          .post(wire.port() + "/stop_capture", JsonValue.EMPTY_JSON_OBJECT);
    } catch (LabException gone) {
      // A capture that the compute does not have, or cannot be asked about, has ended.
    }
  }

  /**
   * Reads a capture as it grows.
   *
   * @throws LabException (CONFLICT) if there is none
   */
  InputStream read(Project project, Link link) {
    Link.Wire wire =
        link.capturing()
            .orElseThrow(() -> LabException.conflict("This link has no capture that runs"));
    return project.node(wire.nodeId()).compute().client().stream(wire.port() + "/pcap");
  }

  /** Ends the captures that run at a node if it does not run any more. */
  public void nodeChanged(Project project, Node node) {
    if (node.isStarted()) {
      return;
    }
    for (Link link : List.copyOf(project.linksOf(node.id()))) {
      if (link.capturing().filter(wire -> wire.nodeId().equals(node.id())).isPresent()) {
        try {
          stop(project, link);
        } catch (LabException deleted) {
          // Its capture went with it.
        }
      }
    }
  }

  /** The same for who must not wait. */
  public void nodeChangedElsewhere(Project project, Node node) {
    if (!node.isStarted()) {
      inBackground(project, node, () -> nodeChanged(project, node));
    }
  }

  /** The compute of a node says that something is wrong with a capture there. */
  public void troubledElsewhere(Project project, Node node) {
    inBackground(
        project, node, () -> project.linksOf(node.id()).forEach(link -> check(project, link)));
  }

  private static void inBackground(Project project, Node node, Runnable work) {
    if (!project.linksOf(node.id()).isEmpty()) {
      Blocking.call(
          () -> {
            work.run();
            return null;
          });
    }
  }

  /**
   * Asks the compute whether a capture that should run does, and notes it if not. One that cannot
   * be asked is believed to go on.
   */
  public void check(Project project, Link link) {
    link.lock().lock();
    try {
      if (link.capturing().isPresent() && !runs(project, link)) {
        link.captureEnded();
        changed(project, link);
      }
    } finally {
      link.lock().unlock();
    }
  }

  private boolean runs(Project project, Link link) {
    try {
      read(project, link).close();
      return true;
    } catch (ComputeAway unknown) {
      return true;
    } catch (LabException refused) {
      return false;
    } catch (IOException broken) {
      // It was answered.
      return true;
    }
  }
}
