package io.patchbay.controller.link;

import io.patchbay.controller.compute.Compute;
import io.patchbay.controller.node.Node;
import io.patchbay.controller.project.Project;
import io.patchbay.server.task.Tasks;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many frames and bytes passed the links of a project, as its computes count them; each is
 * asked once. Nothing is asked, counted or kept for it unless somebody wants to know.
 */
final class LinkTraffic {
  /** Those that a compute tells; older ones count no bytes. */
  private static final List<String> FIGURES =
      List.of("sent", "received", "dropped", "sent_bytes", "received_bytes");

  private final Project project;

  LinkTraffic(Project project) {
    this.project = project;
  }

  /** An end of a link, as its compute names it. */
  private record End(String computeId, int udpPort) {}

  /**
   * The links that are counted, seen from their first ends. Left out are those whose compute is
   * away or does not count, such as one of stock GNS3.
   */
  JsonArray read() {
    Map<Link, End> ends = new HashMap<>();
    Map<String, Compute> computes = new HashMap<>();
    for (Link link : project.links()) {
      List<Link.Wire> wires = link.wires();
      if (wires.isEmpty() || !(wires.getFirst().body().get("lport") instanceof JsonNumber port)) {
        continue;
      }
      project
          .findNode(wires.getFirst().nodeId())
          .map(Node::compute)
          .filter(compute -> !compute.isAway())
          .ifPresent(
              compute -> {
                computes.put(compute.id(), compute);
                ends.put(link, new End(compute.id(), port.intValue()));
              });
    }
    Map<End, JsonObject> counted = new ConcurrentHashMap<>();
    Tasks.forEach(computes.values(), compute -> ask(compute, counted));
    JsonArrayBuilder links = Json.createArrayBuilder();
    ends.forEach(
        (link, end) -> {
          JsonObject figures = counted.get(end);
          if (figures != null) {
            links.add(describe(link, figures));
          }
        });
    return links.build();
  }

  private void ask(Compute compute, Map<End, JsonObject> counted) {
    try {
      JsonValue answer = compute.client().get("/patchbay/projects/" + project.id() + "/traffic");
      if (answer instanceof JsonArray all) {
        all.getValuesAs(JsonObject.class)
            .forEach(end -> counted.put(new End(compute.id(), end.getInt("udp_port")), end));
      }
    } catch (LabException doesNotCount) {
      // Its links carry frames all the same.
    }
  }

  private static JsonObjectBuilder describe(Link link, JsonObject figures) {
    JsonObjectBuilder described = Json.createObjectBuilder().add("link_id", link.id());
    FIGURES.stream()
        .filter(figures::containsKey)
        .forEach(figure -> described.add(figure, figures.get(figure)));
    return described;
  }
}
