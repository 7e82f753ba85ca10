package io.patchbay.controller.compute;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * How a compute is reached.
 *
 * @param protocol {@code http} or {@code https}
 * @param host name or address
 * @param user for HTTP Basic authentication; empty if the compute asks for none
 * @param password never shown to clients
 */
record ComputeSettings(
    String id,
    String name,
    String protocol,
    String host,
    int port,
    Optional<String> user,
    Optional<String> password) {
  private static final String ROOT = "/v2/compute";

  /** Users with generated names are shortened in the name that a compute gets by itself. */
  private static final int LONGEST_USER = 14;

  static ComputeSettings of(JsonObject body) {
    Optional<String> user = text(body, "user");
    String protocol = body.getString("protocol");
    String host = body.getString("host");
    int port = body.getInt("port");
    return new ComputeSettings(
        text(body, "compute_id").orElseGet(() -> UUID.randomUUID().toString()),
        text(body, "name").orElseGet(() -> defaultName(protocol, user, host, port)),
        protocol,
        host,
        port,
        user,
        text(body, "password"));
  }

  private static String defaultName(String protocol, Optional<String> user, String host, int port) {
    String before =
        user.map(
                name ->
                    (name.length() > LONGEST_USER
                            ? name.substring(0, LONGEST_USER - 3) + "..."
                            : name)
                        + "@")
            .orElse("");
    return protocol + "://" + before + host + ":" + port;
  }

  /** With what a request changes; the id never does. */
  ComputeSettings change(JsonObject body) {
    return new ComputeSettings(
        id,
        text(body, "name").orElse(name),
        text(body, "protocol").orElse(protocol),
        text(body, "host").orElse(host),
        body.getInt("port", port),
        body.containsKey("user") ? text(body, "user") : user,
        body.containsKey("password") ? text(body, "password") : password);
  }

  /** Blank counts as not given. */
  private static Optional<String> text(JsonObject body, String field) {
    return body.get(field) instanceof JsonString given
        ? Optional.of(given.getString().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** Whether both lead to the same place in the same way. */
  boolean reachesAs(ComputeSettings other) {
    return url().equals(other.url()) && user.equals(other.user) && password.equals(other.password);
  }

  /** The root of the compute's API. */
  String url() {
    return protocol + "://" + authority() + ROOT;
  }

  String socketUrl() {
    return url().replaceFirst("^http", "ws");
  }

  private String authority() {
    boolean bare = host.contains(":") && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + port;
  }

  /** The {@code Authorization} header, if the compute wants one. */
  Optional<String> authorization() {
    return user.map(
        name -> {
          byte[] both = (name + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8);
          return "Basic " + Base64.getEncoder().encodeToString(both);
        });
  }

  /** What a project's file says of a compute. */
  JsonObject publicPart() {
    return address().build();
  }

  /** Everything, password included: for our own file only. */
  JsonObject stored() {
    JsonObjectBuilder all = address();
    all.add("user", user.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL));
    all.add("password", password.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL));
    return all.build();
  }

  private JsonObjectBuilder address() {
    return Json.createObjectBuilder()
        .add("compute_id", id)
        .add("name", name)
        .add("protocol", protocol)
        .add("host", host)
        .add("port", port);
  }

  /** A record would print the password. */
  @Override
  public String toString() {
    return id + " at " + url();
  }
}
