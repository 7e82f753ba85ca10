package io.patchbay.controller.link;

import io.patchbay.spi.Json;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A link of an open project. Reads never wait; {@link #lock} is held while its ends are asked. */
public final class Link {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final String projectId;
  private volatile String linkType = "ethernet";
  private volatile JsonObject stored;
  private volatile List<Wire> wires = List.of();
  private volatile Optional<Capture> capture = Optional.empty();

  /**
   * One end of a link as its compute has it.
   *
   * @param path of the port, below {@code /v2/compute}
   * @param body that was sent for it, without settings
   */
  record Wire(String nodeId, String path, JsonObject body) {
    /** The port that it is plugged into, below {@code /v2/compute}. */
    String port() {
      return path.substring(0, path.lastIndexOf('/'));
    }
  }

  /**
   * The last capture.
   *
   * @param file the file's name
   * @param path where the file is in the project
   * @param wire the end where it runs, and its compute; empty once it has ended
   */
  record Capture(String file, String path, Optional<Wire> wire, Optional<String> computeId) {
    Capture ended() {
      return new Capture(file, path, Optional.empty(), Optional.empty());
    }
  }

  /**
   * @param stored the link as the project's file has it
   */
  public Link(String projectId, JsonObject stored) {
    this.projectId = projectId;
    this.stored = stored;
  }

  ReentrantLock lock() {
    return lock;
  }

  public String id() {
    return stored.getString("link_id");
  }

  /** The link as the project's file stores it. */
  public JsonObject stored() {
    return stored;
  }

  void store(JsonObject newStored) {
    stored = newStored;
  }

  List<JsonObject> ends() {
    return stored.getJsonArray("nodes").getValuesAs(JsonObject.class);
  }

  /** The ids of the nodes at its ends. */
  public List<String> nodeIds() {
    return ends().stream().map(end -> end.getString("node_id")).toList();
  }

  boolean uses(String nodeId, PortAddress port) {
    return ends().stream()
        .anyMatch(end -> end.getString("node_id").equals(nodeId) && port(end).equals(port));
  }

  static PortAddress port(JsonObject end) {
    return new PortAddress(end.getInt("adapter_number"), end.getInt("port_number"));
  }

  /** The ends as they are plugged in; empty while the link is not made. */
  List<Wire> wires() {
    return wires;
  }

  void wires(List<Wire> newWires) {
    wires = newWires;
  }

  /** The ends as they are plugged in, to be written down; {@link #wiring(JsonArray)} reads it. */
  public JsonArray wiring() {
    JsonArrayBuilder ends = Json.createArrayBuilder();
    for (Wire wire : wires) {
      ends.add(
          Json.createObjectBuilder()
              .add("node_id", wire.nodeId())
              .add("path", wire.path())
              .add("body", wire.body()));
    }
    return ends.build();
  }

  /** Takes over how an earlier server had plugged the ends in. */
  public void wiring(JsonArray ends) {
    wires =
        ends.getValuesAs(JsonObject.class).stream()
            .map(
                end ->
                    new Wire(
                        end.getString("node_id"), end.getString("path"), end.getJsonObject("body")))
            .toList();
  }

  /** Takes over the type of its ports, {@code ethernet} or {@code serial}. */
  void linkType(String newType) {
    linkType = newType;
  }

  Optional<Capture> capture() {
    return capture;
  }

  void capture(Capture newCapture) {
    capture = Optional.of(newCapture);
  }

  /** The end where a capture runs. */
  Optional<Wire> capturing() {
    return capture.flatMap(Capture::wire);
  }

  /** The link as clients see it. */
  public JsonObject describe() {
    JsonObjectBuilder link =
        Json.createObjectBuilder(stored)
            .add("project_id", projectId)
            .add("link_type", linkType)
            .add("capturing", capturing().isPresent());
    Optional<Capture> now = capture;
    addText(link, "capture_file_name", now.map(Capture::file));
    addText(link, "capture_file_path", now.map(Capture::path));
    addText(link, "capture_compute_id", now.flatMap(Capture::computeId));
    return link.build();
  }

  private static void addText(JsonObjectBuilder link, String field, Optional<String> text) {
    text.ifPresentOrElse(value -> link.add(field, value), () -> link.addNull(field));
  }
}
