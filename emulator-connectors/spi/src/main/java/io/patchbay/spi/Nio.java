package io.patchbay.spi;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * What is plugged into a port: the near end of a link (network input/output, in API v2's words).
 */
public sealed interface Nio {
  /** The {@code type} of the wire, such as {@code nio_udp}. */
  String type();

  /** The body that answers its creation: the type and where it leads, without settings. */
  JsonObject toJson();

  /** The body that asks for it, settings included; {@link #of} makes the same of it again. */
  JsonObject request();

  /**
   * Reads the body that asks for one.
   *
   * @param body has the fields of its type, and they have the right types, the inside of filters
   *     aside
   * @throws LabException ({@link ErrorCode#INVALID}) if a filter's values are not a list
   */
  static Nio of(JsonObject body) {
    String type = body.getString("type");
    return switch (type) {
      case Udp.TYPE ->
          new Udp(
              body.getInt("lport"),
              body.getString("rhost"),
              body.getInt("rport"),
              LinkSettings.of(body));
      case Tap.TYPE -> new Tap(body.getString("tap_device"));
      default -> new Other(type, body);
    };
  }

  /** The same end with nothing set on it. */
  default Nio withoutSettings() {
    return this;
  }

  /** What is set on the link. */
  default LinkSettings settings() {
    return LinkSettings.NONE;
  }

  /**
   * A UDP tunnel; each datagram carries one Ethernet frame as it is.
   *
   * @param localPort UDP port of this end, 1 to 65535
   * @param remoteHost name or address of the other end
   * @param remotePort UDP port of the other end, 1 to 65535
   */
  record Udp(int localPort, String remoteHost, int remotePort, LinkSettings settings)
      implements Nio {
    private static final String TYPE = "nio_udp";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public JsonObject toJson() {
      return Json.createObjectBuilder()
          .add("type", type())
          .add("lport", localPort)
          .add("rhost", remoteHost)
          .add("rport", remotePort)
          .build();
    }

    @Override
    public JsonObject request() {
      JsonObjectBuilder filters = Json.createObjectBuilder();
      settings.filters().forEach(filters::add);
      return Json.createObjectBuilder(toJson())
          .add("suspend", settings.suspended())
          .add("filters", filters)
          .build();
    }

    @Override
    public Udp withoutSettings() {
      return new Udp(localPort, remoteHost, remotePort, LinkSettings.NONE);
    }
  }

  /**
   * A TAP device of the host.
   *
   * @param device the name of its network interface
   */
  record Tap(String device) implements Nio {
    private static final String TYPE = "nio_tap";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public JsonObject toJson() {
      return Json.createObjectBuilder().add("type", type()).add("tap_device", device).build();
    }

    @Override
    public JsonObject request() {
      return toJson();
    }
  }

  /** Any other type of the wire, with its fields; most kinds of node refuse these. */
  record Other(String type, JsonObject fields) implements Nio {
    @Override
    public JsonObject toJson() {
      return fields;
    }

    @Override
    public JsonObject request() {
      return fields;
    }
  }
}
