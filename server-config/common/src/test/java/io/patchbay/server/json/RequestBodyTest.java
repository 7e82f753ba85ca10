package io.patchbay.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static final BodySchema SCHEMA =
      BodySchema.of(
          "{\"properties\": {\"name\": {\"type\": \"string\"}, \"x\": {\"type\": \"integer\"}}}");

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RequestBodyTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static ContainerRequestContext request(String body, Map<String, String> query) {
    var parameters = new jakarta.ws.rs.core.MultivaluedHashMap<String, String>();
    query.forEach(parameters::add);
    UriInfo uri = proxy(UriInfo.class, (self, method, arguments) -> parameters);
    return proxy(
        ContainerRequestContext.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getEntityStream" ->
                  new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
              case "getUriInfo" -> uri;
              case "getMethod" -> "POST";
              case "getProperty" -> "/v2/projects";
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static JsonObject read(String body) {
    return RequestBody.read(request(body, Map.of()), SCHEMA);
  }

  private static LabException refusal(String body) {
    LabException refused = assertThrows(LabException.class, () -> read(body));
    assertEquals(ErrorCode.INVALID, refused.code());
    return refused;
  }

  @Test
  void whatIsNestedTooDeeplyIsNoJson() {
    refusal("[".repeat(5000));
    refusal("{\"a\":".repeat(5000) + "1" + "}".repeat(5000));
  }

  @Test
  void emptyBodyIsAnEmptyObject() {
    for (String body : List.of("", " \r\n", "{}", "\"{}\"")) {
      assertEquals(JsonValue.EMPTY_JSON_OBJECT, read(body), body);
    }
  }

  @Test
  void objectMayComeAsAText() {
    assertEquals(5, read("\"{\\\"x\\\": 5}\"").getInt("x"));
  }

  @Test
  void whatIsNoObjectIsRefused() {
    for (String body : List.of("{", "[]", "5", "null", "\"text\"", "{\"x\": 1} trailing")) {
      refusal(body);
    }
  }

  @Test
  void refusalSaysWhatWasAsked() {
    LabException refused = refusal("{\"x\": \"one\"}");
    assertTrue(refused.getMessage().contains("'x'"));
    assertEquals("POST", refused.details().get("method"));
    assertEquals("/v2/projects", refused.details().get("path"));
    assertEquals("{\"x\":\"one\"}", refused.details().get("request").toString());
  }

  @Test
  void queryIsTextOfTheBody() {
    JsonObject body = RequestBody.read(request("{\"x\": 1}", Map.of("name", "lab")), SCHEMA);
    assertEquals("lab", body.getString("name"));
    assertEquals(1, body.getInt("x"));
    assertThrows(LabException.class, () -> RequestBody.read(request("", Map.of("x", "1")), SCHEMA));
  }
}
