package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CorsPolicyTest {
  private static final String ORIGIN = "http://localhost:4200";

  private final CorsPolicy policy = new CorsPolicy(List.of(ORIGIN));
  private final Map<String, String> sent = new TreeMap<>();

  private static HttpServletRequest request(Map<String, String> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            CorsPolicyTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> headers.get((String) arguments[0]));
  }

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            CorsPolicyTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              if (method.getName().endsWith("Header")) {
                sent.put((String) arguments[0], (String) arguments[1]);
              }
              return null;
            });
  }

  @Test
  void knownOriginIsEchoed() {
    policy.allow(request(Map.of("Origin", ORIGIN)), response());
    assertEquals(ORIGIN, sent.get("Access-Control-Allow-Origin"));
    assertEquals("Origin", sent.get("Vary"));
  }

  @Test
  void othersGetNothing() {
    for (String origin :
        List.of("http://localhost:4201", "https://localhost:4200", "http://evil.example", "null")) {
      policy.allow(request(Map.of("Origin", origin)), response());
      Map<String, String> preflight =
          Map.of("Origin", origin, "Access-Control-Request-Method", "PUT");
      assertFalse(policy.preflight(request(preflight), response()));
    }
    policy.allow(request(Map.of()), response());
    assertEquals(Map.of(), sent);
  }

  @Test
  void preflightAllowsWhatIsAsked() {
    Map<String, String> headers =
        Map.of(
            "Origin",
            ORIGIN,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "authorization,content-type");
    assertTrue(policy.preflight(request(headers), response()));
    assertEquals("PUT", sent.get("Access-Control-Allow-Methods"));
    assertEquals("AUTHORIZATION,CONTENT-TYPE", sent.get("Access-Control-Allow-Headers"));
    assertEquals(ORIGIN, sent.get("Access-Control-Allow-Origin"));
  }

  @Test
  void optionsThatIsNoPreflightIsNot() {
    assertFalse(policy.preflight(request(Map.of("Origin", ORIGIN)), response()));
  }
}
