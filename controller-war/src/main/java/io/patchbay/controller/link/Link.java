package io.patchbay.controller.link;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A link of an open project. Reads never wait; {@link #lock} is held while its ends are asked. */
public final class Link {
  /** Above it, no node has adapters or ports. */
  private static final int MAX_NUMBER = 65535;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final String projectId;
  private volatile String linkType = "ethernet";
  private volatile JsonObject stored;
  private volatile List<Wire> wires = List.of();
  private volatile Optional<LinkCapture> capture = Optional.empty();

  /**
   * One end of a link as its compute has it.
   *
   * @param path of the port, below {@code /v2/compute}
   * @param body that was sent for it, without settings
   */
  record Wire(String nodeId, String path, JsonObject body) {
    JsonObject toJson() {
      return Json.createObjectBuilder()
          .add("node_id", nodeId)
          .add("path", path)
          .add("body", body)
          .build();
    }

    static Wire of(JsonObject json) {
      return new Wire(
          json.getString("node_id"), json.getString("path"), json.getJsonObject("body"));
    }

    /** The port that it is plugged into, below {@code /v2/compute}. */
    String port() {
      return path.substring(0, path.lastIndexOf('/'));
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

  /**
   * @throws LabException (NOT_FOUND) if no port can have these numbers
   */
  static PortAddress port(JsonObject end) {
    return new PortAddress(number(end, "adapter_number"), number(end, "port_number"));
  }

  private static int number(JsonObject end, String field) {
    long number = end.getJsonNumber(field).longValue();
    if (number < 0 || number > MAX_NUMBER) {
      throw LabException.notFound("There is no port with the " + field + " " + number);
    }
    return (int) number;
  }

  /** The ends as they are plugged in; empty while the link is not made. */
  List<Wire> wires() {
    return wires;
  }

  void wires(List<Wire> newWires) {
    wires = newWires;
  }

  /** What its computes have of it, to be written down; {@link #wiring(JsonObject)} reads it. */
  public JsonObject wiring() {
    JsonArrayBuilder ends = Json.createArrayBuilder();
    wires.forEach(wire -> ends.add(wire.toJson()));
    JsonObjectBuilder wiring = Json.createObjectBuilder().add("ends", ends);
    capture.ifPresent(now -> wiring.add("capture", now.toJson()));
    return wiring.build();
  }

  /** Takes over what an earlier server had on the computes. */
  public void wiring(JsonObject wiring) {
    wires =
        wiring.getJsonArray("ends").getValuesAs(JsonObject.class).stream().map(Wire::of).toList();
    capture = Optional.ofNullable(wiring.getJsonObject("capture")).map(LinkCapture::of);
  }

  /** Takes over the type of its ports, {@code ethernet} or {@code serial}. */
  void linkType(String newType) {
    linkType = newType;
  }

  Optional<LinkCapture> capture() {
    return capture;
  }

  void capture(LinkCapture newCapture) {
    capture = Optional.of(newCapture);
  }

  /** A capture that ran does not any more, as far as one did. */
  void captureEnded() {
    capture = capture.map(LinkCapture::ended);
  }

  /** The end where a capture runs. */
  Optional<Wire> capturing() {
    return capture
        .flatMap(LinkCapture::place)
        .flatMap(
            place -> wires.stream().filter(wire -> wire.nodeId().equals(place.nodeId())).findAny());
  }

  /** The link as clients see it. */
  public JsonObject describe() {
    JsonObjectBuilder link =
        Json.createObjectBuilder(stored)
            .add("project_id", projectId)
            .add("link_type", linkType)
            .add("capturing", capturing().isPresent());
    Optional<LinkCapture> now = capture;
    addText(link, "capture_file_name", now.map(LinkCapture::file));
    addText(link, "capture_file_path", now.map(LinkCapture::path));
    addText(
        link,
        "capture_compute_id",
        now.flatMap(LinkCapture::place).map(LinkCapture.Place::computeId));
    return link.build();
  }

  private static void addText(JsonObjectBuilder link, String field, Optional<String> text) {
    text.ifPresentOrElse(value -> link.add(field, value), () -> link.addNull(field));
  }
}
