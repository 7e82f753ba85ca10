package io.patchbay.server.audit;

import io.patchbay.server.auth.Caller;
import io.patchbay.spi.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * A request as the audit log has it. Nothing of its headers, its query or its body is in it, so
 * that no secret can be.
 *
 * @param caller empty for somebody who was not let in
 * @param path without the query
 * @param project id of the project; empty if it is about none
 */
record AuditEntry(
    Instant time,
    Optional<Caller> caller,
    String address,
    String method,
    String path,
    String project,
    int status,
    long millis) {
  private static final int LONGEST_PATH = 1000;

  /** A JSON object without line ends. */
  String line() {
    JsonObjectBuilder line = Json.createObjectBuilder().add("time", time.toString());
    caller.ifPresent(known -> line.add("user", known.name()).add("role", known.role().wireName()));
    line.add("address", address)
        .add("method", method)
        .add("path", path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path);
    if (!project.isEmpty()) {
      line.add("project", project);
    }
    return line.add("status", status).add("ms", millis).build().toString();
  }
}
