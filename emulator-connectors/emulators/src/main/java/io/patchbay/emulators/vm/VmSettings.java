package io.patchbay.emulators.vm;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.Locale;
import java.util.Optional;

/**
 * What is set on a machine, by the names of API v2. Immutable.
 *
 * @param values every setting, with its default if nothing was said of it
 */
public record VmSettings(JsonObject values) {
  private static final String CUSTOM_ADAPTERS = "custom_adapters";

  /** What to do with a machine that is to stop. */
  public enum OnClose {
    POWER_OFF,
    SHUTDOWN_SIGNAL,
    SAVE_VM_STATE
  }

  /** What machines of every manager have, and the defaults of one of them. */
  public static VmSettings of(JsonObject defaults) {
    return new VmSettings(
        Json.createObjectBuilder()
            .add("usage", "")
            .add("headless", false)
            .add("on_close", "power_off")
            .add("adapters", 0)
            .add("use_any_adapter", false)
            .add("linked_clone", false)
            .add(CUSTOM_ADAPTERS, Json.createArrayBuilder())
            .addAll(Json.createObjectBuilder(defaults))
            .build());
  }

  /** With what a request says of them; null says nothing. */
  public VmSettings with(JsonObject request) {
    JsonObjectBuilder merged = Json.createObjectBuilder(values);
    values.keySet().stream()
        .filter(name -> request.containsKey(name) && !request.isNull(name))
        .forEach(name -> merged.add(name, request.get(name)));
    return new VmSettings(merged.build());
  }

  public VmSettings with(String name, String value) {
    return with(Json.createObjectBuilder().add(name, value).build());
  }

  public VmSettings with(String name, int value) {
    return with(Json.createObjectBuilder().add(name, value).build());
  }

  public String text(String name) {
    return values.getString(name);
  }

  public int number(String name) {
    return values.getInt(name);
  }

  public boolean linkedClone() {
    return values.getBoolean("linked_clone");
  }

  public boolean headless() {
    return values.getBoolean("headless");
  }

  public boolean usesAnyAdapter() {
    return values.getBoolean("use_any_adapter");
  }

  public int adapters() {
    return number("adapters");
  }

  public OnClose onClose() {
    return OnClose.valueOf(text("on_close").toUpperCase(Locale.ROOT));
  }

  /** The model of an adapter, in the words of API v2. */
  public String adapterType(int number) {
    return custom(number, "adapter_type").orElse(text("adapter_type"));
  }

  /** The hardware address that an adapter is given, with colons. */
  public Optional<String> macAddress(int number) {
    return custom(number, "mac_address");
  }

  private Optional<String> custom(int number, String name) {
    return values.get(CUSTOM_ADAPTERS) instanceof JsonArray list
        ? list.getValuesAs(JsonObject.class).stream()
            .filter(adapter -> adapter.getInt("adapter_number") == number)
            .map(adapter -> adapter.get(name))
            .filter(JsonString.class::isInstance)
            .map(value -> ((JsonString) value).getString())
            .findFirst()
        : Optional.empty();
  }

  /** What clients are shown. */
  void describe(JsonObjectBuilder node) {
    values.forEach(node::add);
    node.remove(CUSTOM_ADAPTERS);
  }

  /** What they are not, but a node like this must be created with. */
  void describePrivately(JsonObjectBuilder node) {
    node.add(CUSTOM_ADAPTERS, values.get(CUSTOM_ADAPTERS));
  }
}
