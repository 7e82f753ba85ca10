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
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
  public static JsonObject read(ContainerRequestContext request, BodySchema schema) {
    JsonObject body = read(request);
    schema.check(body);
    return body;
  }

  /**
   * For routes that do nothing with a body.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) if there is one that is not JSON
   */
  public static void requireJson(ContainerRequestContext request) {
    content(request);
  }

  /**
   * The body of a route that takes any object; it only has to be one.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) if it is none
   */
  public static JsonObject read(ContainerRequestContext request) {
    if (content(request) instanceof JsonObject object) {
      JsonObject body = withQuery(object, request);
      request.setProperty(RouteFilter.BODY, body);
      return body;
    }
    throw LabException.invalid("Invalid request: the body must be a JSON object");
  }

  /** What an error says about the request is noted with the request. */
  private static JsonValue content(ContainerRequestContext request) {
    byte[] bytes = bytes(request.getEntityStream());
    if (new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try {
      JsonValue value = value(Json.createParser(new ByteArrayInputStream(bytes)));
      request.setProperty(RouteFilter.BODY, value);
      return value instanceof JsonString text
          ? value(Json.createParser(new StringReader(text.getString())))
          : value;
    } catch (JsonException | NoSuchElementException malformed) {
      request.setProperty(
          RouteFilter.BODY,
          Json.createObjectBuilder()
              .add("malformed_json", new String(bytes, StandardCharsets.UTF_8))
              .build());
      throw LabException.invalid("Invalid request: the body is not JSON");
    }
  }

  private static byte[] bytes(InputStream in) {
    try {
      return BodyBytes.read(in);
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

  private static JsonObject withQuery(JsonObject body, ContainerRequestContext request) {
    Map<String, List<String>> query = request.getUriInfo().getQueryParameters();
    if (query.isEmpty()) {
      return body;
    }
    JsonObjectBuilder both = Json.createObjectBuilder(body);
    query.forEach(
        (name, values) ->
            values.stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .ifPresent(value -> both.add(name, value)));
    return both.build();
  }
}
