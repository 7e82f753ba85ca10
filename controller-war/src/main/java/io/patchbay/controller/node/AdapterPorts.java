package io.patchbay.controller.node;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The ports of machines with network adapters; users may name each adapter and its MAC address. */
final class AdapterPorts {
  /** More than any emulator has; a project file may say anything. */
  private static final int MAX_ADAPTERS = 1000;

  private final JsonObject node;
  private final JsonObject properties;
  private final Map<Integer, JsonObject> custom = new HashMap<>();
  private final JsonArrayBuilder ports = Json.createArrayBuilder();

  private AdapterPorts(JsonObject node) {
    this.node = node;
    properties = node.getJsonObject("properties");
    if (node.get("custom_adapters") instanceof JsonArray adapters) {
      for (JsonObject adapter : adapters.getValuesAs(JsonObject.class)) {
        custom.putIfAbsent(adapter.getInt("adapter_number"), adapter);
      }
    }
  }

  /** Ports named by port_name_format, first_port_name and port_segment_size. */
  static JsonArray formatted(JsonObject node, int portsOfAdapter) {
    return new AdapterPorts(node).formatted(portsOfAdapter);
  }

  /** Ports of a container: eth0, eth1... */
  static JsonArray container(JsonObject node) {
    return new AdapterPorts(node).container();
  }

  private JsonArray formatted(int portsOfAdapter) {
    PortNameFormat format = PortNameFormat.of(node);
    Optional<String> first = text(node, "first_port_name").filter(name -> !name.isEmpty());
    int segmentSize = node.getInt("port_segment_size", 0);
    int inSegment = 0;
    int segment = 0;
    int adapters = count("ethernet_adapters").orElseGet(() -> count("adapters").orElse(1));
    for (int adapter = 0; adapter < adapters; adapter++) {
      for (int port = 0; port < portsOfAdapter; port++) {
        if (first.isPresent() && adapter == 0) {
          String name = customName(adapter).orElse(first.get());
          add(Port.ETHERNET.describe(name, name, adapter, port), adapter);
          continue;
        }
        String name = customName(adapter).orElse(format.name(inSegment, segment, adapter));
        add(
            Port.ETHERNET.describe(name, Port.ETHERNET.shortNameOf(name, segment), adapter, port),
            adapter);
        inSegment++;
        if (segmentSize == 0) {
          segment++;
        } else if (inSegment % segmentSize == 0) {
          segment++;
          inSegment = 0;
        }
      }
    }
    for (int serial = 0; serial < count("serial_adapters").orElse(0); serial++) {
      for (int port = 0; port < portsOfAdapter; port++) {
        String numbers = (segment + serial) + "/" + port;
        // Named by segment, as the Ethernet ports before are, and numbered likewise.
        ports.add(
            Port.SERIAL.describe(
                Port.SERIAL.name(numbers),
                Port.SERIAL.shortName(numbers),
                adapters + serial,
                port));
      }
    }
    return ports.build();
  }

  private JsonArray container() {
    for (int adapter = 0; adapter < count("adapters").orElse(1); adapter++) {
      String name = customName(adapter).orElse("eth" + adapter);
      JsonObjectBuilder port = Port.ETHERNET.describe(name, name, adapter, 0);
      mac(adapter).ifPresent(mac -> port.add("mac_address", mac));
      ports.add(port);
    }
    return ports.build();
  }

  private void add(JsonObjectBuilder port, int adapter) {
    customSetting(adapter, "adapter_type")
        .or(() -> text(properties, "adapter_type"))
        .filter(type -> !type.isEmpty())
        .ifPresent(type -> port.add("adapter_type", type));
    mac(adapter).ifPresent(mac -> port.add("mac_address", mac));
    ports.add(port);
  }

  private Optional<Integer> count(String property) {
    return properties.get(property) instanceof JsonNumber number
        ? Optional.of(Math.clamp(number.longValue(), 0, MAX_ADAPTERS))
        : Optional.empty();
  }

  private Optional<String> customName(int adapter) {
    return customSetting(adapter, "port_name");
  }

  private Optional<String> customSetting(int adapter, String setting) {
    return Optional.ofNullable(custom.get(adapter)).flatMap(own -> text(own, setting));
  }

  /** The adapter's own address, or the node's counted up to the adapter. */
  private Optional<String> mac(int adapter) {
    return customSetting(adapter, "mac_address")
        .or(() -> text(properties, "mac_address").flatMap(base -> macAfter(base, adapter)));
  }

  private static Optional<String> macAfter(String base, int adapter) {
    String digits = base.replace(":", "");
    if (!digits.matches("[0-9a-fA-F]{12}")) {
      return Optional.empty();
    }
    String next = "%012x".formatted(Long.parseLong(digits, 16) + adapter);
    return Optional.of(next.replaceAll("(..)(?=.)", "$1:"));
  }

  private static Optional<String> text(JsonObject from, String field) {
    JsonValue value = from.get(field);
    return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
  }
}
