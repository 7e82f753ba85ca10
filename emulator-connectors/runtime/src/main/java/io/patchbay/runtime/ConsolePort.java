package io.patchbay.runtime;

import io.patchbay.runtime.port.PortPool;
import jakarta.json.JsonObjectBuilder;
import java.util.OptionalInt;

/** The console settings of a node: its type, and the port that is reserved for it. */
public final class ConsolePort {
  private static final String NONE = "none";
  private static final String VNC = "vnc";

  /** VNC counts its displays from here: that of display 0. */
  public static final int FIRST_VNC_PORT = 5900;

  private final PortPool ports;
  private final boolean reservedForNone;
  private String type;
  private OptionalInt port;

  /**
   * @param wanted port that the client asked for; another one is taken if it is not free
   * @param reservedForNone whether a port is held even while the type is {@code none}
   */
  public ConsolePort(PortPool ports, String type, OptionalInt wanted, boolean reservedForNone) {
    this.ports = ports;
    this.type = type;
    this.reservedForNone = reservedForNone;
    this.port = needed() ? OptionalInt.of(take(wanted)) : OptionalInt.empty();
  }

  private boolean needed() {
    return reservedForNone || !type.equals(NONE);
  }

  private int take(OptionalInt wanted) {
    return wanted.isPresent()
        ? ports.leasePreferring(wanted.getAsInt(), least())
        : ports.lease(least());
  }

  private int least() {
    return type.equals(VNC) ? FIRST_VNC_PORT : 0;
  }

  /** Changes the type; a port is taken or given back as the new type needs. */
  public void changeType(String newType) {
    type = newType;
    if (!needed()) {
      release();
    } else if (port.isEmpty() || port.getAsInt() < least()) {
      int fresh = take(OptionalInt.empty());
      release();
      port = OptionalInt.of(fresh);
    }
  }

  /** Moves to another port, or to a free one if that is taken. */
  public void changePort(int wanted) {
    if (needed() && (port.isEmpty() || port.getAsInt() != wanted)) {
      int fresh = take(OptionalInt.of(wanted));
      release();
      port = OptionalInt.of(fresh);
    }
  }

  public void release() {
    port.ifPresent(ports::release);
    port = OptionalInt.empty();
  }

  public String type() {
    return type;
  }

  /** The port that the console listens on; empty if it has none or its type is {@code none}. */
  public OptionalInt listening() {
    return type.equals(NONE) ? OptionalInt.empty() : port;
  }

  /** Adds {@code console} and {@code console_type} as the wire has them. */
  public void describe(JsonObjectBuilder node) {
    port.ifPresentOrElse(number -> node.add("console", number), () -> node.addNull("console"));
    node.add("console_type", type);
  }
}
