package io.patchbay.controller.node;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** What is known of the ports of one type; clients show and compare these words. */
enum Port {
  ETHERNET("Ethernet", "e", "ethernet", Captures.ETHERNET),
  FAST_ETHERNET("FastEthernet", "f", "ethernet", Captures.ETHERNET),
  GIGABIT_ETHERNET("GigabitEthernet", "g", "ethernet", Captures.ETHERNET),
  SERIAL("Serial", "s", "serial", Captures.SERIAL),
  ATM("ATM", "a", "serial", Captures.ATM),
  POS("POS", "p", "serial", Captures.NONE),
  FRAME_RELAY("FrameRelay", "s", "serial", Captures.FRAME_RELAY);

  private final String longName;
  private final String shortName;
  private final String linkType;
  private final JsonObject captures;

  /** The {@code data_link_types}: what a capture may be called, and its pcap link type. */
  private static final class Captures {
    static final JsonObject ETHERNET = of("Ethernet", "DLT_EN10MB");
    static final JsonObject ATM = of("ATM", "DLT_ATM_RFC1483");
    static final JsonObject FRAME_RELAY = of("Frame Relay", "DLT_FRELAY");
    static final JsonObject SERIAL =
        Json.createObjectBuilder(FRAME_RELAY)
            .add("Cisco HDLC", "DLT_C_HDLC")
            .add("Cisco PPP", "DLT_PPP_SERIAL")
            .build();
    static final JsonObject NONE = JsonValue.EMPTY_JSON_OBJECT;

    private static JsonObject of(String name, String type) {
      return Json.createObjectBuilder().add(name, type).build();
    }
  }

  Port(String longName, String shortName, String linkType, JsonObject captures) {
    this.longName = longName;
    this.shortName = shortName;
    this.linkType = linkType;
    this.captures = captures;
  }

  /** The name of a port of this type, such as {@code Serial1/0}. */
  String name(String numbers) {
    return longName + numbers;
  }

  /** Its short name, such as {@code s1/0}. */
  String shortName(String numbers) {
    return shortName + numbers;
  }

  /** The short name of a port that users may have named otherwise: then it is the name itself. */
  String shortNameOf(String name, int number) {
    if (name.contains("/")) {
      return name.replace(longName, shortName);
    }
    return name.startsWith(longName + number) ? shortName + number : name;
  }

  JsonObjectBuilder describe(String name, String shortName, int adapter, int port) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("short_name", shortName)
        .add("adapter_number", adapter)
        .add("port_number", port)
        .add("link_type", linkType)
        .add("data_link_types", captures);
  }
}
