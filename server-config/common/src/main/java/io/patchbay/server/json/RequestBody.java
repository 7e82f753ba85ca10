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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads JSON bodies as API v2 clients send them: with any content type, empty for {@code {}}, even
 * as a JSON string that holds the object; fields of the query are added as text.
 */
public final class RequestBody {
  private RequestBody() {}

  /**
   * The body, checked. Must be called on the request's own thread.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) with the path, the method and the body as read
   */
  public static JsonObject read(ContainerRequestContext request, BodySchema schema) {
    JsonObject body = JsonValue.EMPTY_JSON_OBJECT;
    try {
      body = withQuery(parse(request.getEntityStream()), request);
      schema.check(body);
      return body;
    } catch (LabException refused) {
      throw new LabException(refused.code(), refused.getMessage(), details(request, body));
    }
  }

  /**
   * For routes that do nothing with a body.
   *
   * @throws LabException ({@link ErrorCode#INVALID}) if there is one that is not JSON
   */
  public static void requireJson(ContainerRequestContext request) {
    try {
      content(request.getEntityStream());
    } catch (LabException refused) {
      throw new LabException(
          refused.code(), refused.getMessage(), details(request, JsonValue.EMPTY_JSON_OBJECT));
    }
  }

  /** The body of a route that takes any object; it only has to be one. */
  public static JsonObject read(ContainerRequestContext request) {
    try {
      return withQuery(parse(request.getEntityStream()), request);
    } catch (LabException refused) {
      throw new LabException(
          refused.code(), refused.getMessage(), details(request, JsonValue.EMPTY_JSON_OBJECT));
    }
  }

  private static JsonObject parse(InputStream in) {
    if (content(in) instanceof JsonObject object) {
      return object;
    }
    throw LabException.invalid("Invalid request: the body must be a JSON object");
  }

  private static JsonValue content(InputStream in) {
    try {
      byte[] bytes = BodyBytes.read(in);
      if (new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
        return JsonValue.EMPTY_JSON_OBJECT;
      }
      JsonValue value = value(Json.createParser(new ByteArrayInputStream(bytes)));
      return value instanceof JsonString text
          ? value(Json.createParser(new StringReader(text.getString())))
          : value;
    } catch (JsonException | NoSuchElementException malformed) {
      throw LabException.invalid("Invalid request: the body is not JSON");
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
    query.forEach((name, values) -> both.add(name, values.getLast()));
    return both.build();
  }

  private static Map<String, Object> details(ContainerRequestContext request, JsonObject body) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("method", request.getMethod());
    details.put("path", String.valueOf(request.getProperty(RouteFilter.ROUTE)));
    details.put("request", body);
    return details;
  }
}
