package io.patchbay.controller.link;

import io.patchbay.spi.PortAddress;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A link of an open project. Reads never wait; {@link #lock} is held while its ends are asked. */
public final class Link {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final String projectId;
  private volatile JsonObject stored;
  private volatile List<Wire> wires = List.of();

  /**
   * One end of a link as its compute has it.
   *
   * @param path of the port, below {@code /v2/compute}
   * @param body that was sent for it, without settings
   */
  record Wire(String nodeId, String path, JsonObject body) {}

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

  /** The nodes at its ends. */
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

  boolean isSuspended() {
    return stored.getBoolean("suspend", false);
  }

  /** The link as clients see it. */
  public JsonObject describe() {
    return Json.createObjectBuilder(stored)
        .add("project_id", projectId)
        .add("link_type", "ethernet")
        .add("capturing", false)
        .addNull("capture_file_name")
        .addNull("capture_file_path")
        .addNull("capture_compute_id")
        .build();
  }
}
