package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
  private static HttpServletRequest request(long announced, int sent) {
    FakeExchange exchange = new FakeExchange(new ByteArrayInputStream(new byte[sent]));
    exchange.headers.put("Length", Long.toString(announced));
    return exchange.request();
  }

  @Test
  void whatIsAnnouncedAsTooLargeIsSeenAtOnce() {
    BodyLimit limit = new BodyLimit(100);
    assertTrue(limit.isTooLarge(request(101, 0)));
    assertFalse(limit.isTooLarge(request(100, 0)));
    assertFalse(limit.isTooLarge(request(-1, 0)));
    assertFalse(new BodyLimit(0).isTooLarge(request(1L << 50, 0)));
  }

  @Test
  void whatIsNotAnnouncedEndsWhereItGetsTooLarge() throws IOException {
    BodyLimit limit = new BodyLimit(100);
    assertEquals(100, limit.apply(request(-1, 100)).getInputStream().readAllBytes().length);
    InputStream large = limit.apply(request(-1, 101)).getInputStream();
    assertEquals(413, assertThrows(BodyRefused.class, large::readAllBytes).status());
    HttpServletRequest unlimited = request(-1, 101);
    assertSame(unlimited, new BodyLimit(0).apply(unlimited));
  }
}
