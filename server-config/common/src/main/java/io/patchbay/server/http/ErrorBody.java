package io.patchbay.server.http;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;

/** The body of every error answer: {@code {"status": 409, "message": "..."}}. */
public final class ErrorBody {
  private ErrorBody() {}

  public static JsonObject of(int status, String message) {
    return of(status, message, Map.of());
  }

  /**
   * @param details further fields; JSON values stay, anything else becomes text
   */
  public static JsonObject of(int status, String message, Map<String, ?> details) {
    JsonObjectBuilder body =
        Json.createObjectBuilder().add("status", status).add("message", message);
    details.forEach(
        (name, value) -> {
          if (value instanceof JsonValue json) {
            body.add(name, json);
          } else {
            body.add(name, String.valueOf(value));
          }
        });
    return body.build();
  }
}
