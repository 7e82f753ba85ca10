package io.patchbay.emulators.iou;

import io.patchbay.emulators.device.Carrier;
import io.patchbay.emulators.ios.Nvram;
import io.patchbay.netstack.link.IolPorts;
import io.patchbay.spi.LabException;
import io.patchbay.spi.PortAddress;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is set on a node, by the names of API v2.
 *
 * @param ethernetAdapters each has four ports
 * @param serialAdapters likewise; they come behind the others
 * @param ram in MB
 * @param nvram in KB
 * @param keepalives whether interfaces notice that they have no link
 * @param usual whether the image chooses the sizes of its memories
 */
record IouSettings(
    String usage,
    int ethernetAdapters,
    int serialAdapters,
    int ram,
    int nvram,
    boolean keepalives,
    boolean usual) {
  static final IouSettings INITIAL = new IouSettings("", 2, 2, 1024, 256, false, false);

  private static final int USUAL_ADAPTERS = 2;
  private static final int MOST_RAM = 65536;

  /**
   * With what a request says; null says nothing.
   *
   * @throws LabException (CONFLICT) if a value is out of its range
   */
  IouSettings with(JsonObject body) {
    int ethernet = number(body, "ethernet_adapters", 0, IolPorts.BAYS, ethernetAdapters);
    int serial = number(body, "serial_adapters", 0, IolPorts.BAYS, serialAdapters);
    if (ethernet + serial > IolPorts.BAYS) {
      throw LabException.conflict(
          "An IOU node has at most " + IolPorts.BAYS + " adapters, Ethernet and serial ones");
    }
    return new IouSettings(
        body.get("usage") instanceof JsonString text ? text.getString() : usage,
        ethernet,
        serial,
        number(body, "ram", 1, MOST_RAM, ram),
        number(body, "nvram", Nvram.SMALLEST, Nvram.LARGEST, nvram),
        flag(body, "l1_keepalives", keepalives),
        flag(body, "use_default_iou_values", usual));
  }

  /** With other sizes of memories. */
  IouSettings with(int newRam, int newNvram) {
    return new IouSettings(
        usage, ethernetAdapters, serialAdapters, newRam, newNvram, keepalives, usual);
  }

  private static int number(JsonObject body, String name, int least, int most, int before) {
    if (!(body.get(name) instanceof JsonNumber number)) {
      return before;
    }
    if (number.bigDecimalValue().intValue() != number.longValue()
        || number.longValue() < least
        || number.longValue() > most) {
      throw LabException.conflict(name + " must be a number from " + least + " to " + most);
    }
    return number.intValue();
  }

  private static boolean flag(JsonObject body, String name, boolean before) {
    JsonValue value = body.getOrDefault(name, JsonValue.NULL);
    return value.equals(JsonValue.NULL) ? before : value.equals(JsonValue.TRUE);
  }

  /** The ports that the adapters have, each by its bay and unit. */
  Map<PortAddress, Carrier> ports() {
    Map<PortAddress, Carrier> ports = new LinkedHashMap<>();
    for (int bay = 0; bay < ethernetAdapters + serialAdapters; bay++) {
      for (int unit = 0; unit < IolPorts.UNITS; unit++) {
        ports.put(
            new PortAddress(bay, unit), bay < ethernetAdapters ? Carrier.ETHERNET : Carrier.SERIAL);
      }
    }
    return ports;
  }

  /** The options of the image's command line; {@code -l} is for whoever knows that it has it. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    if (ethernetAdapters != USUAL_ADAPTERS) {
      options.addAll(List.of("-e", "" + ethernetAdapters));
    }
    if (serialAdapters != USUAL_ADAPTERS) {
      options.addAll(List.of("-s", "" + serialAdapters));
    }
    if (!usual) {
      options.addAll(List.of("-n", "" + nvram, "-m", "" + ram));
    }
    return options;
  }

  void describe(JsonObjectBuilder node) {
    node.add("usage", usage)
        .add("ethernet_adapters", ethernetAdapters)
        .add("serial_adapters", serialAdapters)
        .add("ram", ram)
        .add("nvram", nvram)
        .add("l1_keepalives", keepalives)
        .add("use_default_iou_values", usual);
  }

  /** What the NETMAP file of an instance has: each port leads to the same one of the bridge. */
  static String netmap(int instance, int bridge) {
    StringBuilder map = new StringBuilder();
    for (int bay = 0; bay < IolPorts.BAYS; bay++) {
      for (int unit = 0; unit < IolPorts.UNITS; unit++) {
        map.append("%d:%d/%d %d:%d/%d\n".formatted(bridge, bay, unit, instance, bay, unit));
      }
    }
    return map.toString();
  }
}
