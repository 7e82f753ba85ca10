package io.patchbay.runtime;

import io.patchbay.runtime.port.PortPool;
import io.patchbay.spi.LabException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.Optional;
import java.util.OptionalInt;

/** The console settings of a node: its type, and the port that is reserved for it. */
public final class ConsolePort {
  private static final String NONE = "none";
  private static final String TELNET = "telnet";
  private static final String VNC = "vnc";
  private static final String AUX = "aux";

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

  /**
   * The one that a request asks for by {@code console} and {@code console_type}, telnet by default.
   *
   * @throws LabException (CONFLICT) if there is no port for it
   */
  public static ConsolePort of(PortPool ports, JsonObject request) {
    return new ConsolePort(ports, type(request).orElse(TELNET), number(request, "console"), false);
  }

  /**
   * The auxiliary port that a request asks for by {@code aux}; without a number nobody can come to
   * it.
   *
   * @throws LabException (CONFLICT) if there is no port for it
   */
  public static ConsolePort auxiliary(PortPool ports, JsonObject request) {
    OptionalInt wanted = number(request, AUX);
    return new ConsolePort(ports, wanted.isPresent() ? TELNET : NONE, wanted, false);
  }

  private static Optional<String> type(JsonObject request) {
    return request.get("console_type") instanceof JsonString type
        ? Optional.of(type.getString())
        : Optional.empty();
  }

  private static OptionalInt number(JsonObject request, String field) {
    return request.get(field) instanceof JsonNumber number
        ? OptionalInt.of(number.intValue())
        : OptionalInt.empty();
  }

  /**
   * @param node its name
   * @throws LabException (CONFLICT) if a request wants another type, which one that runs cannot get
   */
  public void requireSameType(JsonObject request, String node) {
    Optional<String> other = type(request).filter(wanted -> !wanted.equals(type));
    if (other.isPresent()) {
      throw LabException.conflict(
          "\"%s\" must be stopped to change its console to %s".formatted(node, other.get()));
    }
  }

  /** Changes what a request says of a console. */
  public void update(JsonObject request) {
    type(request).ifPresent(this::changeType);
    number(request, "console").ifPresent(this::changePort);
  }

  /** Changes what a request says of an auxiliary port. */
  public void updateAuxiliary(JsonObject request) {
    number(request, AUX)
        .ifPresent(
            wanted -> {
              changeType(TELNET);
              changePort(wanted);
            });
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
