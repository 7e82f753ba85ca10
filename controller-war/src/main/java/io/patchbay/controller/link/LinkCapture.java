package io.patchbay.controller.link;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * The last capture of a link.
 *
 * @param file the file's name
 * @param path where the file is in the project
 * @param place where it runs; empty once it has ended
 */
record LinkCapture(String file, String path, Optional<Place> place) {

  /** The end of the link where a capture runs, by its node, and that node's compute. */
  record Place(String nodeId, String computeId) {}

  LinkCapture ended() {
    return new LinkCapture(file, path, Optional.empty());
  }

  JsonObject toJson() {
    JsonObjectBuilder capture = Json.createObjectBuilder().add("file", file).add("path", path);
    place.ifPresent(now -> capture.add("node_id", now.nodeId()).add("compute_id", now.computeId()));
    return capture.build();
  }

  static LinkCapture of(JsonObject json) {
    return new LinkCapture(
        json.getString("file"),
        json.getString("path"),
        json.containsKey("node_id")
            ? Optional.of(new Place(json.getString("node_id"), json.getString("compute_id")))
            : Optional.empty());
  }
}
