package io.patchbay.spi;

import jakarta.json.JsonObject;

/**
 * What is plugged into a port: the near end of a link (network input/output, in API v2's words).
 */
public sealed interface Nio {
  /** The {@code type} of the wire, such as {@code nio_udp}. */
  String type();

  /** The body that answers its creation: the type and where it leads, without settings. */
  JsonObject toJson();

  /**
   * A UDP tunnel; each datagram carries one Ethernet frame as it is.
   *
   * @param localPort UDP port of this end, 1 to 65535
   * @param remoteHost name or address of the other end
   * @param remotePort UDP port of the other end, 1 to 65535
   */
  record Udp(int localPort, String remoteHost, int remotePort, LinkSettings settings)
      implements Nio {
    @Override
    public String type() {
      return "nio_udp";
    }

    @Override
    public JsonObject toJson() {
      return jakarta.json.Json.createObjectBuilder()
          .add("type", type())
          .add("lport", localPort)
          .add("rhost", remoteHost)
          .add("rport", remotePort)
          .build();
    }

    /** Whether both lead to the same place; settings aside. */
    public boolean sameTunnel(Udp other) {
      return localPort == other.localPort
          && remotePort == other.remotePort
          && remoteHost.equals(other.remoteHost);
    }
  }

  /** Any other type of the wire, with its fields; most kinds of node refuse these. */
  record Other(String type, JsonObject fields) implements Nio {
    @Override
    public JsonObject toJson() {
      return fields;
    }
  }
}
