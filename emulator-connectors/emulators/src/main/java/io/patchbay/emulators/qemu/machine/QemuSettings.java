package io.patchbay.emulators.qemu.machine;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is set on a machine, by the names of API v2. Immutable.
 *
 * @param values every setting, with its default if nothing was said of it
 */
public record QemuSettings(JsonObject values) {
  /** What to do with a machine that is to stop. */
  public enum OnClose {
    POWER_OFF,
    SHUTDOWN_SIGNAL,
    SAVE_VM_STATE
  }

  /** In the reference's words; what clients never see of a node is here too. */
  private static final JsonObject DEFAULTS = defaults();

  /** What has no default: nothing is said of it unless somebody has set it. */
  private static final String MAX_CPUS = "maxcpus";

  private static JsonObject defaults() {
    InputStream file = QemuSettings.class.getResourceAsStream("defaults.json");
    try (JsonReader reader = Json.createReader(file)) {
      return reader.readObject();
    }
  }

  public static QemuSettings initial() {
    return new QemuSettings(DEFAULTS);
  }

  /** With what a request says; null says nothing. */
  public QemuSettings with(JsonObject request) {
    JsonObjectBuilder merged = Json.createObjectBuilder(values);
    Stream.concat(DEFAULTS.keySet().stream(), Stream.of(MAX_CPUS))
        .filter(name -> request.containsKey(name) && !request.isNull(name))
        .forEach(name -> merged.add(name, request.get(name)));
    return new QemuSettings(merged.build());
  }

  public QemuSettings with(String name, String value) {
    return with(Json.createObjectBuilder().add(name, value).build());
  }

  public String text(String name) {
    return values.getString(name);
  }

  public int number(String name) {
    return values.getInt(name);
  }

  public boolean flag(String name) {
    return values.getBoolean(name);
  }

  /** How many processors the guest may be given while it runs; those it has if nothing is said. */
  public int maxCpus() {
    return values.getInt(MAX_CPUS, number("cpus"));
  }

  public boolean linkedClone() {
    return flag("linked_clone");
  }

  public int adapters() {
    return number("adapters");
  }

  public boolean replicatesLinks() {
    return flag("replicate_network_connection_state");
  }

  public OnClose onClose() {
    return OnClose.valueOf(text("on_close").toUpperCase(Locale.ROOT));
  }

  /** What is set on one adapter alone. */
  public Optional<JsonObject> customAdapter(int number) {
    return customAdapters().stream()
        .filter(adapter -> adapter.getInt("adapter_number") == number)
        .findFirst();
  }

  private List<JsonObject> customAdapters() {
    return values.get("custom_adapters") instanceof JsonArray list
        ? list.getValuesAs(JsonObject.class)
        : List.of();
  }

  /** The driver of an adapter, such as {@code e1000}. */
  public String adapterType(int number) {
    return custom(number, "adapter_type").orElse(text("adapter_type"));
  }

  /** The hardware address of an adapter: counted on from the machine's, or its own. */
  public String macAddress(int number) {
    return custom(number, "mac_address")
        .map(MacAddress::normal)
        .orElseGet(() -> MacAddress.plus(text("mac_address"), number));
  }

  private Optional<String> custom(int number, String name) {
    return customAdapter(number)
        .map(adapter -> adapter.get(name))
        .filter(JsonString.class::isInstance)
        .map(value -> ((JsonString) value).getString());
  }

  /** Whether both describe the same hardware, so that a reset is enough to have the other. */
  public boolean sameMachine(QemuSettings other) {
    return machine().equals(other.machine());
  }

  private JsonObject machine() {
    return Json.createObjectBuilder(values)
        .remove("usage")
        .remove("on_close")
        .remove("cpu_throttling")
        .remove("replicate_network_connection_state")
        .build();
  }
}
