package io.patchbay.server.json;

import io.patchbay.server.http.RouteFilter;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.Json;
import io.patchbay.spi.LabException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads JSON bodies as API v2 clients send them: with any content type, empty for {@code {}}, even
 * as a JSON string that holds the object; fields of the query are added as text, each with the
 * first of its values that is not empty.
 */
public final class RequestBody {
  private RequestBody() {}

  /**
   * The body, checked. Must be called on the request's own thread.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) if it does not match
   */
  public static JsonObject read(HttpServletRequest request, BodySchema schema) {
    JsonObject body = read(request);
    schema.check(body);
    return body;
  }

  /**
   * For routes that do nothing with a body.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) if there is one that is not JSON
   */
  public static void requireJson(HttpServletRequest request) {
    content(request);
  }

  /**
   * The body of a route that takes any object; it only has to be one.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) if it is none
   */
  public static JsonObject read(HttpServletRequest request) {
    if (content(request) instanceof JsonObject object) {
      JsonObject body = withQuery(object, request);
      request.setAttribute(RouteFilter.BODY, body);
      return body;
    }
    throw LabException.invalid("Invalid request: the body must be a JSON object");
  }

  /** What an error says about the request is noted with the request. */
  private static JsonValue content(HttpServletRequest request) {
    byte[] bytes = bytes(request);
    if (new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try {
      JsonValue value = value(Json.createParser(new ByteArrayInputStream(bytes)));
      request.setAttribute(RouteFilter.BODY, value);
      return value instanceof JsonString text
          ? value(Json.createParser(new StringReader(text.getString())))
          : value;
    } catch (JsonException | NoSuchElementException malformed) {
      request.setAttribute(
          RouteFilter.BODY,
          Json.createObjectBuilder()
              .add("malformed_json", new String(bytes, StandardCharsets.UTF_8))
              .build());
      throw LabException.invalid("Invalid request: the body is not JSON");
    }
  }

  /** They are in memory already: the filter in front saw to that. */
  private static byte[] bytes(HttpServletRequest request) {
    try {
      return request.getInputStream().readAllBytes();
    } catch (IOException gone) {
      throw LabException.invalid("Invalid request: the body ended early");
    }
  }

  private static JsonValue value(JsonParser parser) {
    try (parser) {
      parser.next();
      JsonValue value = Json.read(parser::getValue);
      if (parser.hasNext()) {
        throw new JsonException("something follows the value");
      }
      return value;
    }
  }

  private static JsonObject withQuery(JsonObject body, HttpServletRequest request) {
    if (!(request.getAttribute(RouteFilter.QUERY) instanceof Map<?, ?> query)) {
      return body;
    }
    JsonObjectBuilder both = Json.createObjectBuilder(body);
    query.forEach(
        (name, values) ->
            ((List<?>) values)
                .stream()
                    .map(String::valueOf)
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .ifPresent(value -> both.add((String) name, value)));
    return both.build();
  }
}
