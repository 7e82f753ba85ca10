package io.patchbay.controller.link;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObjectBuilder;

/**
 * The link filters that the API has, with the words and ranges that clients show. A compute of ours
 * also takes {@code bandwidth}, in kbit/s, which is not listed since others refuse it.
 */
final class FilterCatalog {
  private static final int MAX = 32767;

  static final JsonArray ALL =
      Json.createArrayBuilder()
          .add(
              filter(
                  "frequency_drop",
                  "Frequency drop",
                  "Drops every n-th frame; -1 drops all of them",
                  number("Frequency", -1, MAX, "th packet")))
          .add(
              filter(
                  "packet_loss",
                  "Packet loss",
                  "Drops frames with this chance",
                  number("Chance", 0, 100, "%")))
          .add(
              filter(
                  "delay",
                  "Delay",
                  "Holds frames back for a time that may vary",
                  number("Latency", 0, MAX, "ms"),
                  number("Jitter (-/+)", 0, MAX, "ms")))
          .add(
              filter(
                  "corrupt",
                  "Corrupt",
                  "Damages frames with this chance",
                  number("Chance", 0, 100, "%")))
          .add(
              filter(
                  "bpf",
                  "Berkeley Packet Filter (BPF)",
                  "Drops the frames that match; an expression a line",
                  Json.createObjectBuilder().add("name", "Filters").add("type", "text")))
          .build();

  private FilterCatalog() {}

  private static JsonObjectBuilder filter(
      String type, String name, String description, JsonObjectBuilder... parameters) {
    var list = Json.createArrayBuilder();
    for (JsonObjectBuilder parameter : parameters) {
      list.add(parameter);
    }
    return Json.createObjectBuilder()
        .add("type", type)
        .add("name", name)
        .add("description", description)
        .add("parameters", list);
  }

  private static JsonObjectBuilder number(String name, int least, int most, String unit) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("minimum", least)
        .add("maximum", most)
        .add("type", "int")
        .add("unit", unit);
  }
}
