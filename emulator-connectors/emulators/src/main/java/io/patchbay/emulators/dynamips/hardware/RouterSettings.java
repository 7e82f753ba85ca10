package io.patchbay.emulators.dynamips.hardware;

import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is set on a router, by the names of API v2; equipment aside. Immutable.
 *
 * @param values every setting that the platform has
 */
public record RouterSettings(JsonObject values) {
  /** Least and greatest value, units as in API v2: MB, for {@code nvram} KB. */
  private record Range(int least, int most) {}

  private static final Map<String, Range> RANGES =
      Map.of(
          "ram", new Range(1, 4096),
          "nvram", new Range(1, 65536),
          "clock_divisor", new Range(1, 1024),
          "idlemax", new Range(1, 1_000_000),
          "idlesleep", new Range(0, 1_000_000),
          "exec_area", new Range(1, 4096),
          "disk0", new Range(0, 4096),
          "disk1", new Range(0, 4096));

  private static final int SENSORS = 4;
  private static final int POWER_SUPPLIES = 2;
  private static final int HOTTEST = 1000;

  /** Goes to the hypervisor as a word of its own. */
  private static final Pattern SYSTEM_ID = Pattern.compile("[\\x21-\\x7e&&[^\"!#]]{1,20}");

  private static final Pattern IDLE_PC = Pattern.compile("(0x[0-9a-fA-F]{1,16})?");

  /** As it is delivered, in the reference's values. */
  public static RouterSettings initial(Platform platform) {
    JsonObject all = defaults();
    JsonObjectBuilder values = Json.createObjectBuilder(all.getJsonObject("all"));
    all.getJsonObject(platform.wireName()).forEach(values::add);
    return new RouterSettings(values.build());
  }

  private static JsonObject defaults() {
    try (JsonReader reader =
        Json.createReader(RouterSettings.class.getResourceAsStream("defaults.json"))) {
      return reader.readObject();
    }
  }

  /**
   * With what a request says; null says nothing, and so do settings that the platform lacks.
   *
   * @throws LabException (CONFLICT) if a value is out of its range
   */
  public RouterSettings with(JsonObject request) {
    JsonObjectBuilder merged = Json.createObjectBuilder(values);
    values.keySet().stream()
        .filter(name -> request.containsKey(name) && !request.isNull(name))
        .forEach(name -> merged.add(name, request.get(name)));
    RouterSettings changed = new RouterSettings(merged.build());
    changed.check();
    return changed;
  }

  private void check() {
    RANGES.forEach(this::requireWithin);
    if (!SYSTEM_ID.matcher(text("system_id")).matches()) {
      throw LabException.conflict("The system id must be up to 20 letters and digits");
    }
    if (!IDLE_PC.matcher(text("idlepc")).matches()) {
      throw LabException.conflict("The idle-PC must be a number of up to 16 hexadecimal digits");
    }
    if (values.containsKey("sensors")) {
      numbers("sensors", SENSORS, -HOTTEST, HOTTEST);
      numbers("power_supplies", POWER_SUPPLIES, 0, 1);
    }
  }

  private void requireWithin(String name, Range range) {
    JsonNumber value = values.getJsonNumber(name);
    if (value.bigDecimalValue().intValue() != value.longValue()
        || value.longValue() < range.least()
        || value.longValue() > range.most()) {
      throw LabException.conflict(
          name + " must be a number from " + range.least() + " to " + range.most());
    }
  }

  private List<Integer> numbers(String name, int count, int least, int most) {
    JsonArray list = values.getJsonArray(name);
    boolean right =
        list.size() == count
            && list.stream()
                .allMatch(
                    value ->
                        value instanceof JsonNumber number
                            && number.isIntegral()
                            && number.longValue() >= least
                            && number.longValue() <= most);
    if (!right) {
      throw LabException.conflict(
          name + " must be " + count + " numbers from " + least + " to " + most);
    }
    return list.getValuesAs(JsonNumber::intValue);
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

  /** The elements of {@code sensors} or {@code power_supplies}. */
  public List<Integer> numbers(String name) {
    return values.getJsonArray(name).getValuesAs(JsonNumber::intValue);
  }

  /** Whether the platform has this setting. */
  public boolean has(String name) {
    return values.containsKey(name);
  }
}
