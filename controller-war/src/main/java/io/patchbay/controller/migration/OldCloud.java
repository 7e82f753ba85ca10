package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * Clouds and hosts of GNS3 1.x, whose ports were named by what they lead to, such as {@code
 * nio_gen_eth:eth0}.
 */
final class OldCloud {
  private OldCloud() {}

  /** Fills in a cloud's properties and registers its ports. */
  static void convert(JsonObject old, JsonObjectBuilder properties, OldPorts ports) {
    JsonArrayBuilder mapping = Json.createArrayBuilder();
    int number = 0;
    for (JsonObject port : Old.list(old, "ports")) {
      String name = port.getString("name");
      // The NAT of a cloud has become a kind of node.
      if (!name.startsWith("nio_nat")) {
        number++;
        mapping.add(mapping(name, number));
        ports.add(port, 0, number);
      }
    }
    properties.add("ports_mapping", mapping).add("interfaces", Json.createArrayBuilder());
  }

  private static JsonObjectBuilder mapping(String name, int number) {
    String[] parts = name.split(":", 2);
    String target = parts.length > 1 ? parts[1] : "";
    return switch (parts[0]) {
      case "nio_gen_eth", "nio_gen_linux" -> device("ethernet", target, number);
      case "nio_tap" -> device("tap", target, number);
      case "nio_udp" -> tunnel(name, target, number);
      default ->
          throw LabException.conflict("A cloud with a port " + name + " cannot be converted");
    };
  }

  private static JsonObjectBuilder device(String type, String device, int number) {
    return Json.createObjectBuilder()
        .add("interface", device)
        .add("name", device)
        .add("port_number", number)
        .add("type", type);
  }

  private static JsonObjectBuilder tunnel(String name, String target, int number) {
    String[] parts = target.split(":");
    if (parts.length != 3) {
      throw LabException.conflict(
          "A cloud with the UDP tunnel " + name + " cannot be converted; is its address IPv6?");
    }
    return Json.createObjectBuilder()
        .add("name", "UDP tunnel " + number)
        .add("port_number", number)
        .add("type", "udp")
        .add("lport", Old.integer(parts[0]))
        .add("rhost", parts[1])
        .add("rport", Old.integer(parts[2]));
  }
}
