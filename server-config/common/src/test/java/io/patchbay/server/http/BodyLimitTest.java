package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
  private static HttpServletRequest request(long announced, int sent) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("getInputStream") ? new Body(sent) : announced);
  }

  private static final class Body extends ServletInputStream {
    private final InputStream in;

    Body(int size) {
      in = new ByteArrayInputStream(new byte[size]);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException();
    }
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
