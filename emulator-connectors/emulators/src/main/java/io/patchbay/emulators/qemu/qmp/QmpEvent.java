package io.patchbay.emulators.qemu.qmp;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** What QEMU tells unasked; see the QEMU QMP Reference Manual. */
public sealed interface QmpEvent {
  /** The guest's processors stand still or go on; {@link Qmp#status} tells which. */
  record RunStateChanged() implements QmpEvent {}

  /**
   * The machine was reset.
   *
   * @param byGuest whether the guest did it, and not a client
   */
  record Reset(boolean byGuest) implements QmpEvent {}

  /**
   * The machine is switched off; the process ends with it.
   *
   * @param byGuest whether the guest did it, and not a client or a signal
   */
  record Shutdown(boolean byGuest) implements QmpEvent {}

  /** The guest's kernel says that it cannot go on. */
  record Panicked() implements QmpEvent {}

  /**
   * A disk could not be read or written.
   *
   * @param device such as {@code drive0}
   * @param stops whether the guest is suspended for it
   * @param reason in words of the system; may be empty
   */
  record DiskTrouble(String device, boolean stops, String reason) implements QmpEvent {}

  /** Any other. */
  record Other(String name) implements QmpEvent {}

  /**
   * @param message has a member {@code event}
   */
  static QmpEvent of(JsonObject message) {
    JsonObject data =
        message.get("data") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    String name = message.getString("event");
    return switch (name) {
      case "STOP", "RESUME" -> new RunStateChanged();
      case "RESET" -> new Reset(data.getBoolean("guest", false));
      case "SHUTDOWN" -> new Shutdown(data.getBoolean("guest", false));
      case "GUEST_PANICKED" -> new Panicked();
      case "BLOCK_IO_ERROR" ->
          new DiskTrouble(
              data.getString("device", ""),
              data.getString("action", "").equals("stop"),
              data.getString("reason", ""));
      default -> new Other(name);
    };
  }
}
