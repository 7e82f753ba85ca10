package io.patchbay.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A client that does this and that with nodes and links of its own, and remembers what the answers
 * promised. What it does follows from its number.
 */
final class LabClient {
  private final Api api;
  private final String project;
  private final int number;
  private final Random random;
  private final Map<String, JsonObject> nodes = new LinkedHashMap<>();
  private final Map<String, JsonObject> links = new LinkedHashMap<>();
  private int made;

  LabClient(Api api, String project, int number) {
    this.api = api;
    this.project = project;
    this.number = number;
    this.random = new Random(number);
  }

  /** What it was told of its nodes last, by id. */
  Map<String, JsonObject> nodes() {
    return nodes;
  }

  Map<String, JsonObject> links() {
    return links;
  }

  /** Makes some nodes, starts a virtual PC, then changes, wires, unwires and deletes. */
  void work(int steps) throws Exception {
    JsonObject pc = create("vpcs");
    create("ethernet_switch");
    link();
    keep(call("POST", "/nodes/" + pc.getString("node_id") + "/start", ""));
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(6)) {
        case 0 -> create("ethernet_hub");
        case 1 -> create("ethernet_switch");
        case 2 -> link();
        case 3 -> unlink();
        case 4 -> change();
        default -> delete();
      }
    }
    if (number % 2 == 0 && nodes.containsKey(pc.getString("node_id"))) {
      keep(call("POST", "/nodes/" + pc.getString("node_id") + "/stop", ""));
    }
  }

  private JsonObject call(String method, String path, String body) throws Exception {
    Api.Answer answer = api.call(method, project + path, body);
    assertTrue(
        answer.status() < 300,
        () -> method + " " + path + ": " + answer.status() + " " + answer.response().body());
    return answer.json() instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  private JsonObject keep(JsonObject node) {
    nodes.put(node.getString("node_id"), node);
    return node;
  }

  private JsonObject create(String type) throws Exception {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            // Every second name is everybody's, so that the server has to number them.
            .add("name", made++ % 2 == 0 ? "N{0}" : "C" + number + "-" + made)
            .add("node_type", type)
            .add("compute_id", "local");
    return keep(call("POST", "/nodes", body.build().toString()));
  }

  private void change() throws Exception {
    JsonObject node = any(nodes);
    String body =
        random.nextBoolean()
            ? "{\"x\": %d}".formatted(random.nextInt(1000))
            : "{\"name\": \"R%d-%d\"}".formatted(number, made++);
    keep(call("PUT", "/nodes/" + node.getString("node_id"), body));
  }

  private void delete() throws Exception {
    if (nodes.size() < 3) {
      return;
    }
    String node = any(nodes).getString("node_id");
    call("DELETE", "/nodes/" + node, "");
    nodes.remove(node);
    links.values().removeIf(link -> link.toString().contains(node));
  }

  private void link() throws Exception {
    List<JsonObject> free = new ArrayList<>(nodes.values());
    free.removeIf(
        node -> links.values().stream().anyMatch(link -> link.toString().contains(id(node))));
    if (free.size() >= 2) {
      JsonObject link =
          call(
              "POST",
              "/links",
              "{\"nodes\": [%s, %s]}".formatted(end(free.get(0)), end(free.get(1))));
      links.put(link.getString("link_id"), link);
    }
  }

  private static String id(JsonObject node) {
    return node.getString("node_id");
  }

  private static String end(JsonObject node) {
    return "{\"node_id\": \"%s\", \"adapter_number\": 0, \"port_number\": 0}".formatted(id(node));
  }

  private void unlink() throws Exception {
    if (!links.isEmpty()) {
      String link = any(links).getString("link_id");
      call("DELETE", "/links/" + link, "");
      links.remove(link);
    }
  }

  private JsonObject any(Map<String, JsonObject> from) {
    return List.copyOf(from.values()).get(random.nextInt(from.size()));
  }
}
