package io.patchbay.runtime.survival;

import io.patchbay.spi.CaptureRequest;
import io.patchbay.spi.DataLinkType;
import io.patchbay.spi.Json;
import io.patchbay.spi.Nio;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What it takes to make a node again as it was.
 *
 * @param kind its {@code node_type}
 * @param settings a body that creates it
 * @param ports what is plugged in, in the order in which it was
 * @param captures those that run, by their port
 * @param running what its connector needs to take up what runs; empty if nothing does. Its member
 *     {@code ports}, if it has one, holds the TCP and UDP ports that are in use.
 */
public record NodeState(
    UUID nodeId,
    String kind,
    JsonObject settings,
    SequencedMap<PortAddress, Nio> ports,
    Map<PortAddress, CaptureRequest> captures,
    Optional<JsonObject> running) {

  /** Every TCP or UDP port that this node had. */
  public Stream<Integer> portNumbers() {
    Stream<JsonValue> own =
        running.map(state -> state.get("ports")).stream()
            .filter(JsonObject.class::isInstance)
            .flatMap(held -> held.asJsonObject().values().stream());
    return Stream.concat(
        Stream.concat(own, Stream.ofNullable(settings.get("console")))
            .filter(JsonNumber.class::isInstance)
            .map(number -> ((JsonNumber) number).intValue()),
        ports.values().stream()
            .filter(Nio.Udp.class::isInstance)
            .map(nio -> ((Nio.Udp) nio).localPort()));
  }

  JsonObject toJson() {
    JsonArrayBuilder plugged = Json.createArrayBuilder();
    ports.forEach(
        (port, nio) -> {
          JsonObjectBuilder kept =
              Json.createObjectBuilder()
                  .add("adapter", port.adapter())
                  .add("port", port.port())
                  .add("nio", nio.request());
          if (captures.containsKey(port)) {
            kept.add("capture", json(captures.get(port)));
          }
          plugged.add(kept);
        });
    JsonObjectBuilder state =
        Json.createObjectBuilder()
            .add("node_id", nodeId.toString())
            .add("kind", kind)
            .add("settings", settings)
            .add("ports", plugged);
    running.ifPresent(process -> state.add("running", process));
    return state.build();
  }

  private static JsonObjectBuilder json(CaptureRequest capture) {
    return Json.createObjectBuilder()
        .add("file", capture.fileName())
        .add("type", capture.type().wireName());
  }

  private static CaptureRequest capture(JsonObject json) {
    return new CaptureRequest(
        json.getString("file"), DataLinkType.ofWireName(json.getString("type")));
  }

  /**
   * @throws RuntimeException if it is not what {@link #toJson} made
   */
  static NodeState of(JsonObject json) {
    SequencedMap<PortAddress, Nio> ports = new LinkedHashMap<>();
    Map<PortAddress, CaptureRequest> captures = new HashMap<>();
    for (JsonObject port : json.getJsonArray("ports").getValuesAs(JsonObject.class)) {
      PortAddress address = new PortAddress(port.getInt("adapter"), port.getInt("port"));
      ports.put(address, Nio.of(port.getJsonObject("nio")));
      if (port.containsKey("capture")) {
        captures.put(address, capture(port.getJsonObject("capture")));
      }
    }
    return new NodeState(
        UUID.fromString(json.getString("node_id")),
        json.getString("kind"),
        json.getJsonObject("settings"),
        ports,
        captures,
        Optional.ofNullable(json.getJsonObject("running")));
  }
}
