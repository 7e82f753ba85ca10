package io.patchbay.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.http.RouteFilter;
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

  /** What an error would say of the body that was read last. */
  private JsonValue noted;

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RequestBodyTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private ContainerRequestContext request(String body, Map<String, String> query) {
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
              case "setProperty" -> {
                assertEquals(RouteFilter.BODY, arguments[0]);
                noted = (JsonValue) arguments[1];
                yield null;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private JsonObject read(String body) {
    return RequestBody.read(request(body, Map.of()), SCHEMA);
  }

  private LabException refusal(String body) {
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
  void whatARefusalTellsOfTheBodyIsNoted() {
    assertTrue(refusal("{\"x\": \"one\"}").getMessage().contains("'x'"));
    assertEquals("{\"x\":\"one\"}", noted.toString());
    refusal("[1]");
    assertEquals("[1]", noted.toString());
    refusal("{\"x\"");
    assertEquals("{\"malformed_json\":\"{\\\"x\\\"\"}", noted.toString());
  }

  @Test
  void ofAQueryTheFirstValueCountsThatIsNotEmpty() {
    var parameters = new jakarta.ws.rs.core.MultivaluedHashMap<String, String>();
    parameters.put("name", List.of("", "a", "b"));
    parameters.put("x", List.of(""));
    UriInfo uri = proxy(UriInfo.class, (self, method, arguments) -> parameters);
    ContainerRequestContext plain = request("", Map.of());
    JsonObject body =
        RequestBody.read(
            proxy(
                ContainerRequestContext.class,
                (self, method, arguments) ->
                    method.getName().equals("getUriInfo") ? uri : method.invoke(plain, arguments)));
    assertEquals("{\"name\":\"a\"}", body.toString());
  }

  @Test
  void queryIsTextOfTheBody() {
    JsonObject body = RequestBody.read(request("{\"x\": 1}", Map.of("name", "lab")), SCHEMA);
    assertEquals("lab", body.getString("name"));
    assertEquals(1, body.getInt("x"));
    assertThrows(LabException.class, () -> RequestBody.read(request("", Map.of("x", "1")), SCHEMA));
  }
}
