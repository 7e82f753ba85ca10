package io.patchbay.server.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.server.http.BufferedRequest;
import io.patchbay.server.http.RouteFilter;
import io.patchbay.spi.ErrorCode;
import io.patchbay.spi.LabException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
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

  private HttpServletRequest request(String body, Map<String, List<String>> query) {
    BufferedRequest request =
        new BufferedRequest(
            proxy(
                HttpServletRequest.class,
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "getAttribute" -> {
                        assertEquals(RouteFilter.QUERY, arguments[0]);
                        yield query.isEmpty() ? null : query;
                      }
                      case "setAttribute" -> {
                        assertEquals(RouteFilter.BODY, arguments[0]);
                        noted = (JsonValue) arguments[1];
                        yield null;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    }));
    request.arrived(body.getBytes(StandardCharsets.UTF_8));
    return request;
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
    Map<String, List<String>> query = Map.of("name", List.of("", "a", "b"), "x", List.of(""));
    assertEquals("{\"name\":\"a\"}", RequestBody.read(request("", query)).toString());
  }

  @Test
  void queryIsTextOfTheBody() {
    JsonObject body =
        RequestBody.read(request("{\"x\": 1}", Map.of("name", List.of("lab"))), SCHEMA);
    assertEquals("lab", body.getString("name"));
    assertEquals(1, body.getInt("x"));
    HttpServletRequest wrong = request("", Map.of("x", List.of("1")));
    assertThrows(LabException.class, () -> RequestBody.read(wrong, SCHEMA));
  }
}
