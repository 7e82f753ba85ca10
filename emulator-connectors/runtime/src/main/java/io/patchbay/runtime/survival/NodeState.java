package io.patchbay.runtime.survival;

import io.patchbay.spi.Json;
import io.patchbay.spi.Nio;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
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
 * @param running what its connector needs to take up what runs; empty if nothing does. Its member
 *     {@code ports}, if it has one, holds the TCP and UDP ports that are in use.
 */
public record NodeState(
    UUID nodeId,
    String kind,
    JsonObject settings,
    SequencedMap<PortAddress, Nio> ports,
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
        (port, nio) ->
            plugged.add(
                Json.createObjectBuilder()
                    .add("adapter", port.adapter())
                    .add("port", port.port())
                    .add("nio", nio.request())));
    JsonObjectBuilder state =
        Json.createObjectBuilder()
            .add("node_id", nodeId.toString())
            .add("kind", kind)
            .add("settings", settings)
            .add("ports", plugged);
    running.ifPresent(process -> state.add("running", process));
    return state.build();
  }

  /**
   * @throws RuntimeException if it is not what {@link #toJson} made
   */
  static NodeState of(JsonObject json) {
    SequencedMap<PortAddress, Nio> ports = new LinkedHashMap<>();
    for (JsonObject port : json.getJsonArray("ports").getValuesAs(JsonObject.class)) {
      ports.put(
          new PortAddress(port.getInt("adapter"), port.getInt("port")),
          Nio.of(port.getJsonObject("nio")));
    }
    return new NodeState(
        UUID.fromString(json.getString("node_id")),
        json.getString("kind"),
        json.getJsonObject("settings"),
        ports,
        Optional.ofNullable(json.getJsonObject("running")));
  }
}
