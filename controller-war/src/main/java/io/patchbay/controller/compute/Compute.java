package io.patchbay.controller.compute;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** A compute as the controller knows it. Thread-safe. */
public final class Compute {
  private static final JsonObject UNKNOWN_CAPABILITIES =
      Json.createObjectBuilder()
          .addNull("version")
          .add("node_types", JsonValue.EMPTY_JSON_ARRAY)
          .build();

  private final String id;
  private final String name;
  private final String host;
  private final int port;
  private final ComputeClient client;
  private volatile State state = new State(UNKNOWN_CAPABILITIES, false, 0, 0);

  private record State(JsonObject capabilities, boolean connected, double cpu, double memory) {}

  Compute(String id, String name, String host, int port) {
    this.id = id;
    this.name = name;
    this.host = host;
    this.port = port;
    this.client = new ComputeClient(host, port);
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** Where clients reach the consoles of its nodes. */
  public String host() {
    return host;
  }

  public ComputeClient client() {
    return client;
  }

  void connected(JsonObject capabilities) {
    state = new State(capabilities, true, state.cpu(), state.memory());
  }

  void disconnected() {
    state = new State(state.capabilities(), false, 0, 0);
  }

  void usage(JsonObject ping) {
    state =
        new State(
            state.capabilities(),
            true,
            percent(ping, "cpu_usage_percent"),
            percent(ping, "memory_usage_percent"));
  }

  private static double percent(JsonObject ping, String field) {
    return ping.get(field) instanceof JsonNumber number ? number.doubleValue() : 0;
  }

  public JsonObject describe() {
    State now = state;
    JsonObjectBuilder compute =
        Json.createObjectBuilder()
            .add("compute_id", id)
            .add("name", name)
            .add("protocol", "http")
            .add("host", host)
            .add("port", port)
            .addNull("user")
            .add("connected", now.connected())
            .add("cpu_usage_percent", now.cpu())
            .add("memory_usage_percent", now.memory())
            .add("capabilities", now.capabilities())
            .addNull("last_error");
    return compute.build();
  }
}
