package io.patchbay.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontFilterTest {
  private final List<Object> statuses = new ArrayList<>();

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            FrontFilterTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private boolean requirePassed(Object passed) throws IOException {
    return FrontFilter.requirePassed(
        proxy(HttpServletRequest.class, (self, method, arguments) -> passed),
        proxy(
            HttpServletResponse.class,
            (self, method, arguments) -> {
              if (method.getName().equals("setStatus")) {
                statuses.add(arguments[0]);
              }
              return method.getReturnType() == ServletOutputStream.class ? new Nowhere() : null;
            }));
  }

  private static final class Nowhere extends ServletOutputStream {
    @Override
    public void write(int value) {
      // What is said does not matter here.
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException();
    }
  }

  @Test
  void nothingIsAnsweredThatDidNotComeByTheFilter() throws IOException {
    assertFalse(requirePassed(null));
    assertEquals(List.of(503), statuses);
    assertTrue(requirePassed(true));
    assertEquals(List.of(503), statuses);
  }
}
