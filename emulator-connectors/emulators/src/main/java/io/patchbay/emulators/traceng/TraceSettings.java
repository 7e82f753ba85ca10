package io.patchbay.emulators.traceng;

import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.regex.Pattern;

/**
 * From where a trace goes to where.
 *
 * @param ipAddress IPv4, dotted; empty if none is set
 * @param destination where it goes if a start does not say; empty if none is set
 */
record TraceSettings(String ipAddress, String destination) {
  static final TraceSettings NONE = new TraceSettings("", "");

  private static final Pattern ADDRESS =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

  /** A host as a command line may have it: nothing that could be taken for an option. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");

  private static final String IP_ADDRESS = "ip_address";
  private static final String DESTINATION = "default_destination";

  /**
   * @throws LabException (CONFLICT) if the address is none
   */
  TraceSettings {
    if (!ipAddress.isEmpty() && !ADDRESS.matcher(ipAddress).matches()) {
      throw LabException.conflict("'" + ipAddress + "' is no IPv4 address");
    }
  }

  TraceSettings with(JsonObject request) {
    return new TraceSettings(
        text(request, IP_ADDRESS, ipAddress), text(request, DESTINATION, destination));
  }

  private static String text(JsonObject request, String name, String otherwise) {
    return request.get(name) instanceof JsonString text ? text.getString() : otherwise;
  }

  /**
   * Where a trace goes that is told to go there; empty for the one that is set.
   *
   * @throws LabException (CONFLICT) if it cannot go there
   */
  String requireDestination(String told) {
    String host = told.isEmpty() ? destination : told;
    if (host.isEmpty()) {
      throw LabException.conflict("A trace needs a destination, an address or a host's name");
    }
    if (!HOST.matcher(host).matches()) {
      throw LabException.conflict("'" + host + "' is no destination of a trace");
    }
    if (ipAddress.isEmpty()) {
      throw LabException.conflict("A trace needs an IP address to come from");
    }
    if (ipAddress.equals(host)) {
      throw LabException.conflict("A trace cannot go to where it comes from, " + host);
    }
    return host;
  }

  void describe(JsonObjectBuilder node) {
    node.add(IP_ADDRESS, ipAddress).add(DESTINATION, destination);
  }
}
